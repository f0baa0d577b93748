/// A symmetric matrix of binary64 numbers that are zero beyond a distance from the diagonal: the lower triangle, row by
/// row.
///
/// The rows lie in blocks; each block begins at the same column, so that products of blocks run along memory.
struct BandedMatrix {
  let size: Int
  /// How many columns a block stores before its own first.
  private let reach: Int
  private var elements: [Double]

  private static let block = 32

  /// Zeros.
  init(size: Int, bandwidth: Int) {
    self.size = size
    reach = min((bandwidth + Self.block - 1), size + Self.block - 1) / Self.block * Self.block
    elements = [Double](repeating: 0, count: size * (reach + Self.block))
  }

  /// The most elements in a row.
  var longestSum: Int { reach + Self.block }

  private var stride: Int { reach + Self.block }

  /// - Requires: `column <= row`, within the band or the block.
  private func index(_ row: Int, _ column: Int) -> Int {
    row * stride + column - (row / Self.block * Self.block - reach)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[index(row, column)] }
    set { elements[index(row, column)] = newValue }
  }

  /// threshold I - A, with the diagonal rounded.
  func subtracted(fromIdentityTimes threshold: Double) -> BandedMatrix {
    var result = self
    for index in elements.indices { result.elements[index] = -elements[index] }
    for row in 0..<size { result[row, row] = threshold - self[row, row] }
    return result
  }

  /// The matrix times a vector, rounded.
  func times(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size)
    elements.withUnsafeBufferPointer { elements in
      vector.withUnsafeBufferPointer { vector in
        result.withUnsafeMutableBufferPointer { result in
          guard let stored = elements.baseAddress, let x = vector.baseAddress,
            let y = result.baseAddress
          else { return }
          for row in 0..<size {
            let first = max(0, row / Self.block * Self.block - reach)
            let start = stored + index(row, first)
            let count = row - first
            y[row] += innerProduct(start, x + first, count + 1)
            for offset in 0..<count { y[first + offset] += start[offset] * x[row] }
          }
        }
      }
    }
    return result
  }

  /// Whether a factorisation L L^T in binary64 completes with positive pivots; see ``choleskyFactor(of:size:)`` for what
  /// that proves. Every inner product has at most ``longestSum`` terms; those of elements outside the band are exact
  /// zeros.
  consuming func hasCholeskyFactor() -> Bool {
    let (size, reach, stride, block) = (size, reach, stride, Self.block)
    return elements.withUnsafeMutableBufferPointer { buffer in
      guard let l = buffer.baseAddress else { return false }
      /// Element (row, column), for a row of the block that begins at `start`.
      func element(_ start: Int, _ row: Int, _ column: Int) -> UnsafeMutablePointer<Double> {
        l + row * stride + column - (start - reach)
      }
      for first in Swift.stride(from: 0, to: size, by: block) {
        let end = min(first + block, size)
        let begin = max(0, first - reach)
        for other in Swift.stride(from: begin, through: first, by: block) {
          let otherEnd = min(other + block, size)
          // INVARIANT: block `other` begins at or before `begin`, as it is above this one.
          if begin < other {
            subtractProducts(
              of: RowPointer(start: UnsafePointer(element(first, first, begin)), stride: stride),
              rows: end - first,
              and: RowPointer(start: UnsafePointer(element(other, other, begin)), stride: stride),
              columns: otherEnd - other, length: other - begin, from: element(first, first, other),
              stride: stride, lowerOnly: false)
          }
          for row in first..<end {
            let x = element(first, row, other)
            for column in other..<min(row, otherEnd) {
              let y = element(other, column, other)
              let rest = x[column - other] - innerProduct(x, y, column - other)
              x[column - other] = rest / y[column - other]
            }
            if other == first {
              let pivot = x[row - other] - innerProduct(x, x, row - other)
              guard pivot > 0, pivot.isFinite else { return false }
              x[row - other] = pivot.squareRoot()
            }
          }
        }
      }
      return true
    }
  }
}
