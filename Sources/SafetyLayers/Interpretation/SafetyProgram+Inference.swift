import NetworkIR

extension SafetyProgram {
  /// Everything but the network.
  public var layer: SafetyLayer {
    SafetyLayer(interface: interface, guards: guards, table: table, certification: certification)
  }

  /// What the emitted code returns for `input`, bit for bit.
  ///
  /// - Parameter input: physical inputs, one a scalar of the interface; every bit pattern is allowed.
  public func infer(_ input: [Float]) -> InferenceResult {
    let layer = layer
    if let refusal = layer.refusal(of: input) { return layer.abstention(refusal.reason, []) }
    return layer.decide(admitted: input, rawScores: network.evaluate(normalized(input)))
  }

  /// ``infer(_:)`` with `rawScores` in the place of the network's.
  public func decide(input: [Float], rawScores: [Float]) -> InferenceResult {
    layer.decide(input: input, rawScores: rawScores)
  }

  /// Why ``infer(_:)`` returns what it returns.
  public func explain(_ input: [Float]) -> Explanation {
    let layer = layer
    let isRefused = layer.refusal(of: input) != nil
    let normalized = isRefused ? [] : normalized(input)
    return layer.explain(
      input: input, normalizedInput: normalized, rawScores: isRefused ? [] : network.evaluate(normalized))
  }

  /// The network's inputs: each physical input through its ``FloatNormalization``.
  func normalized(_ input: [Float]) -> [Float] {
    zip(input, interface.inputs).map { FloatNormalization($1.normalization)($0) }
  }
}
