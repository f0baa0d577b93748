import CertifiedBounds
import ExactArithmetic
import SpecificationLanguage

/// How far inputs may be from one that is not known yet.
struct Ball {
  let norm: Norm
  let space: NormSpace
  let radius: Rational
  let inputs: [InputScalar]

  /// Not below the change of a sum of inputs within the ball; `nil` if it has no bound.
  ///
  /// The change a . d of a sum is at most the radius times the dual norm of a, by Hölder's inequality; where normalised
  /// inputs are measured, d is their change divided by the scales.
  func reach(of terms: [LinearInequality.Term]) -> Rational? {
    let weights = terms.map { term in
      switch space {
      case .physical: term.coefficient.magnitude
      case .normalized: (term.coefficient / inputs[term.input].normalization.scale).magnitude
      }
    }
    if weights.count == 1 { return radius * weights[0] }
    switch norm {
    case .lInfinity: return radius * weights.reduce(.zero, +)
    case .l2:
      let length = UpperBound(notBelow: weights.reduce(.zero) { $0 + $1 * $1 }).squareRoot()
      return length < .infinity ? radius * Rational(length.value) : nil
    }
  }

  /// The least and the largest value of a sum in the inputs' domains.
  func range(of terms: [LinearInequality.Term]) -> ClosedRange<Rational> {
    var (least, largest) = (Rational.zero, Rational.zero)
    for term in terms {
      let ends = [inputs[term.input].lowest, inputs[term.input].highest].map {
        term.coefficient * Rational($0)
      }
      least = least + min(ends[0], ends[1])
      largest = largest + max(ends[0], ends[1])
    }
    return least...largest
  }
}
