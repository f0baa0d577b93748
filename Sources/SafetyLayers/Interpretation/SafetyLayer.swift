import SpecificationLanguage

/// A safety program without its network: everything that decides on physical inputs and raw scores.
public struct SafetyLayer: Sendable {
  public let interface: Interface
  public let guards: [Guard]
  public let table: RepairTable
  public let certification: Certification

  package init(
    interface: Interface, guards: [Guard], table: RepairTable, certification: Certification = .none
  ) {
    self.interface = interface
    self.guards = guards
    self.table = table
    self.certification = certification
  }

  /// The guards of a network of `spec`, with a table without rows: decides what is active, and nothing else.
  public init(of instance: NetworkInstance, in spec: CheckedSpec) {
    interface = spec.interfaces[instance.interface]
    guards = SafetyLayers.guards(of: instance, properties: spec.properties)
    table = RepairTable(rows: [])
    certification = .none
  }

  /// What is returned for `input` if the network's scores on it are `rawScores`; steps 1 to 6 of
  /// ``SafetyProgram``.
  ///
  /// - Requires: as many inputs and scores as the interface says. Every bit pattern is allowed.
  public func decide(input: [Float], rawScores: [Float]) -> InferenceResult {
    if let refusal = refusal(of: input) { return abstention(refusal.reason, []) }
    return decide(admitted: input, rawScores: rawScores)
  }

  /// Step 1: why `input` is refused, and the first position that is the cause.
  public func refusal(of input: [Float]) -> (reason: AbstentionReason, input: Int)? {
    precondition(input.count == interface.inputs.count, "one value an input")
    for (index, (value, scalar)) in zip(input, interface.inputs).enumerated() {
      if value.isNaN { return (.nanInput, index) }
      if value.isInfinite { return (.infiniteInput, index) }
      if value < scalar.lowest || value > scalar.highest { return (.outOfDomainInput, index) }
    }
    return nil
  }

  /// Steps 2 to 6.
  func decide(admitted input: [Float], rawScores: [Float]) -> InferenceResult {
    precondition(rawScores.count == interface.outputs.count, "one score an output")
    guard rawScores.allSatisfy(\.isFinite) else { return abstention(.nonFiniteScore, []) }
    let ranking = Ranking(of: rawScores, by: interface.preference)
    let active = activeProperties(for: input, rawChoice: ranking.choice)
    guard let row = table.row(for: activationSet(active)) else {
      return abstention(.unlistedActivation, active)
    }
    return certified(decide(ranking, under: row), for: input, ranking)
  }

  /// Step 5 and the conflict of step 4: what becomes of raw scores if `row` is the active one.
  package func decide(_ ranking: Ranking, under row: RepairTable.Row) -> InferenceResult {
    if row.disjuncts.isEmpty { return abstention(.conflict, row.activation.active) }
    if satisfiedDisjunct(of: row.disjuncts, by: ranking) != nil {
      return InferenceResult(
        status: .ok, choice: ranking.choice, scores: ranking.scores, activation: row.activation)
    }
    let repair = repair(ranking, under: row.disjuncts)
    return InferenceResult(
      status: .repaired, choice: repair.order[0], scores: repair.scores, activation: row.activation)
  }

  /// The properties whose condition holds and none of whose overriders' conditions does, ascending.
  public func activeProperties(for input: [Float], rawChoice: Int) -> [Int] {
    activeProperties { $0.isTrue(of: input, rawChoice: rawChoice) }
  }

  func activeProperties(where isTrue: (Atom) -> Bool) -> [Int] {
    active(holding: holding(where: isTrue))
  }

  /// For each guard whether its condition holds.
  func holding(where isTrue: (Atom) -> Bool) -> [Bool] {
    guards.map { $0.property.condition.holds(where: isTrue) }
  }

  /// The guards that are active where those with `holds` hold.
  func active(holding holds: [Bool]) -> [Int] {
    guards.indices.filter { index in
      holds[index] && !guards[index].overriders.contains { holds[$0] }
    }
  }

  func activationSet(_ active: [Int]) -> ActivationSet {
    ActivationSet(active: active, propertyCount: guards.count)
  }

  func abstention(_ reason: AbstentionReason, _ active: [Int]) -> InferenceResult {
    InferenceResult(
      status: .abstained(reason), choice: -1,
      scores: [Float](repeating: .nan, count: interface.outputs.count), activation: activationSet(active),
      certified: certification.clauses.map { _ in false }, radii: certification.clauses.map { _ in 0 })
  }
}

extension RepairTable {
  /// The row of `activation`, by binary search.
  public func row(for activation: ActivationSet) -> Row? {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].activation < activation { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].activation == activation ? rows[low] : nil
  }
}
