import ProofChecker
import SMTSolving

/// Makes the tree of a proof from that of a search, by the checker's own bounds: where they are taken, which rows close which
/// part, and what is split further. Nothing here is trusted.
///
/// Bounding all neurons (a level) costs as much as many claims. So it is done where the number of leaves below has fallen
/// by ``refreshFactor`` since the last time, and near the leaves where it pays: a leaf of the trace that does not close with
/// the bounds of a larger box is split a few times instead, if that suffices.
final class ProofPlanner {
  let bounds: ProofBounds
  let region: SearchRegion
  let trace: SearchTrace
  let network: ProofNetwork
  /// Whether what is listed is meant to the last bit, so that exact claims can be made of it.
  let isExact: Bool
  /// By conjunction.
  let rows: [[ListedRow]]
  private let leaves: [Int]
  // None of these is derived, and none can make a proof wrong: they were chosen by hand so that the proofs of ACAS Xu (six
  // layers of 50) take at most a fifth of the search to check (see the article Evidence). Other networks may like others.
  /// A level is made anew where so many times fewer leaves are below than where the last one was made.
  private let refreshFactor = 2
  /// How many splits may save a leaf of the trace its level: 16 parts, less than a level costs.
  private let freeSplits = 4
  /// With at most so many leaves below, claims are tried, and plans with and without a level compared.
  private let tryLimit = 4
  /// How many of the last layers levels with many leaves below do without, where fewer than one in ``closedShare`` of the
  /// leaves that were tried without bounds of their own closed.
  private let skippedLayers = 3
  private let closedShare = 7
  /// What bounding all neurons counts for, in claims.
  let levelCost = 50
  /// What an exact claim does.
  let exactCost = 1_000
  /// The least share of a box that is worth a node of its own to cut off.
  let cutShare = 0.12
  private var budget: Int
  /// In CPU seconds of the process.
  let deadline: Double
  /// Whether a linear program was given up when its time was over.
  var hasUnsolvedProgram = false
  var isInterrupted: Bool { hasUnsolvedProgram || processSeconds() >= deadline }
  /// Nodes that may still be tried for exact claims.
  var exactNodesLeft = 4_000
  lazy var context = SolverContext()
  let layers: Int
  /// Leaves of the trace that were tried without bounds of their own, and how many of them closed.
  private var leavesTried = 0
  private var leavesClosed = 0

  init(
    _ bounds: ProofBounds, _ region: SearchRegion, _ trace: SearchTrace, _ network: ProofNetwork,
    coversFloats: Bool, until deadline: Double
  ) {
    (self.bounds, self.region, self.trace, self.network) = (bounds, region, trace, network)
    isExact = !coversFloats && network.layers.allSatisfy(\.isExact)
    rows = region.conjunctions.map { network.rows(of: $0, in: region) }
    var leaves = [Int](repeating: 1, count: trace.nodes.count)
    for (index, node) in trace.nodes.enumerated().reversed() where node.count > 0 {
      leaves[index] = (node.first..<node.first + node.count).reduce(0) { $0 + leaves[$1] }
    }
    self.leaves = leaves
    layers = bounds.graph.layers.count
    budget = 1000 + 50 * trace.nodes.count
    self.deadline = deadline
  }

  /// Where a node is.
  struct Place {
    var box: Box
    var splits: [ProofSplit] = []
    var level: ProofLevel?
    /// Bounds of the box alone know nothing of a neuron's sign.
    var needsLevel = true
    /// How many layers have linear bounds of their own there.
    var refined = 0
    /// Below where the level was made.
    var levelLeaves = Int.max
    /// In the trace; nil below its leaves.
    var node: Int?
    var open: [Int]
    /// Splits below a leaf of the trace; how many there may be where no levels may be made.
    var extra = 0
    var extraLimit = 0
    var forbidsLevels = false
    var depth = 0
  }

  struct Plan {
    var bytes: [UInt8]
    /// What checking costs: claims, and levels as much as ``levelCost`` of them.
    var cost: Int
  }

  /// The tree; nil if some part is not closed.
  func tree() -> [UInt8]? {
    tree(Place(box: region.box, node: 0, open: Array(region.conjunctions.indices)))?.bytes
  }

