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
  private let splitsInputs: Bool
  private let judge: ([Double]) -> Bool
  private let settle: (Box, [Int], Int) -> Bool?
  private let progress: (SearchTrace) -> Void
  private let expanders: [Expander]
  private var attack: Attack
  private var rounds = 0
  private(set) var boxes = 0
  private var realOnlyBoxes = 0
  /// Why floats are not covered, though the reals are.
  private(set) var floatGap: UndecidedReason?
  /// How the region was split, if that is recorded.
  private(set) var trace: SearchTrace?
  /// By the nodes of an earlier search whether it had closed them.
  private var closedBefore: [Bool] = []
  /// How many parts of an earlier search's tree were closed by the bounds of larger boxes, without bounds of their own.
  private(set) var resumedBoxes = 0
  /// Of that many levels of its tree one is bounded anew.
  private let resumedLevels = 3

  /// Nodes a round: fewer where each takes long, so that the time limit is looked at often enough.
  private let roundSize: Int
  private let bestFirstLimit = 8192

  /// - Parameters:
  ///   - judge: told of a point that looks unsafe; true ends the search.
  ///   - settle: decides a small box over the reals: true if it holds no violation, false if it does, nil if that is not
  ///     known.
  ///   - progress: told of the tree before each round, if it is recorded.
  init(
    _ graph: RelaxationGraph, splitsInputs: Bool, limits: SearchLimits, jobs: Int, attack: Attack,
    judge: @escaping (_ point: [Double]) -> Bool,
    settle: @escaping (Box, _ conjunctions: [Int], _ openNeurons: Int) -> Bool?,
    progress: @escaping (SearchTrace) -> Void
  ) {
    roundSize = graph.elementCount > 4_096 ? 4 : 64
    self.graph = graph
    self.limits = limits
    self.splitsInputs = splitsInputs
    threads = jobs
    self.attack = attack
    self.judge = judge
    self.settle = settle
    self.progress = progress
    expanders = (0..<jobs).map { _ in Expander(graph, splitsInputs: splitsInputs) }
  }

  /// - Parameter trace: the tree of an earlier search, whose splits are made again, or a new one; nil if nothing is to be
  ///   recorded. It proves nothing: every part of the region ends in a box that is bounded here.
  func refute(_ region: SearchRegion, coversFloats: Bool, recordingIn trace: SearchTrace? = nil) -> Outcome {
    self.trace = trace
    closedBefore = trace?.closedSubtrees ?? []
    var frontier = Frontier()
    frontier.push(
      SearchNode(
        box: region.box, known: .unknown(graph), splits: [], conjunctions: Array(region.conjunctions.indices),
        depth: 0, isRealOnly: !coversFloats, record: 0), key: 0)
    var expanded = 0
    while !frontier.isEmpty {
      if boxes >= limits.boxes { return .undecided(.boxes) }
      if processSeconds() >= limits.seconds { return .undecided(.time) }
      if let trace = self.trace { progress(trace) }
      let round = frontier.pop(roundSize)
      realOnlyBoxes += round.count { $0.isRealOnly }
      if realOnlyBoxes > limits.realOnlyBoxes { return .undecided(.precision) }
      let expansions = expand(round, of: region)
      boxes += expansions.count { $0.isBounded }
      if tryCandidates(round, expansions, region) { return .violated }
      for (node, expansion) in zip(round, expansions) {
        expanded += 1
        guard let rest = expansion.rest else {
          if !expansion.isBounded { resumedBoxes += 1 }
          self.trace?.close(node.record)
          continue
        }
        switch parts(of: node, rest, isOverflow: expansion.isOverflow, isBounded: expansion.isBounded) {
        case .nodes(let nodes):
          let key = expanded < bestFirstLimit ? rest.bound : nil
          for child in nodes { push(child, to: &frontier, key: key, below: node) }
        case .violated: return .violated
        case .undecided(let reason): return .undecided(reason)
        }
      }
    }
    return .refuted
  }

  /// What an earlier search had closed comes last, so that each search of the same region gets further. Most of its nodes
  /// need no bounds of their own.
  private func push(_ child: SearchNode, to frontier: inout Frontier, key: Double?, below parent: SearchNode)
  {
    guard let record = child.record, record < closedBefore.count else {
      return frontier.push(child, key: key)
    }
    var child = child
    if recordedBranch(of: child) != nil {
      child.effort = child.depth % resumedLevels == 0 ? .full : .inherited
    } else if closedBefore[record] {
      child.effort = .inheritedFirst
    }
    let isLast = closedBefore[record] && !(parent.record.map { closedBefore[$0] } ?? true)
    frontier.push(child, key: isLast ? .greatestFiniteMagnitude : nil)
  }

  /// How an earlier search split a node. Where inputs are split, neurons are not: without a multiplier nothing would show
  /// that a side is empty.
  private func recordedBranch(of node: SearchNode) -> Expansion.Branch? {
    guard let record = node.record, let recorded = trace?.nodes[record], recorded.count == 2 else {
      return nil
    }
    if splitsInputs, case .neuron = recorded.branch { return nil }
    return recorded.branch
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
  private func parts(
    of node: SearchNode, _ rest: Expansion.Rest, isOverflow: Bool, isBounded: Bool
  ) -> Parts {
    if !isBounded, let branch = recordedBranch(of: node) {
      return .nodes(halves(of: node, rest, branch))
    }
    if !node.isRealOnly, !isOverflow, isHopelessOnFloats(rest) { return onRealsAlone(node, rest) }
    if case .none = rest.branch {
      if isOverflow { return .undecided(.overflow) }
      return node.isRealOnly ? settled(node, rest) ?? .undecided(.precision) : onRealsAlone(node, rest)
    }
    let branch = recordedBranch(of: node) ?? rest.branch
    return .nodes(halves(of: node, rest, branch))
  }

  /// The parts of what is left of a node: two, or one where an earlier search split beside it.
  private func halves(
    of node: SearchNode, _ rest: Expansion.Rest, _ branch: Expansion.Branch
  ) -> [SearchNode] {
    let first: Int?
    if recordedBranch(of: node) != nil {
      first = node.record.flatMap { trace?.nodes[$0].first }
    } else {
      first = trace?.split(node.record, branch, 2)
    }
    func child(_ index: Int, _ box: Box, _ splits: [NeuronSplit]) -> SearchNode {
      SearchNode(
        box: box, known: rest.known, splits: splits, conjunctions: rest.conjunctions, depth: node.depth + 1,
        isRealOnly: node.isRealOnly, record: first.map { $0 + index }, tunings: rest.tunings)
    }
    let box = rest.box
    switch branch {
    case .input(let input, let middle):
      var (low, high) = (box, box)
      low.upper[input] = middle
      high.lower[input] = middle
      if middle <= box.lower[input] {
        trace?.close(first)
        return [child(1, box, node.splits)]
      }
      if middle >= box.upper[input] {
        trace?.close(first.map { $0 + 1 })
        return [child(0, box, node.splits)]
      }
      return [child(0, low, node.splits), child(1, high, node.splits)]
    case .neuron(let neuron):
      return [true, false].enumerated().map { index, side in
        child(index, box, node.splits + [NeuronSplit(neuron: neuron, isPositive: side)])
      }
    case .none: preconditionFailure("what has no parts is not split")
    }
  }

  /// Floats are given up on a small box; over the reals it is decided exactly, or searched on.
  private func onRealsAlone(_ node: SearchNode, _ rest: Expansion.Rest) -> Parts {
    floatGap = floatGap ?? .precision
    return settled(node, rest)
      ?? .nodes([
        SearchNode(
          box: rest.box, known: .unknown(graph), splits: node.splits, conjunctions: rest.conjunctions,
          depth: node.depth + 1, isRealOnly: true, record: trace?.split(node.record, .none, 1))
      ])
  }

  /// What an exact decision gives, if there is one.
  private func settled(_ node: SearchNode, _ rest: Expansion.Rest) -> Parts? {
    let open = rest.known.lower.indices.count { rest.known.lower[$0] < 0 && rest.known.upper[$0] > 0 }
    guard let holds = settle(rest.box, rest.conjunctions, open) else { return nil }
    if !holds { return .violated }
    trace?.close(node.record)
    return .nodes([])
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
    let starts = expansions.filter(\.isBounded).compactMap(\.rest).map {
      (point: $0.candidate, conjunction: $0.conjunctions[0])
    }
    return attack.refine(starts, region, steps: rounds % 8 == 0 ? 12 : 4) { point, _ in judge(point) }
  }
}

/// CPU seconds of all threads of this process.
func processSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

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
