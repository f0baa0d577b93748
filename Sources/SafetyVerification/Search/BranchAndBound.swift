import Dispatch
import Foundation

/// Refutes regions by splitting them until linear bounds close every part, or finds an input that violates.
///
/// The schedule is fixed: nodes are expanded in rounds of ``roundSize``, the least bounds first, and later depth first so that
/// memory stays bounded; what a round yields is taken in the order of its nodes. So verdicts, witnesses and proofs don't
/// depend on the number of threads or their timing, but where the time limit strikes.
final class BranchAndBound {
  enum Outcome: Sendable, Equatable {
    /// Over the reals; over floats, too, where ``floatGap`` is nil.
    case refuted
    /// The judge ended the search.
    case violated
    case undecided(UndecidedReason)
  }

  let graph: RelaxationGraph
  let limits: SearchLimits
  let threads: Int
  private let judge: ([Double]) -> Bool
  private let settle: (Box, [Int]) -> Bool?
  private let expanders: [Expander]
  private var attack: Attack
  private var rounds = 0
  private(set) var boxes = 0
  /// Why floats are not covered, though the reals are.
  private(set) var floatGap: UndecidedReason?
  /// How the region was split, if that is recorded.
  private(set) var trace: SearchTrace?

  /// Nodes a round: fewer where each takes long, so that the time limit is looked at often enough.
  private let roundSize: Int
  private let bestFirstLimit = 8192

  /// - Parameters:
  ///   - judge: told of a point that looks unsafe; true ends the search.
  ///   - settle: decides a small box over the reals: true if it holds no violation, false if it does, nil if that is not
  ///     known.
  init(
    _ graph: RelaxationGraph, splitsInputs: Bool, limits: SearchLimits, jobs: Int, attack: Attack,
    judge: @escaping (_ point: [Double]) -> Bool, settle: @escaping (Box, _ conjunctions: [Int]) -> Bool?
  ) {
    roundSize = graph.elementCount > 4_096 ? 4 : 64
    self.graph = graph
    self.limits = limits
    threads = jobs
    self.attack = attack
    self.judge = judge
    self.settle = settle
    expanders = (0..<jobs).map { _ in Expander(graph, splitsInputs: splitsInputs) }
  }

  func refute(_ region: SearchRegion, coversFloats: Bool, records: Bool = false) -> Outcome {
    trace = records ? SearchTrace() : nil
    var frontier = Frontier()
    frontier.push(
      SearchNode(
        box: region.box, known: .unknown(graph), splits: [], conjunctions: Array(region.conjunctions.indices),
        depth: 0, isRealOnly: !coversFloats, record: 0), key: 0)
    var expanded = 0
    while !frontier.isEmpty {
      if boxes >= limits.boxes { return .undecided(.boxes) }
      if processSeconds() >= limits.seconds { return .undecided(.time) }
      let round = frontier.pop(roundSize)
      boxes += round.count
      let expansions = expand(round, of: region)
      if tryCandidates(round, expansions, region) { return .violated }
      for (node, expansion) in zip(round, expansions) {
        expanded += 1
        guard let rest = expansion.rest else { continue }
        let children: [SearchNode]
        switch parts(of: node, rest, expansion.isOverflow) {
        case .nodes(let nodes): children = nodes
        case .violated: return .violated
        case .undecided(let reason): return .undecided(reason)
        }
        let first = trace?.split(node.record, rest.branch, children.count) ?? 0
        for (index, child) in children.enumerated() {
          var child = child
          child.record = first + index
          frontier.push(child, key: expanded < bestFirstLimit ? rest.bound : nil)
        }
      }
    }
    return .refuted
  }