  func tree(_ outer: Place) -> Plan? {
    var place = outer
    place.depth += 1
    budget -= 1
    guard budget > 0, place.depth < 400, processSeconds() < deadline else { return nil }
    skip(&place)
    let count = place.node.map { leaves[$0] } ?? 1
    if place.needsLevel { return refreshed(place, count) }
    if place.forbidsLevels { return closed(place, count, 0) }
    if count == 1 {
      // A leaf of the trace: without new bounds it may take a few more splits.
      var free = place
      free.forbidsLevels = true
      free.extraLimit = place.extra + freeSplits
      leavesTried += 1
      if let plan = closed(free, count, 0) {
        leavesClosed += 1
        return plan
      }
      return refreshed(place, count)
    }
    if count > place.levelLeaves / refreshFactor { return closed(place, count, 0) }
    if count > tryLimit {
      return refreshed(place, count, skipping: leavesClosed * closedShare < leavesTried ? skippedLayers : 0)
    }
    // Small enough to look at both ways.
    var late = place
    late.levelLeaves = count
    let plans = [closed(late, count, 0), refreshed(place, count)].compactMap { $0 }
    return plans.min { $0.cost < $1.cost }
  }

  /// A node with bounds of its own, if numbers can't overflow.
  private func refreshed(_ outer: Place, _ count: Int, skipping skipped: Int = 0) -> Plan? {
    var place = outer
    guard let level = level(&place, refining: layers - (place.level == nil ? 0 : skipped)) else {
      return split(place, [], 0, [], 0)
    }
    place.levelLeaves = count
    defer { bounds.recycle(level) }
    if level.isEmpty { return Plan(bytes: head(of: place, 1), cost: levelCost) }
    return closed(place, count, 1)
  }

  /// Gives a place bounds of its own, of some layers; nil if numbers may overflow.
  func level(_ place: inout Place, refining refined: Int) -> ProofLevel? {
    guard
      let level = try? bounds.level(place.box.proofBox, in: place.level, place.splits, refining: refined)
    else { return nil }
    (place.level, place.needsLevel, place.refined) = (level, false, refined)
    return level
  }

  /// The flags of a node, and of what layers it has bounds.
  func head(of place: Place, _ flags: UInt8) -> [UInt8] {
    var writer = ProofWriter()
    writer.byte(flags)
    if flags & 1 != 0 { writer.number(place.refined) }
    return writer.bytes
  }

  /// A node that claims what can be claimed, and splits for the rest.
  private func closed(_ outer: Place, _ count: Int, _ flag: UInt8) -> Plan? {
    var place = outer
    let cost = flag == 0 ? 0 : levelCost
    var claims: [Claim] = []
    var forms: [[[Double]]] = []
    if count <= tryLimit { (claims, forms) = close(place, place.box) }
    var head = ProofWriter()
    let flags: UInt8 = flag | (claims.isEmpty ? 0 : 2)
    if !claims.isEmpty { write(claims, to: &head) }
    let done = Set(claims.map(\.conjunction))
    let rest = place.open.indices.filter { !done.contains(place.open[$0]) }
    if rest.isEmpty {
      return Plan(bytes: self.head(of: place, flags) + head.bytes, cost: cost + claims.count)
    }
    place.open = rest.map { place.open[$0] }
    if flag == 1, count == 1 || place.depth == 1,
      let plan = exact(place, flags, head.bytes, cost + claims.count)
    {
      return plan
    }
    if place.forbidsLevels, place.extra >= place.extraLimit { return nil }
    return split(
      place, rest.compactMap { forms.isEmpty ? nil : forms[$0] }, flags, head.bytes, cost + claims.count)
  }

  /// Passes nodes of the trace that don't split the box: those that were tried again, and splits beside it.
  func skip(_ place: inout Place) {
    while let index = place.node {
      let node = trace.nodes[index]
      if node.count == 1 {
        place.node = node.first
      } else if node.count == 2, case .input(let input, let middle) = node.branch,
        middle <= place.box.lower[input] || middle >= place.box.upper[input]
      {
        place.node = node.first + (middle <= place.box.lower[input] ? 1 : 0)
      } else {
        return
      }
    }
  }
}

extension Box {
  var proofBox: ProofBox { (lower, upper) }
}
