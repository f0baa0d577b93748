import ExactArithmetic

/// A point's scores s_i over the real numbers, known as |s_i - centers_i| <= errors_i.
public struct EnclosedScores: Sendable {
  let centers: [Rational]
  let errors: [Rational]

  public init(_ enclosure: Enclosure) {
    centers = enclosure.centers.map { Rational($0) }
    errors = enclosure.errors.map { Rational($0) }
  }

  public init(exactly scores: [Rational]) {
    centers = scores
    errors = scores.map { _ in .zero }
  }
}