  private func expand(_ round: [SearchNode], of region: SearchRegion) -> [Expansion] {
    if threads == 1 || round.count == 1 { return round.map { expanders[0].expand($0, of: region) } }
    let results = Results(round.count)
    let shared = Shared(expanders)
    let threads = threads
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      for index in stride(from: thread, to: round.count, by: threads) {
        results.set(index, shared.value[thread].expand(round[index], of: region))
      }
    }
    return results.all
  }

  private enum Parts {
    case nodes([SearchNode])
    case violated
    case undecided(UndecidedReason)
  }

  /// The parts of a node that are still to be refuted.
  private func parts(of node: SearchNode, _ rest: Expansion.Rest, _ isOverflow: Bool) -> Parts {
    func child(_ box: Box, _ splits: [NeuronSplit]) -> SearchNode {
      SearchNode(
        box: box, known: rest.known, splits: splits, conjunctions: rest.conjunctions, depth: node.depth + 1,
        isRealOnly: node.isRealOnly, record: 0)
    }
    if !node.isRealOnly, !isOverflow, isHopelessOnFloats(rest) { return onRealsAlone(node, rest) }
    switch rest.branch {
    case .input(let input, let middle):
      var (low, high) = (rest.box, rest.box)
      low.upper[input] = middle
      high.lower[input] = middle
      return .nodes([child(low, node.splits), child(high, node.splits)])
    case .neuron(let neuron):
      return .nodes(
        [true, false].map { side in
          child(rest.box, node.splits + [NeuronSplit(neuron: neuron, isPositive: side)])
        })
    case .none:
      if isOverflow { return .undecided(.overflow) }
      return node.isRealOnly ? .undecided(.precision) : onRealsAlone(node, rest)
    }
  }

  /// Floats are given up on a small box; over the reals it is decided exactly, or searched on.
  private func onRealsAlone(_ node: SearchNode, _ rest: Expansion.Rest) -> Parts {
    floatGap = floatGap ?? .precision
    switch settle(rest.box, rest.conjunctions) {
    case true?: return .nodes([])
    case false?: return .violated
    case nil:
      return .nodes([
        SearchNode(
          box: rest.box, known: .unknown(graph), splits: node.splits, conjunctions: rest.conjunctions,
          depth: node.depth + 1, isRealOnly: true, record: 0)
      ])
    }
  }

  /// Whether the box is so small that it is rounding that keeps the bound below zero: smaller boxes would not help.
  private func isHopelessOnFloats(_ rest: Expansion.Rest) -> Bool {
    rest.bound > -rest.slack && rest.extent < rest.slack / 2
  }

  /// Looks for violations near where the bounds are least: in every round at first, then in fewer.
  private func tryCandidates(_ round: [SearchNode], _ expansions: [Expansion], _ region: SearchRegion) -> Bool
  {
    rounds += 1
    guard rounds <= 128 || rounds % 8 == 0 else { return false }
    let starts = expansions.compactMap(\.rest).map { (point: $0.candidate, conjunction: $0.conjunctions[0]) }
    return attack.refine(starts, region, steps: rounds % 8 == 0 ? 12 : 4) { point, _ in judge(point) }
  }
}

/// CPU seconds of all threads of this process.
func processSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

/// Open nodes. Those without a key come first, the newest of them at the front; then the least key, of equal keys the
/// older one.
private struct Frontier {
  /// A key of minus infinity stands for none.
  private var heap: [(key: Double, order: Int, node: SearchNode)] = []
  private var pushed = 0

  var isEmpty: Bool { heap.isEmpty }

  mutating func push(_ node: SearchNode, key: Double?) {
    heap.append(
      (key.map { max($0, -.greatestFiniteMagnitude) } ?? -.infinity, key == nil ? -pushed : pushed, node))
    pushed += 1
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop(_ count: Int) -> [SearchNode] {
    var result: [SearchNode] = []
    while result.count < count, let first = heap.first {
      result.append(first.node)
      heap[0] = heap[heap.count - 1]
      heap.removeLast()
      var parent = 0
      while true {
        let least = [2 * parent + 1, 2 * parent + 2].filter { $0 < heap.count }
          .min { isBefore($0, $1) }
        guard let least, isBefore(least, parent) else { break }
        heap.swapAt(least, parent)
        parent = least
      }
    }
    return result
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    (heap[a].key, heap[a].order) < (heap[b].key, heap[b].order)
  }
}

/// Slots that threads fill, each its own.
private final class Results: @unchecked Sendable {
  private let slots: UnsafeMutablePointer<Expansion?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    slots = .allocate(capacity: count)
    slots.initialize(repeating: nil, count: count)
  }

  deinit {
    slots.deinitialize(count: count)
    slots.deallocate()
  }

  func set(_ index: Int, _ expansion: Expansion) { slots[index] = expansion }

  var all: [Expansion] {
    (0..<count).map { index in
      guard let expansion = slots[index] else { preconditionFailure("every node of a round is expanded") }
      return expansion
    }
  }
}

/// What each thread uses a part of.
private struct Shared<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
