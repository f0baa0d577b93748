// Trusted: IEEE 754 binary64, rounded to nearest: the number above a rounded result is not below the exact one.

/// A binary64 number that is not below a non-negative real number which it stands for: infinite at most, never
/// NaN.
///
/// Every operation takes bounds of its operands to a bound of its result: it rounds to nearest, which is at most
/// half a unit too low, and takes the next number up. What is exact (a zero, a factor of one) stays as it is, so
/// that the bound of nothing is nothing.
public struct UpperBound: Sendable, Hashable, Comparable {
  public let value: Double

  public static let zero = UpperBound(0)
  public static let one = UpperBound(1)
  public static let infinity = UpperBound(.infinity)

  /// The bound `value` itself, of a real number that is known not to be above it.
  ///
  /// - Requires: `value >= 0`.
  public init(_ value: Double) {
    precondition(value >= 0, "a bound of a magnitude is not negative")
    self.value = value
  }

  /// - Requires: `count >= 0`.
  public init(_ count: Int) {
    precondition(count >= 0, "a bound of a magnitude is not negative")
    let rounded = Double(count)
    self.init(count.magnitude < 1 << 53 ? rounded : rounded.nextUp)
  }

  public static func < (a: UpperBound, b: UpperBound) -> Bool { a.value < b.value }

  public static func + (a: UpperBound, b: UpperBound) -> UpperBound {
    if a.value == 0 { return b }
    if b.value == 0 { return a }
    return UpperBound((a.value + b.value).nextUp)
  }

  /// The exact product with zero is zero: an infinite bound stands for a finite number.
  public static func * (a: UpperBound, b: UpperBound) -> UpperBound {
    if a.value == 0 || b.value == 0 { return .zero }
    if a.value == 1 { return b }
    if b.value == 1 { return a }
    return UpperBound((a.value * b.value).nextUp)
  }

  /// A bound of the root: IEEE 754 rounds it correctly.
  public func squareRoot() -> UpperBound {
    if value == 0 || value == 1 { return self }
    return UpperBound(value.squareRoot().nextUp)
  }

  /// A bound of the number times 2 to the power of `exponent`: exact where the result is a normal number.
  public func scaled(byPowerOfTwo exponent: Int) -> UpperBound {
    if value == 0 || exponent == 0 { return self }
    let product = Double(sign: .plus, exponent: exponent, significand: value)
    return UpperBound(product >= Double.leastNormalMagnitude ? product : product.nextUp)
  }

  /// A bound of `numerator / denominator`.
  ///
  /// - Requires: both are exact, `numerator >= 0` and `denominator > 0`.
  static func quotient(_ numerator: Double, _ denominator: Double) -> UpperBound {
    precondition(numerator >= 0 && denominator > 0, "a bound of a magnitude is not negative")
    return numerator == 0 ? .zero : UpperBound((numerator / denominator).nextUp)
  }
}
