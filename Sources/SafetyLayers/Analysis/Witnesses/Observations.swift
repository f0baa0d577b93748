/// What the guards of one problem were seen to do, at points where they were evaluated.
struct Observations: Sendable {
  /// One guard overridden by another.
  struct Override: Sendable, Hashable {
    let loser: Int
    let winner: Int
  }

  private let evaluate: GuardEvaluator
  private let neighbourhood: Neighbourhood
  private let guards: [Guard]
  /// The points that showed something new, in the order in which they came.
  private(set) var witnesses: [Witness] = []
  /// The sets of active guards, ascending each.
  private(set) var activations: Set<[Int]> = []
  /// The guards whose condition held somewhere.
  private(set) var holding: Set<Int> = []
  /// The guards whose condition was false somewhere.
  private(set) var failing: Set<Int> = []
  /// The overrides of which both conditions held somewhere.
  private(set) var overrides: Set<Override> = []

  init(_ problem: GuardProblem) {
    evaluate = GuardEvaluator(problem)
    neighbourhood = Neighbourhood(problem)
    guards = problem.guards
  }

  /// Evaluates the guards at a point.
  ///
  /// - Returns: the guards that are active there, and whether no point before had just these; `nil` if the
  ///   point is not admissible.
  @discardableResult
  mutating func add(_ witness: Witness) -> (active: [Int], isNew: Bool)? {
    guard let truths = evaluate(witness) else { return nil }
    let isNew = activations.insert(truths.active).inserted
    var isUseful = isNew
    for (index, holds) in truths.holds.enumerated() {
      if holds {
        if holding.insert(index).inserted { isUseful = true }
        for winner in guards[index].overriders where truths.holds[winner] {
          if overrides.insert(Override(loser: index, winner: winner)).inserted { isUseful = true }
        }
      } else if failing.insert(index).inserted {
        isUseful = true
      }
    }
    if isUseful { witnesses.append(witness) }
    return (truths.active, isNew)
  }

  /// Evaluates the guards at points beside a point, and beside those of them that show a new set.
  ///
  /// - Parameter limit: the number of sets beyond which no more are wanted.
  /// - Returns: the new sets.
  mutating func explore(from witness: Witness, _ active: [Int], limit: Int) -> [[Int]] {
    var found: [[Int]] = []
    var queue = [(witness: witness, active: active)]
    var next = 0
    while next < queue.count {
      for neighbour in neighbourhood.neighbours(of: queue[next].witness, active: queue[next].active) {
        if activations.count > limit { return found }
        guard let (active, isNew) = add(neighbour), isNew else { continue }
        found.append(active)
        queue.append((neighbour, active))
      }
      next += 1
    }
    return found
  }
}
