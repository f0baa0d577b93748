import ExactArithmetic

/// How the scores that a specification's bounds speak of come from the network's outputs: `score = output * range +
/// mean`. NNet files have such a scaling, which neither the network nor VNN-LIB knows; ONNX models have none.
public struct OutputScaling: Sendable, Hashable {
  public let mean: Rational
  /// INVARIANT: above zero.
  public let range: Rational

  public static let identity = OutputScaling(mean: .zero, range: .one)

  /// - Requires: `range > 0`.
  public init(mean: Rational, range: Rational) {
    precondition(range.signum > 0, "a scaling keeps the order of scores")
    self.mean = mean
    self.range = range
  }

  func output(ofScore score: Rational) -> Rational { (score - mean) / range }
  func score(ofOutput output: Rational) -> Rational { output * range + mean }
}
