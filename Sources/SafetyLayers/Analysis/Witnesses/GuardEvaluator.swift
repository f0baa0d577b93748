import SpecificationLanguage

/// Evaluates the guards of a problem at a point; shares no code with their encoding.
struct GuardEvaluator: Sendable {
  struct Truths: Sendable {
    /// For each guard whether its condition holds.
    let holds: [Bool]
    /// The guards whose condition holds and no overrider's, ascending.
    let active: [Int]
  }

  private let layer: SafetyLayer
  private let evaluate: PointEvaluator

  init(_ problem: GuardProblem) {
    layer = SafetyLayer(
      interface: problem.interface, guards: problem.guards, table: RepairTable(rows: []))
    evaluate = PointEvaluator(
      problem.interface, atoms: problem.guards.flatMap { $0.property.condition.atoms })
  }

  /// `nil` if the point is none that a ``PointEvaluator`` accepts, or the raw choice is no output.
  func callAsFunction(_ witness: Witness) -> Truths? {
    guard layer.interface.outputs.indices.contains(witness.rawChoice),
      let isTrue = evaluate(witness.point, rawChoice: witness.rawChoice)
    else { return nil }
    let holds = layer.holding(where: isTrue)
    return Truths(holds: holds, active: layer.active(holding: holds))
  }
}
