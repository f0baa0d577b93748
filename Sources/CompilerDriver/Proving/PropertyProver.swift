import Diagnostics
import NetworkIR
import SafetyVerification
import SpecificationLanguage

/// Asks about properties of one network.
struct PropertyProver {
  let spec: CheckedSpec
  let instance: NetworkInstance
  /// With the float semantics of the emitted program.
  let network: Network
  /// Whether the model ends in a softmax, which is no part of ``network``.
  let isWithoutSoftmax: Bool

  var interface: Interface { spec.interfaces[instance.interface] }

  /// - Parameter seconds: the limit on CPU time; `nil` for that of `options`.
  /// - Throws: that it takes too many alternatives to say what violates the property, that nothing does, that it bounds
  ///   scores which the model does not return, or that an older proof can't be removed.
  func answer(
    to property: AskedProperty, with options: ProofOptions, seconds: Double? = nil
  ) throws(DiagnosticSet) -> ProofAnswer {
    let proofPath = try options.evidencePath(
      spec.proofFileName(ofNetwork: instance.name, property: property.name))
    try requireScores(of: property)
    let replay = PropertyReplay(property, instance, network, in: spec)
    let kept = KeptViolation(key: replay.key, in: options.cache)
    if let input = kept.input, let found = replay.violation(at: input), found.violatesReal {
      return answer(
        property, float: .violated(found.counterexample), real: .violated(found.counterexample),
        isKept: true)
    }
    let limits = options.limits(ofQuestion: replay.key, seconds: seconds)
    let result =
      switch property {
      case .enforced(let property): try prove(property, on: instance, network, in: spec, limits)
      case .raw(let property): try prove(property, network, in: spec, limits)
      }
    if let input = result.float.counterexample?.floats, let found = replay.violation(at: input) {
      if found.violatesReal { kept.keep(input) }
    } else if result.float.counterexample != nil {
      preconditionFailure("a counterexample of the prover does not violate `\(property.name)`")
    }
    let proof = try WrittenProof(
      result.proof, holds: result.float.holds, network, question: name(of: property),
      statement: statement(of: property), to: proofPath)
    return answer(
      property, float: result.float, real: result.real, boxes: result.boxes,
      resumedBoxes: result.resumedBoxes, cpuSeconds: result.cpuSeconds, isKept: false, proof: proof)
  }

  /// What a proof has to list to be one of this property of this network; `nil` if none can.
  ///
  /// - Throws: that it takes too many alternatives to say what violates the property, that nothing does, or that it bounds
  ///   scores which the model does not return.
  func statement(of property: AskedProperty) throws(DiagnosticSet) -> [UInt8]? {
    try requireScores(of: property)
    return switch property {
    case .enforced(let property): try proofStatement(of: property, on: instance, network, in: spec)
    case .raw(let property): try proofStatement(of: property, network, in: spec)
    }
  }

  func name(of property: AskedProperty) -> String { "\(instance.name) \(property.name)" }

  private func requireScores(of property: AskedProperty) throws(DiagnosticSet) {
    guard isWithoutSoftmax, case .raw(let raw) = property, raw.requirement.boundsScores else { return }
    throw DiagnosticSet([.boundWithoutSoftmax(raw, network)])
  }

  private func answer(
    _ property: AskedProperty, float: SafetyVerification.Verdict, real: SafetyVerification.Verdict,
    boxes: Int = 0, resumedBoxes: Int = 0, cpuSeconds: Double = 0, isKept: Bool, proof: WrittenProof? = nil
  ) -> ProofAnswer {
    ProofAnswer(
      network: instance.name, modelHash: network.identity.hash, property: property.name,
      title: property.title,
      names: ProofNames(interface),
      semantics: .float, verdict: float, counterpart: real, boxes: boxes, resumedBoxes: resumedBoxes,
      cpuSeconds: cpuSeconds, isKept: isKept, proof: proof)
  }
}

extension Requirement {
  /// Whether it compares a score with a number.
  fileprivate var boundsScores: Bool {
    switch self {
    case .order: false
    case .score: true
    case .all(let parts), .any(let parts): parts.contains(where: \.boundsScores)
    }
  }
}
