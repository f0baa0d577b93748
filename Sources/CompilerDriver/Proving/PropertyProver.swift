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
  let options: ProofOptions

  var interface: Interface { spec.interfaces[instance.interface] }

  /// - Throws: that it takes too many alternatives to say what violates the property, or that nothing does.
  func answer(to property: AskedProperty) throws(DiagnosticSet) -> ProofAnswer {
    let replay = PropertyReplay(property, instance, network, in: spec)
    let kept = KeptViolation(key: replay.key, in: options.cache)
    if let input = kept.input, let found = replay.violation(at: input), found.violatesReal {
      return answer(
        property, float: .violated(found.counterexample), real: .violated(found.counterexample),
        isKept: true)
    }
    let limits = options.limits(ofQuestion: replay.key)
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
      result.proof, holds: result.float.holds, network, question: "\(instance.name) \(property.name)",
      to: options.evidence)
    return answer(
      property, float: result.float, real: result.real, boxes: result.boxes,
      resumedBoxes: result.resumedBoxes, cpuSeconds: result.cpuSeconds, isKept: false, proof: proof)
  }

  private func answer(
    _ property: AskedProperty, float: SafetyVerification.Verdict, real: SafetyVerification.Verdict,
    boxes: Int = 0, resumedBoxes: Int = 0, cpuSeconds: Double = 0, isKept: Bool, proof: WrittenProof? = nil
  ) -> ProofAnswer {
    ProofAnswer(
      network: instance.name, property: property.name, title: property.title,
      names: ProofNames(
        inputs: interface.inputs.map { ($0.name, $0.unit) }, outputs: interface.outputs),
      semantics: .float, verdict: float, counterpart: real, boxes: boxes, resumedBoxes: resumedBoxes,
      cpuSeconds: cpuSeconds, isKept: isKept, proof: proof)
  }
}
