/// The dimensions of a value, outermost first; the elements lie in row-major order.
///
/// INVARIANT: every dimension is at least 1 and their product fits in `Int`.
public struct TensorShape: Sendable, Hashable, CustomStringConvertible {
  public let dimensions: [Int]
  /// The product of the dimensions; 1 for a scalar (no dimensions).
  public let elementCount: Int

  /// `nil` if a dimension is below 1 or the product overflows.
  public init?(_ dimensions: [Int]) {
    var count = 1
    for dimension in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension >= 1, !overflow else { return nil }
      count = product
    }
    self.dimensions = dimensions
    elementCount = count
  }

  private init(dimensions: [Int], elementCount: Int) {
    self.dimensions = dimensions
    self.elementCount = elementCount
  }

  /// A vector of `count` elements.
  /// - Requires: `count >= 1`.
  public static func vector(_ count: Int) -> TensorShape {
    precondition(count >= 1, "a vector has an element")
    return TensorShape(dimensions: [count], elementCount: count)
  }

  /// `[1, 784]`.
  public var description: String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }
}
