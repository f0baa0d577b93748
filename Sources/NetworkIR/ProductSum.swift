/// A sum of products of binary32 numbers, one for each ``FloatSemantics``.
protocol ProductSum {
  /// A sum that starts with a bias.
  init(_ bias: Float)
  mutating func add(_ weight: Float, _ value: Float)
  var rounded: Float { get }
}

/// Every product and every sum is rounded.
struct SeparateSum: ProductSum {
  private(set) var rounded: Float

  @inline(__always)
  init(_ bias: Float) { rounded = bias }

  @inline(__always)
  mutating func add(_ weight: Float, _ value: Float) { rounded = rounded + weight * value }
}

/// Each product and its addition are rounded once.
struct FusedSum: ProductSum {
  private(set) var rounded: Float

  @inline(__always)
  init(_ bias: Float) { rounded = bias }

  @inline(__always)
  mutating func add(_ weight: Float, _ value: Float) { rounded = rounded.addingProduct(weight, value) }
}

/// Exact products, added in binary64: a product of two binary32 numbers has at most 48 bits, and lies between 2^-298
/// and 2^256 unless it is zero. The finished sum is rounded to binary32; one that is too large becomes infinite.
struct WideSum: ProductSum {
  private var sum: Double

  @inline(__always)
  init(_ bias: Float) { sum = Double(bias) }

  @inline(__always)
  mutating func add(_ weight: Float, _ value: Float) { sum = sum + Double(weight) * Double(value) }

  @inline(__always)
  var rounded: Float { Float(sum) }
}
