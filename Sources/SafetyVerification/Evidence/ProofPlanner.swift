import ProofChecker

/// Makes the tree of a proof from that of a search, by the checker's own bounds: where they are taken, which rows close which
/// part, and what is split further. Nothing here is trusted.
///
/// Bounding all neurons (a level) costs as much as many claims. So it is done where the number of leaves below has fallen
/// by ``refreshFactor`` since the last time, and near the leaves where it pays: a leaf of the trace that does not close with
/// the bounds of a larger box is split a few times instead, if that suffices.
final class ProofPlanner {
  private let bounds: ProofBounds
  private let region: SearchRegion
  private let trace: SearchTrace
  private let neurons: [Int]
  /// By conjunction.
  private let rows: [[ListedRow]]
  private let leaves: [Int]
  private let refreshFactor = 2
  private let freeSplits = 4
  private let tryLimit = 4
  private var budget: Int
  private let layers: Int
  /// How many of the last layers levels with many leaves below do without, where few leaves close by such levels.
  private let skippedLayers = 3
  private let closedShare = 7
  private let levelCost = 50
  /// Leaves of the trace that were tried without bounds of their own, and how many of them closed.
  private var leavesTried = 0
  private var leavesClosed = 0

  init(_ bounds: ProofBounds, _ region: SearchRegion, _ trace: SearchTrace, _ network: ProofNetwork) {
    (self.bounds, self.region, self.trace, neurons) = (bounds, region, trace, network.neurons)
    rows = region.conjunctions.map { network.rows(of: $0, in: region) }
    var leaves = [Int](repeating: 1, count: trace.nodes.count)
    for (index, node) in trace.nodes.enumerated().reversed() where node.count > 0 {
      leaves[index] = (node.first..<node.first + node.count).reduce(0) { $0 + leaves[$1] }
    }
    self.leaves = leaves
    layers = bounds.graph.layers.count
    budget = 1000 + 50 * trace.nodes.count
  }

  /// Where a node is.
  private struct Place {
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

  private struct Plan {
    var bytes: [UInt8]
    /// What checking costs: claims, and levels as much as ``levelCost`` of them.
    var cost: Int
  }

  /// The tree; nil if some part is not closed.
  func tree() -> [UInt8]? {
    tree(Place(box: region.box, node: 0, open: Array(region.conjunctions.indices)))?.bytes
  }

  private func tree(_ outer: Place) -> Plan? {
    var place = outer
    place.depth += 1
    budget -= 1
    guard budget > 0, place.depth < 400 else { return nil }
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
    let refined = layers - (place.level == nil ? 0 : skipped)
    guard
      let level = try? bounds.level(
        place.box.proofBox, in: place.level, place.splits, refining: refined)
    else { return split(place, [], 0, [], 0) }
    place.refined = refined
    (place.level, place.needsLevel, place.levelLeaves) = (level, false, count)
    defer { bounds.recycle(level) }
    if level.isEmpty { return Plan(bytes: head(of: place, 1), cost: levelCost) }
    return closed(place, count, 1)
  }

  /// The flags of a node, and of what layers it has bounds.
  private func head(of place: Place, _ flags: UInt8) -> [UInt8] {
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
    if place.forbidsLevels, place.extra >= place.extraLimit { return nil }
    return split(
      place, rest.compactMap { forms.isEmpty ? nil : forms[$0] }, flags, head.bytes, cost + claims.count)
  }

