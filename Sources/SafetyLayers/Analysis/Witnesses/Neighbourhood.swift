import SpecificationLanguage

/// Points beside a point, just outside the tightest bounds of the guards that are active there: evaluating
/// them finds most of the smaller sets of active guards without the solver, which takes a hundred times as
/// long for each.
struct Neighbourhood: Sendable {
  private struct Bound: Sendable {
    let input: Int
    let isLower: Bool
    let value: Float
  }

  private let interface: Interface
  /// For each guard the bounds in its condition.
  private let bounds: [[Bound]]
  /// How many neighbours of a point are worth evaluating.
  private let limit: Int

  init(_ problem: GuardProblem) {
    interface = problem.interface
    bounds = problem.guards.map { guarded in
      guarded.property.condition.atoms.compactMap { atom in
        switch atom {
        case .atLeast(let input, let bound): Bound(input: input, isLower: true, value: bound)
        case .atMost(let input, let bound): Bound(input: input, isLower: false, value: bound)
        case .linear, .rawChoice: nil
        }
      }
    }
    // Evaluating takes time in proportion to the atoms; the solver hardly does.
    let size = problem.guards.reduce(1) { $0 + $1.property.condition.atoms.count }
    limit = min(64, 400_000 / size)
  }

  /// - Parameter active: the guards that are active at `witness`.
  func neighbours(of witness: Witness, active: [Int]) -> [Witness] {
    guard limit > 0, case .floats(let floats) = witness.point else { return [] }
    var below: [Int: Float] = [:]
    var above: [Int: Float] = [:]
    for bound in active.lazy.flatMap({ bounds[$0] }) {
      let value = floats[bound.input]
      if bound.isLower, bound.value <= value {
        below[bound.input] = max(below[bound.input] ?? bound.value, bound.value)
      } else if !bound.isLower, bound.value >= value {
        above[bound.input] = min(above[bound.input] ?? bound.value, bound.value)
      }
    }
    let moves =
      below.map { (input: $0.key, value: $0.value.nextDown + 0) }
      + above.map { (input: $0.key, value: $0.value.nextUp + 0) }
    let possible = moves.filter {
      $0.value >= interface.inputs[$0.input].lowest && $0.value <= interface.inputs[$0.input].highest
    }
    return possible.sorted { ($0.input, $0.value) < ($1.input, $1.value) }.prefix(limit).map { move in
      var moved = floats
      moved[move.input] = move.value
      return Witness(point: .floats(moved), rawChoice: witness.rawChoice)
    }
  }
}
