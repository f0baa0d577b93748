import ExactArithmetic

/// Real numbers x_i that are known as |x_i - centers_i| <= errors_i.
///
/// INVARIANT: all numbers are finite and no error is negative.
public struct Enclosure: Sendable {
  public let centers: [Double]
  public let errors: [Double]

  /// `nil` if a number is not finite.
  ///
  /// - Requires: as many errors as centres, none of them negative.
  init?(_ centers: [Double], _ errors: [Double]) {
    precondition(centers.count == errors.count, "one error a number")
    guard centers.allSatisfy(\.isFinite), errors.allSatisfy(\.isFinite) else { return nil }
    self.centers = centers
    self.errors = errors
  }

  /// The numbers themselves.
  public init(exactly numbers: [Float]) {
    precondition(numbers.allSatisfy(\.isFinite), "a real number is finite")
    centers = numbers.map { Double($0) }
    errors = [Double](repeating: 0, count: numbers.count)
  }
}

extension RoundingError {
  /// What one correctly rounded operation is off by, at most, if this is its result: u |result|, as it is rounded to
  /// nearest, or where it is subnormal half the least number.
  static func ofResult(_ result: Double) -> UpperBound {
    unit * UpperBound(result.magnitude) + underflow
  }
}
