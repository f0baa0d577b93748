/// Directed conversions from rationals to binary floating point. The direction is in the name; each
/// result is checked by an exact comparison, so no property of the first guess is trusted.
extension Rational {
  /// The largest binary32 number that is not above the value; `nil` if it is below all finite ones.
  public var floatNotAbove: Float? {
    if self >= Rational(Float.greatestFiniteMagnitude) { return .greatestFiniteMagnitude }
    if self < Rational(-Float.greatestFiniteMagnitude) { return nil }
    var guess = Float(truncatedDouble)
    if !guess.isFinite { guess = signum < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude }
    while Rational(guess) > self { guess = guess.nextDown }
    while guess < .greatestFiniteMagnitude, Rational(guess.nextUp) <= self { guess = guess.nextUp }
    return guess
  }

  /// The smallest binary32 number that is not below the value; `nil` if it is above all finite ones.
  public var floatNotBelow: Float? { (-self).floatNotAbove.map { -$0 } }

  /// The nearest binary32 number, ties to even; `nil` if it rounds beyond the finite range.
  public var nearestFloat: Float? {
    guard let low = floatNotAbove, let high = floatNotBelow else { return nil }
    if low == high { return low }
    let below = self - Rational(low)
    let above = Rational(high) - self
    if below != above { return below < above ? low : high }
    return low.significandBitPattern & 1 == 0 ? low : high
  }

  /// The largest binary64 number that is not above the value; `nil` if it is below all finite ones.
  public var doubleNotAbove: Double? {
    if self >= Rational(Double.greatestFiniteMagnitude) { return .greatestFiniteMagnitude }
    if self < Rational(-Double.greatestFiniteMagnitude) { return nil }
    var guess = truncatedDouble
    while Rational(guess) > self { guess = guess.nextDown }
    while guess < .greatestFiniteMagnitude, Rational(guess.nextUp) <= self { guess = guess.nextUp }
    return guess
  }

  /// The smallest binary64 number that is not below the value; `nil` if it is above all finite ones.
  public var doubleNotBelow: Double? { (-self).doubleNotAbove.map { -$0 } }

  /// The binary64 number nearest to the value, ties towards zero; `nil` beyond the finite range.
  public var nearestDouble: Double? {
    guard let low = doubleNotAbove, let high = doubleNotBelow else { return nil }
    let below = self - Rational(low)
    let above = Rational(high) - self
    if below != above { return below < above ? low : high }
    return low.magnitude < high.magnitude ? low : high
  }
}
