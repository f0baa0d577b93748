import ExactArithmetic
import NetworkIR

/// Certifies decisions of a network over the real numbers, point by point.
///
/// Scores are computed in binary64 with bounds of their errors; where these leave a verdict open, the scores are
/// computed again without any rounding, and then nothing is open.
public struct RobustnessCertifier: Sendable {
  private let network: Network
  private let normalization: InputNormalization
  private let heads: [RobustnessHead]

  /// - Parameter heads: what is asked, each for the network's outputs.
  /// - Requires: the normalisation has the network's inputs.
  public init(_ network: Network, _ normalization: InputNormalization, heads: [RobustnessHead]) {
    self.network = network
    self.normalization = normalization
    self.heads = heads
  }

  /// The verdict of each head at a point.
  ///
  /// - Throws: where the errors leave a verdict open and the network has no exact scores.
  /// - Requires: one finite number for each input.
  public func verdicts(at point: [Float]) throws(ExactEvaluationError) -> [PointVerdict] {
    var verdicts: [PointVerdict?] = heads.map { _ in nil }
    if let enclosure = normalization.enclosed(point).flatMap({ network.enclosedScores(of: $0) }) {
      let scores = EnclosedScores(enclosure)
      verdicts = heads.map { $0.verdict(scores) }
    }
    guard verdicts.contains(nil) else { return verdicts.compactMap(\.self) }
    let exact = EnclosedScores(exactly: try network.evaluateExactly(normalization.exactly(point)))
    return zip(verdicts, heads).map { verdict, head in
      guard let decided = verdict ?? head.verdict(exact) else {
        preconditionFailure("exact scores leave nothing open")
      }
      return decided
    }
  }
}
