// Trusted: guards that are called incompatible are never active together.
import SpecificationLanguage

/// Which guards of a problem can obviously not be active together, since the boxes around their conditions
/// are disjoint. Others may be incompatible as well.
struct Incompatibilities {
  /// For each guard those that cannot be active with it.
  private let excluded: [PropertySet]

  init(_ problem: GuardProblem) {
    let boxes = problem.guards.map { ConditionBox($0.property.condition) }
    var excluded = [PropertySet](repeating: PropertySet([]), count: boxes.count)
    for a in boxes.indices {
      for b in a + 1..<boxes.count where boxes[a].isDisjoint(with: boxes[b]) {
        excluded[a].insert(b)
        excluded[b].insert(a)
      }
    }
    self.excluded = excluded
  }

  /// The guards that cannot be active where all of `set` are.
  func excluded(by set: [Int]) -> PropertySet {
    set.reduce(into: PropertySet([])) { $0.formUnion(excluded[$1]) }
  }
}

/// The smallest and largest value that each input can have where a condition holds; nothing is said about
/// inputs that are missing. Too large where linear inequalities or the raw choice say more.
private struct ConditionBox {
  private var intervals: [Int: ClosedRange<Float>] = [:]
  /// Whether the condition never holds.
  private var isEmpty = false

  init(_ condition: Condition) {
    switch condition {
    case .constant(let value): isEmpty = !value
    case .atom(.atLeast(let input, let bound), _): intervals[input] = bound ... .infinity
    case .atom(.atMost(let input, let bound), _): intervals[input] = -Float.infinity...bound
    case .atom: break
    case .all(let parts):
      for part in parts { formIntersection(ConditionBox(part)) }
    case .any(let parts):
      let boxes = parts.map { ConditionBox($0) }.filter { !$0.isEmpty }
      isEmpty = boxes.isEmpty
      guard var hull = boxes.first else { return }
      for box in boxes.dropFirst() { hull.formHull(box) }
      self = hull
    }
  }

  private mutating func formIntersection(_ other: ConditionBox) {
    isEmpty = isEmpty || other.isEmpty
    for (input, interval) in other.intervals {
      guard let own = intervals[input] else {
        intervals[input] = interval
        continue
      }
      guard own.overlaps(interval) else {
        isEmpty = true
        continue
      }
      intervals[input] = own.clamped(to: interval)
    }
  }

  private mutating func formHull(_ other: ConditionBox) {
    for (input, own) in intervals {
      intervals[input] = other.intervals[input].map {
        min(own.lowerBound, $0.lowerBound)...max(own.upperBound, $0.upperBound)
      }
    }
  }

  func isDisjoint(with other: ConditionBox) -> Bool {
    if isEmpty || other.isEmpty { return true }
    return intervals.contains { input, interval in
      other.intervals[input].map { !interval.overlaps($0) } ?? false
    }
  }
}
