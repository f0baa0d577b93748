/// Four binary64 numbers that one instruction or two take together.
typealias Lanes = SIMD4<Double>

/// Binary64 numbers in blocks of four; the last block is filled up with zeros.
struct PaddedVector: Sendable {
  var blocks: [Lanes]

  init(count: Int) { blocks = [Lanes](repeating: Lanes(), count: (count + 3) / 4) }

  init(_ elements: [Double]) {
    self.init(count: elements.count)
    for (k, element) in elements.enumerated() { self[k] = element }
  }

  /// A vector of zeros but for one element.
  init(count: Int, element k: Int, _ value: Double) {
    self.init(count: count)
    self[k] = value
  }

  subscript(k: Int) -> Double {
    get { blocks[k >> 2][k & 3] }
    set { blocks[k >> 2][k & 3] = newValue }
  }

  /// The sum of the products of the elements, in some order.
  func dot(_ other: PaddedVector) -> Double {
    blocks.withUnsafeBufferPointer { a in
      other.blocks.withUnsafeBufferPointer { b in sumOfProducts(a, b) }
    }
  }

  /// The sum of |a_k| b_k, in some order.
  func magnitudesDot(_ other: PaddedVector) -> Double {
    blocks.withUnsafeBufferPointer { a in
      other.blocks.withUnsafeBufferPointer { b in
        var sum = Lanes()
        for k in 0..<a.count { sum += magnitudes(a[k]) * b[k] }
        return sum.sum()
      }
    }
  }

  /// Adds a multiple of a vector of the same length.
  mutating func add(_ other: PaddedVector, times factor: Double) {
    other.blocks.withUnsafeBufferPointer { other in
      blocks.withUnsafeMutableBufferPointer { addMultiple(of: other, factor, to: $0) }
    }
  }

  var magnitude: PaddedVector {
    var result = self
    result.blocks = blocks.map { magnitudes($0) }
    return result
  }
}

/// Adds `factor * source` to `target`.
///
/// - Requires: both have the same length.
@inline(__always)
func addMultiple(
  of source: UnsafeBufferPointer<Lanes>, _ factor: Double, to target: UnsafeMutableBufferPointer<Lanes>
) {
  let factors = Lanes(repeating: factor)
  for k in 0..<target.count { target[k] += factors * source[k] }
}

/// - Requires: both have the same length.
@inline(__always)
func sumOfProducts(_ a: UnsafeBufferPointer<Lanes>, _ b: UnsafeBufferPointer<Lanes>) -> Double {
  var even = Lanes()
  var odd = Lanes()
  var k = 0
  while k + 1 < a.count {
    even += a[k] * b[k]
    odd += a[k + 1] * b[k + 1]
    k += 2
  }
  if k < a.count { even += a[k] * b[k] }
  return (even + odd).sum()
}

@inline(__always)
func magnitudes(_ lanes: Lanes) -> Lanes { lanes.replacing(with: -lanes, where: lanes .< 0) }
