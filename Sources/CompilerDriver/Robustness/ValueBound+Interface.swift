import CertifiedBounds
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

extension ValueBound {
  /// What a program's normalisation gives for inputs in their domains, against the exact one (x - c) s.
  package init(ofInputs interface: Interface) {
    var magnitudes: [Normalized: (UpperBound, UpperBound)] = [:]
    var squares = (UpperBound.zero, UpperBound.zero)
    for input in interface.inputs {
      let key = Normalized(lowest: input.lowest, highest: input.highest, normalization: input.normalization)
      let (magnitude, error) = magnitudes[key] ?? key.bounds
      magnitudes[key] = (magnitude, error)
      squares = (squares.0 + magnitude * magnitude, squares.1 + error * error)
    }
    self.init(magnitude: squares.0.squareRoot(), error: squares.1.squareRoot())
  }
}

/// For each input of the interface, not below what the program's normalisation is off by over its domain; infinite if a
/// number may overflow.
package func normalizationErrors(of interface: Interface) -> [UpperBound] {
  var known: [Normalized: UpperBound] = [:]
  return interface.inputs.map { input in
    let key = Normalized(lowest: input.lowest, highest: input.highest, normalization: input.normalization)
    let error = known[key] ?? key.bounds.error
    known[key] = error
    return error
  }
}

/// What one normalised input depends on.
private struct Normalized: Hashable {
  let lowest: Float
  let highest: Float
  let normalization: Normalization

  /// Bounds of |(x - c) s| and of how far the computed number is from it; infinite if a number may overflow.
  ///
  /// With c' the binary32 number that is subtracted and R the largest |x - c'|, the difference is off by |c' - c| + u R,
  /// without the latter where nothing is subtracted. With the number f (or 1 / f) by which it is multiplied, of a
  /// magnitude of at most (1 + u) R, the product is off by |s| times that, |f - s| (1 + u) R, and its own rounding.
  var bounds: (magnitude: UpperBound, error: UpperBound) {
    let float = FloatNormalization(normalization)
    let unit = Rational(powerOfTwo: -24)
    let scale = normalization.scale.magnitude
    let ends = [Rational(lowest), Rational(highest)]
    let center = Rational(float.center ?? 0)
    let magnitude = ends.map { ($0 - normalization.center).magnitude }.reduce(.zero, max) * scale
    let reach = ends.map { ($0 - center).magnitude }.reduce(.zero, max)
    guard reach <= Rational(Float.greatestFiniteMagnitude) else { return (.infinity, .infinity) }
    let difference = (center - normalization.center).magnitude + (float.center == nil ? .zero : unit * reach)
    let computed = (.one + unit) * reach
    var error = difference * scale
    switch float.scaling {
    case .none: break
    // 1 / s is the divisor.
    case .divide: error = error + unit * scale * computed + Rational(powerOfTwo: -149)
    case .multiply(let factor):
      let off = (Rational(factor) - normalization.scale).magnitude
      error = error + (off + unit * Rational(factor).magnitude) * computed + Rational(powerOfTwo: -149)
    }
    return (UpperBound(notBelow: magnitude), UpperBound(notBelow: error))
  }
}
