import ProofChecker
import Foundation
private func env(_ n: String, _ d: Int) -> Int { ProcessInfo.processInfo.environment[n].flatMap { Int($0) } ?? d }

/// Makes the tree of a proof from that of a search, by the checker's own bounds: where they are taken, which rows close which
/// part, and what is split further. Nothing here is trusted.
///
/// Bounding all neurons costs far more than a claim, so it is done where the number of leaves below has fallen by
/// ``refreshFactor`` since the last time.
final class ProofPlanner {
  private let bounds: ProofBounds
  private let region: SearchRegion
  private let trace: SearchTrace
  private let neurons: [Int]
  private let leaves: [Int]
  private let refreshFactor = env("RF", 8)
  private let freeSplits = env("FS", 2)
  private let tryLimit = env("TL", 32)
  private var budget: Int
  private(set) var levels = 0
  private(set) var claims = 0

  init(_ bounds: ProofBounds, _ region: SearchRegion, _ trace: SearchTrace, neurons: [Int]) {
    (self.bounds, self.region, self.trace, self.neurons) = (bounds, region, trace, neurons)
    var leaves = [Int](repeating: 1, count: trace.nodes.count)
    for (index, node) in trace.nodes.enumerated().reversed() where node.count > 0 {
      leaves[index] = (node.first..<node.first + node.count).reduce(0) { $0 + leaves[$1] }
    }
    self.leaves = leaves
    budget = 1000 + 50 * trace.nodes.count
  }

  /// Where a node is.
  private struct Place {
    var box: Box
    var splits: [ProofSplit] = []
    var level: ProofLevel?
    var known = 0
    /// Below where the level was made.
    var levelLeaves = Int.max
    /// In the trace; nil below its leaves.
    var node: Int?
    var open: [Int]
    /// Splits below a leaf of the trace.
    var extra = 0
    var depth = 0
  }

  /// The tree; nil if some part is not closed.
  func tree() -> [UInt8]? {
    tree(Place(box: region.box, node: 0, open: Array(region.conjunctions.indices)))
  }

  private func tree(_ outer: Place) -> [UInt8]? {
    var place = outer
    place.depth += 1
    budget -= 1
    guard budget > 0, place.depth < 400 else { return nil }
    skip(&place)
    let count = place.node.map { leaves[$0] } ?? 1
    var hasLevel = place.level == nil || (place.node != nil && count <= place.levelLeaves / refreshFactor)
    if hasLevel { hasLevel = refresh(&place, count) }
    if place.level?.isEmpty == true { return [1] }
    var closed: [Claim] = []
    var forms: [[[Double]]] = []
    if place.level != nil, count <= tryLimit {
      (closed, forms) = close(place, place.box)
      let isLeaf = place.node.map { trace.nodes[$0].count == 0 } ?? true
      if closed.count < place.open.count, !hasLevel, isLeaf, place.extra >= freeSplits {
        hasLevel = refresh(&place, count)
        if place.level?.isEmpty == true { return [1] }
        (closed, forms) = close(place, place.box)
      }
    }
    var head = ProofWriter()
    let flags: UInt8 = (hasLevel ? 1 : 0) | (closed.isEmpty ? 0 : 2)
    if !closed.isEmpty { write(closed, to: &head) }
    let done = Set(closed.map(\.conjunction))
    let rest = place.open.indices.filter { !done.contains(place.open[$0]) }
    if rest.isEmpty {
      claims += closed.count
      return [flags] + head.bytes
    }
    claims += closed.count
    place.open = rest.map { place.open[$0] }
    return split(place, rest.compactMap { forms.isEmpty ? nil : forms[$0] }, flags, head.bytes)
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

  /// False where numbers may overflow.
  private func refresh(_ place: inout Place, _ count: Int) -> Bool {
    guard let level = try? bounds.level(place.box.proofBox, in: place.level, place.splits) else { return false }
    levels += 1
    (place.level, place.known, place.levelLeaves) = (level, place.splits.count, count)
    return true
  }

  // MARK: Splits

  /// - Parameter forms: for each open conjunction its rows over the inputs, if they are known.
  private func split(_ place: Place, _ forms: [[[Double]]], _ flags: UInt8, _ head: [UInt8]) -> [UInt8]? {
    if !forms.isEmpty, let cut = cut(place, forms) {
      var (slab, rest) = (place, place)
      (slab.box, rest.box) = (cut.slab, cut.rest)
      let (closed, _) = close(slab, slab.box)
      if closed.count == place.open.count {
        var writer = ProofWriter()
        writer.byte(2)
        write(closed, to: &writer)
        claims += closed.count
        guard let other = split(rest, forms, 0, []) else { return nil }
        let slabIsLow = cut.slab.upper[cut.input] == cut.middle
        return [flags | 4] + head + inputSplit(cut.input, cut.middle)
          + (slabIsLow ? writer.bytes + other : other + writer.bytes)
      }
    }
    var place = place
    skip(&place)
    let node = place.node.map { trace.nodes[$0] }
    if let node, node.count == 2 {
      switch node.branch {
      case .input(let input, let middle):
        return halves(place, input, middle, flags, head, node.first)
      case .neuron(let neuron):
        var parts = [flags | 8] + head
        var writer = ProofWriter()
        writer.number(neurons[Int(neuron)])
        parts += writer.bytes
        for side in [true, false] {
          var child = place
          child.node = node.first + (side ? 0 : 1)
          child.splits.append(ProofSplit(neuron: neurons[Int(neuron)], isPositive: side))
          guard let bytes = tree(child) else { return nil }
          parts += bytes
        }
        return parts
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
    return halves(below, input, middle, flags, head, nil)
  }

  private func halves(
    _ place: Place, _ input: Int, _ middle: Double, _ flags: UInt8, _ head: [UInt8], _ first: Int?
  ) -> [UInt8]? {
    var (low, high) = (place, place)
    low.box.upper[input] = middle
    high.box.lower[input] = middle
    low.node = first
    high.node = first.map { $0 + 1 }
    guard let a = tree(low), let b = tree(high) else { return nil }
    return [flags | 4] + head + inputSplit(input, middle) + a + b
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
    for first in stride(from: 0, to: claims.count, by: ProofBounds.lanes) {
      let batch = claims[first..<min(first + ProofBounds.lanes, claims.count)].map { claim in
        var made = ProofClaim(box.proofBox, place.splits[place.known...])
        let rows = region.conjunctions[claim.conjunction]
        for part in claim.parts {
          if part.index < rows.count {
            let row = rows[part.index]
            made.constants.append(part.factor * row.constant)
            made.outputs += row.terms.map { ($0.output, part.factor * $0.coefficient) }
          } else {
            let form = region.inputForms[part.index - rows.count]
            made.constants.append(part.factor * form[box.lower.count])
            made.inputs += box.lower.indices.filter { form[$0] != 0 }.map { ($0, part.factor * form[$0]) }
          }
        }
        return made
      }
      result += bounds.bound(batch, level)
    }
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
  fileprivate var proofBox: ProofBox { ProofBox(lower: lower, upper: upper) }
}
