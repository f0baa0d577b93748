import ExactArithmetic
import SpecificationLanguage

/// A linear inequality in integers: multiplied by the common denominator of its numbers, and by 2^149
/// because every finite binary32 number is an integer times 2^-149.
///
/// Emitted code keeps two sums of magnitudes, of the terms that raise the left side and of those that
/// lower it, and compares them; both fit in `wordCount` 32-bit words for every input in the domain.
struct ExactLinearForm: Sendable {
  struct Term: Sendable {
    let input: Int
    let coefficient: ExactInteger
  }

  let terms: [Term]
  /// The bound's part of either sum, times 2^149: at least one is zero.
  let above: [UInt32]
  let below: [UInt32]
  let wordCount: Int
  let isStrict: Bool

  /// - Parameter magnitudes: for each term the largest magnitude of its input in the domain.
  init(_ inequality: LinearInequality, magnitudes: [Rational]) {
    let denominator = Rational.commonDenominator(of: inequality.terms.map(\.coefficient) + [inequality.bound])
    let scale = Rational(powerOfTwo: 149)
    let bound = inequality.bound * denominator * scale
    terms = inequality.terms.map {
      Term(input: $0.input, coefficient: ExactInteger($0.coefficient * denominator))
    }
    var largest = bound.magnitude
    for (term, magnitude) in zip(inequality.terms, magnitudes) {
      largest = largest + (term.coefficient * denominator).magnitude * magnitude * scale
    }
    // A sum of nonnegative terms only grows: its final bound bounds every step.
    let words = max(1, ExactInteger(largest).magnitude.count)
    let constant = ExactInteger(bound).magnitude
    let padded = constant + [UInt32](repeating: 0, count: words - constant.count)
    let zeros = [UInt32](repeating: 0, count: words)
    above = bound.signum < 0 ? padded : zeros
    below = bound.signum < 0 ? zeros : padded
    wordCount = words
    isStrict = inequality.isStrict
  }
}
