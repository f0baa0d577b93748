import NetworkIR

extension Enclosure {
  /// `0 > x ? slope * x : x` of each element.
  func leaky(_ slopes: [Double]) -> Enclosure? {
    var centers = self.centers
    var errors = self.errors
    for (index, slope) in slopes.enumerated() {
      let error = max(.one, UpperBound(slope.magnitude)) * UpperBound(errors[index])
      if centers[index] < 0 {
        centers[index] *= slope
        errors[index] = (error + RoundingError.ofResult(centers[index])).value
      } else {
        errors[index] = error.value
      }
    }
    return Enclosure(centers, errors)
  }

  /// The elements repeated as numpy broadcasts them.
  ///
  /// - Requires: `shape` broadcasts to `target`.
  func broadcast(from shape: TensorShape, to target: TensorShape) -> Enclosure? {
    if shape == target { return self }
    return Enclosure(
      Tensor(shape, centers).broadcast(to: target), Tensor(shape, errors).broadcast(to: target))
  }

  /// `operation` on each pair of elements.
  ///
  /// - Requires: as many elements in both.
  /// - Returns: `nil` if a number overflows, or if a divisor is not known exactly or is zero.
  static func combined(
    _ operation: ElementwiseOperator, _ left: Enclosure, _ right: Enclosure
  ) -> Enclosure? {
    var centers: [Double] = []
    var errors: [Double] = []
    centers.reserveCapacity(left.centers.count)
    errors.reserveCapacity(left.centers.count)
    for index in left.centers.indices {
      let (a, b) = (left.centers[index], right.centers[index])
      let (errorOfA, errorOfB) = (UpperBound(left.errors[index]), UpperBound(right.errors[index]))
      let center: Double
      let error: UpperBound
      switch operation {
      case .add, .subtract:
        center = operation == .add ? a + b : a - b
        error = errorOfA + errorOfB + RoundingError.ofResult(center)
      case .multiply:
        // |x y - a b| <= |a| |y - b| + |b| |x - a| + |x - a| |y - b|.
        center = a * b
        error =
          UpperBound(a.magnitude) * errorOfB + (UpperBound(b.magnitude) + errorOfB) * errorOfA
          + RoundingError.ofResult(center)
      case .divide:
        guard b != 0, errorOfB == .zero else { return nil }
        center = a / b
        error = UpperBound.quotient(errorOfA.value, b.magnitude) + RoundingError.ofResult(center)
      case .minimum, .maximum:
        center = operation == .minimum ? min(a, b) : max(a, b)
        error = max(errorOfA, errorOfB)
      }
      centers.append(center)
      errors.append(error.value)
    }
    return Enclosure(centers, errors)
  }
}
