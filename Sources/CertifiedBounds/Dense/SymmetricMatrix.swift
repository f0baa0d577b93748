/// A symmetric matrix of binary64 numbers, stored whole, row-major.
struct SymmetricMatrix {
  let size: Int
  /// INVARIANT: `elements.count == size * size`, and the matrix is symmetric, bit for bit.
  private(set) var elements: [Double]

  /// The lower triangle of `elements`, mirrored.
  init(size: Int, lower elements: [Double]) {
    self.size = size
    self.elements = elements
    for row in 0..<size {
      for column in 0..<row { self.elements[column * size + row] = self.elements[row * size + column] }
    }
  }

  /// W W^T as it is computed: each element is off by at most g(columns) times the inner product of the
  /// magnitudes of the two rows, and columns * 2^-1074 where products underflow.
  init(productOfRowsOf matrix: RealMatrix) {
    let size = matrix.rows
    var negated = [Double](repeating: 0, count: size * size)
    matrix.elements.withUnsafeBufferPointer { elements in
      negated.withUnsafeMutableBufferPointer { negated in
        guard let start = elements.baseAddress, let result = negated.baseAddress else { return }
        let rows = RowPointer(start: start, stride: matrix.columns)
        subtractProducts(
          of: rows, rows: size, and: rows, columns: size, length: matrix.columns, from: result, stride: size,
          lowerOnly: true)
      }
    }
    for index in negated.indices { negated[index] = -negated[index] }
    self.init(size: size, lower: negated)
  }

  func diagonal(_ index: Int) -> Double { elements[index * size + index] }

  /// Not below the sum of the diagonal.
  ///
  /// - Requires: the diagonal is not negative.
  var trace: UpperBound { (0..<size).reduce(.zero) { $0 + UpperBound(diagonal($1)) } }

  /// Not below the Frobenius norm.
  var frobeniusNorm: UpperBound { sumOfSquares(elements).squareRoot() }

  /// The matrix times a vector, rounded.
  func times(_ vector: [Double]) -> [Double] {
    elements.withUnsafeBufferPointer { elements in
      vector.withUnsafeBufferPointer { vector in
        guard let matrix = elements.baseAddress, let x = vector.baseAddress else { return [] }
        return (0..<size).map { innerProduct(matrix + $0 * size, x, size) }
      }
    }
  }

  /// threshold I - A, with the diagonal rounded: row-major, for ``choleskyFactor(of:size:)``.
  func subtracted(fromIdentityTimes threshold: Double) -> [Double] {
    var result = elements.map { -$0 }
    for index in 0..<size { result[index * size + index] = threshold - diagonal(index) }
    return result
  }
}
