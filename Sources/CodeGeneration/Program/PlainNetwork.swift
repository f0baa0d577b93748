import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// A network without specification: finite inputs in, its own scores and choice out. No safety property holds of it.
public struct PlainNetwork: Sendable {
  /// What emitted files call it.
  public let name: String
  public let network: Network
  public let better: Better

  public init(name: String, network: Network, better: Better) {
    self.name = name
    self.network = network
    self.better = better
  }

  /// What the emitted code returns for `input`, bit for bit: the scores and the first best one; an abstention if an
  /// input or a score is NaN or infinite. The one output of a regressor is its choice.
  ///
  /// - Requires: `input.count == network.inputCount`.
  public func infer(_ input: [Float]) -> InferenceResult {
    for value in input {
      if value.isNaN { return abstention(.nanInput) }
      if value.isInfinite { return abstention(.infiniteInput) }
    }
    let scores = network.evaluate(input)
    guard scores.allSatisfy(\.isFinite) else { return abstention(.nonFiniteScore) }
    var choice = 0
    for (output, score) in scores.enumerated() {
      let isBetter =
        switch better {
        case .highest: score > scores[choice]
        case .lowest: score < scores[choice]
        }
      if isBetter { choice = output }
    }
    return InferenceResult(status: .ok, choice: choice, scores: scores, activation: .nothing)
  }

  private func abstention(_ reason: AbstentionReason) -> InferenceResult {
    InferenceResult(
      status: .abstained(reason), choice: -1,
      scores: [Float](repeating: .nan, count: network.outputCount), activation: .nothing)
  }
}

extension ActivationSet {
  /// The set of a program without properties.
  fileprivate static let nothing = ActivationSet(active: [], propertyCount: 0)
}
