import ExactArithmetic
import SpecificationLanguage

/// The normalisation that a program computes in binary32, each operation rounded to nearest:
/// subtract `center` unless it is zero; then divide by `1/scale` if that is a binary32 number (as in
/// `/ 255`: one rounding less), else multiply by the binary32 number nearest to `scale`; nothing if
/// the scale is 1.
public struct FloatNormalization: Sendable, Hashable {
  public enum Scaling: Sendable, Hashable {
    case none
    case divide(by: Float)
    case multiply(by: Float)
  }

  /// `nil` where nothing is subtracted.
  public let center: Float?
  public let scaling: Scaling

  /// - Requires: center and scale round to finite binary32 numbers, the scale's not zero (the checker
  ///   sees to it).
  public init(_ normalization: Normalization) {
    guard let center = normalization.center.nearestFloat, let scale = normalization.scale.nearestFloat else {
      preconditionFailure("a checked normalisation is within binary32's range")
    }
    self.center = center == 0 ? nil : center
    let inverse = Rational.one / normalization.scale
    if normalization.scale == .one {
      scaling = .none
    } else if let divisor = inverse.nearestFloat, Rational(divisor) == inverse {
      scaling = .divide(by: divisor)
    } else {
      scaling = .multiply(by: scale)
    }
  }

  public func callAsFunction(_ input: Float) -> Float {
    let shifted = center.map { input - $0 } ?? input
    switch scaling {
    case .none: return shifted
    case .divide(let divisor): return shifted / divisor
    case .multiply(let factor): return shifted * factor
    }
  }
}