  /// Passes nodes of the trace that don't split the box: those that were tried again, and splits beside it.
  private func skip(_ place: inout Place) {
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

  // MARK: Splits

  /// - Parameter forms: for each open conjunction its rows over the inputs, if they are known.
  private func split(
    _ place: Place, _ forms: [[[Double]]], _ flags: UInt8, _ head: [UInt8], _ cost: Int
  ) -> Plan? {
    if !forms.isEmpty, let cut = cut(place, forms) {
      var (slab, rest) = (place, place)
      (slab.box, rest.box) = (cut.slab, cut.rest)
      let (closed, _) = close(slab, slab.box)
      if closed.count == place.open.count {
        var writer = ProofWriter()
        writer.byte(2)
        write(closed, to: &writer)
        guard let other = split(rest, forms, 0, [], cost + closed.count) else { return nil }
        let slabIsLow = cut.slab.upper[cut.input] == cut.middle
        let parts = slabIsLow ? writer.bytes + other.bytes : other.bytes + writer.bytes
        return Plan(
          bytes: self.head(of: place, flags | 4) + head + inputSplit(cut.input, cut.middle) + parts,
          cost: other.cost)
      }
    }
    var place = place
    skip(&place)
    let node = place.node.map { trace.nodes[$0] }
    if let node, node.count == 2 {
      switch node.branch {
      case .input(let input, let middle):
        return halves(place, input, middle, flags, head, cost, node.first)
      case .neuron(let neuron):
        var writer = ProofWriter()
        writer.number(neurons[Int(neuron)])
        var plan = Plan(bytes: self.head(of: place, flags | 8) + head + writer.bytes, cost: cost)
        for side in [true, false] {
          var child = place
          child.node = node.first + (side ? 0 : 1)
          child.splits.append((neurons[Int(neuron)], side))
          child.needsLevel = true
          guard let part = tree(child) else { return nil }
          plan = Plan(bytes: plan.bytes + part.bytes, cost: plan.cost + part.cost)
        }
        return plan
      case .none: return nil
      }
    }
    // Below the trace.
    let scores = place.box.lower.indices.map { input in
      (place.box.upper[input] - place.box.lower[input])
        * forms.joined().reduce(1e-6) { $0 + abs($1[input]) }
    }
    let input = scores.indices.max { scores[$0] < scores[$1] } ?? 0
    let middle = place.box.center(input)
    guard middle > place.box.lower[input], middle < place.box.upper[input] else { return nil }
    var below = place
    below.extra += 1
    return halves(below, input, middle, flags, head, cost, nil)
  }

  private func halves(
    _ place: Place, _ input: Int, _ middle: Double, _ flags: UInt8, _ head: [UInt8], _ cost: Int,
    _ first: Int?
  ) -> Plan? {
    var (low, high) = (place, place)
    low.box.upper[input] = middle
    high.box.lower[input] = middle
    low.node = first
    high.node = first.map { $0 + 1 }
    guard let a = tree(low), let b = tree(high) else { return nil }
    return Plan(
      bytes: self.head(of: place, flags | 4) + head + inputSplit(input, middle) + a.bytes + b.bytes,
      cost: cost + a.cost + b.cost)
  }

  private func inputSplit(_ input: Int, _ middle: Double) -> [UInt8] {
    var writer = ProofWriter()
    writer.number(input)
    writer.double(middle)
    return writer.bytes
  }

  /// The largest slab that linear bounds exclude for all open conjunctions, if it is worth a node.
  private func cut(
    _ place: Place, _ forms: [[[Double]]]
  ) -> (slab: Box, rest: Box, input: Int, middle: Double)? {
    var hull: Box?
    for own in forms {
      let all = BoxForms(region.inputForms + own, inputs: place.box.lower.count)
      guard let box = all.contracted(place.box) else { continue }
      hull =
        hull.map {
          Box(
            lower: zip($0.lower, box.lower).map { min($0, $1) },
            upper: zip($0.upper, box.upper).map { max($0, $1) })
        } ?? box
    }
    guard let hull else { return nil }
    var best = (share: 0.12, input: -1, isLow: true)
    for input in hull.lower.indices where place.box.upper[input] > place.box.lower[input] {
      let width = place.box.upper[input] - place.box.lower[input]
      let low = (hull.lower[input] - place.box.lower[input]) / width
      let high = (place.box.upper[input] - hull.upper[input]) / width
      if low > best.share { best = (low, input, true) }
      if high > best.share { best = (high, input, false) }
    }
    guard best.input >= 0 else { return nil }
    let middle = best.isLow ? hull.lower[best.input] : hull.upper[best.input]
    var (low, high) = (place.box, place.box)
    low.upper[best.input] = middle
    high.lower[best.input] = middle
    return best.isLow ? (low, high, best.input, middle) : (high, low, best.input, middle)
  }

  // MARK: Claims

  private struct Claim {
    let conjunction: Int
    let parts: [(index: Int, factor: Double)]
  }

  /// What can be closed in a part of the place's box, and the forms of each open conjunction's rows there.
  private func close(_ place: Place, _ box: Box) -> ([Claim], [[[Double]]]) {
    guard let level = place.level else { return ([], []) }
    var result: [Claim] = []
    let single = place.open.flatMap { conjunction in
      region.conjunctions[conjunction].indices.map { Claim(conjunction: conjunction, parts: [($0, 1)]) }
    }
    let values = least(single, place, box, level)
    var all: [[[Double]]] = []
    var next = 0
    for conjunction in place.open {
      let rows = region.conjunctions[conjunction]
      let own = Array(values[next..<next + rows.count])
      all.append(own.map(\.form))
      if let row = rows.indices.max(by: { own[$0].least < own[$1].least }),
        own[row].least > 0 || (rows[row].isStrict && own[row].least >= 0)
      {
        result.append(single[next + row])
      } else if let claim = combination(conjunction, own.map(\.form), place, box, level) {
        result.append(claim)
      }
      next += rows.count
    }
    return (result, all)
  }

  /// A combination of several rows that is positive.
  private func combination(
    _ conjunction: Int, _ rows: [[Double]], _ place: Place, _ box: Box, _ level: ProofLevel
  ) -> Claim? {
    guard rows.count + region.inputForms.count > 1 else { return nil }
    let forms = BoxForms(rows + region.inputForms, inputs: box.lower.count)
    guard let multipliers = forms.refutation(box, rounds: 24) else { return nil }
    let largest = multipliers.max() ?? 0
    let parts = multipliers.enumerated().filter { $0.element > largest * 1e-6 }
      .map { (index: $0.offset, factor: $0.element) }
    let claim = Claim(
      conjunction: conjunction, parts: parts.count == 1 ? [(parts[0].index, 1)] : parts)
    return least([claim], place, box, level)[0].least > 0 ? claim : nil
  }

  private func least(
    _ claims: [Claim], _ place: Place, _ box: Box, _ level: ProofLevel
  ) -> [(form: [Double], least: Double)] {
    var result: [(form: [Double], least: Double)] = []
    func flush() {
      for (lane, least) in bounds.flush(level).enumerated() { result.append((bounds.form(lane), least)) }
    }
    for claim in claims {
      if bounds.lanes == ProofBounds.laneLimit { flush() }
      bounds.add(box.proofBox)
      for part in claim.parts {
        let row = rows[claim.conjunction][part.index]
        bounds.constant(part.factor * row.constant)
        for term in row.terms { bounds.term(term.element, part.factor * term.factor, level) }
      }
    }
    if bounds.lanes > 0 { flush() }
    return result
  }

  private func write(_ claims: [Claim], to writer: inout ProofWriter) {
    writer.number(claims.count)
    for claim in claims {
      writer.number(claim.conjunction)
      writer.number(claim.parts.count)
      for part in claim.parts {
        writer.number(part.index)
        if claim.parts.count > 1 { writer.double(part.factor) }
      }
    }
  }
}

extension Box {
  fileprivate var proofBox: ProofBox { (lower, upper) }
}
