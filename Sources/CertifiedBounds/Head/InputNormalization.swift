import ExactArithmetic

/// What is done to a point before the network takes it, over the real numbers: z_k = (x_k - center_k) scale_k.
public struct InputNormalization: Sendable {
  private struct Element: Sendable {
    let center: Rational
    let scale: Rational
    /// The nearest binary64 numbers, and what they are off by.
    let nearestCenter: Double
    let nearestScale: Double
    let centerError: UpperBound
    let scaleError: UpperBound

    /// z_k in binary64. With the computed difference d, |x - center - d| <= u |d| + centerError, and then the errors of
    /// a product.
    func enclosed(_ x: Float) -> (center: Double, error: Double) {
      let difference = Double(x) - nearestCenter
      let differenceError = RoundingError.ofResult(difference) + centerError
      let product = difference * nearestScale
      let error =
        UpperBound(difference.magnitude) * scaleError
        + (UpperBound(nearestScale.magnitude) + scaleError) * differenceError
        + RoundingError.ofResult(product)
      return (product, error.value)
    }
  }

  private let elements: [Element]
  /// Whether every element is taken as it is.
  private let isIdentity: Bool

  /// - Requires: as many centres as scales, all within binary32's range.
  public init(centers: [Rational], scales: [Rational]) {
    precondition(centers.count == scales.count, "a centre and a scale for each input")
    elements = zip(centers, scales).map { center, scale in
      let (nearestCenter, centerError) = nearest(center)
      let (nearestScale, scaleError) = nearest(scale)
      return Element(
        center: center, scale: scale, nearestCenter: nearestCenter, nearestScale: nearestScale,
        centerError: centerError, scaleError: scaleError)
    }
    isIdentity = centers.allSatisfy { $0 == .zero } && scales.allSatisfy { $0 == .one }
  }

  /// What the network takes for a point, with a bound of each element's error; `nil` if a number overflows.
  ///
  /// - Requires: one finite number for each input.
  func enclosed(_ point: [Float]) -> Enclosure? {
    if isIdentity { return Enclosure(exactly: point) }
    let values = zip(elements, point).map { $0.enclosed($1) }
    return Enclosure(values.map(\.center), values.map(\.error))
  }

  /// What the network takes for a point.
  ///
  /// - Requires: one finite number for each input.
  func exactly(_ point: [Float]) -> [Rational] {
    zip(elements, point).map { (Rational($1) - $0.center) * $0.scale }
  }
}

private func nearest(_ value: Rational) -> (Double, UpperBound) {
  guard let double = value.nearestDouble else {
    preconditionFailure("a normalisation's numbers are within binary32's range")
  }
  return (double, UpperBound(notBelow: (value - Rational(double)).magnitude))
}
