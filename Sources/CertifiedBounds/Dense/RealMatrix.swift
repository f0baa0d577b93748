/// A matrix of finite binary64 numbers, row-major.
public struct RealMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  /// INVARIANT: `elements.count == rows * columns`, all finite.
  public let elements: [Double]

  /// - Requires: `rows` and `columns` are at least 1 and their product is `elements.count`.
  /// - Throws: `notFinite`; `outOfRange` for an element of magnitude 2^400 or more, or if none but zeros reach
  ///   2^-400 (no binary32 number and no product of two of them is so large or small).
  public init(rows: Int, columns: Int, elements: [Double]) throws(NormFailure) {
    precondition(rows >= 1 && columns >= 1, "a matrix is not empty")
    precondition(elements.count == rows * columns, "one number for each row and column")
    self.rows = rows
    self.columns = columns
    self.elements = elements
    if let index = elements.firstIndex(where: { !$0.isFinite }) { throw .notFinite(element: index) }
    let largest = largestMagnitude
    if largest != 0, !(-400..<400).contains(Int(largest.exponent)) { throw .outOfRange }
  }

  /// The matrix of binary32 numbers, which binary64 holds exactly.
  ///
  /// - Requires: and throws: as above.
  public init(rows: Int, columns: Int, elements: [Float]) throws(NormFailure) {
    try self.init(rows: rows, columns: columns, elements: elements.map { Double($0) })
  }

  private init(unchecked elements: [Double], rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The real matrix [[Re, -Im], [Im, Re]], which has the norm of the complex one.
  ///
  /// - Requires: all numbers are finite.
  init(complexRows rows: Int, columns: Int, real: [Double], imaginary: [Double]) {
    var elements: [Double] = []
    elements.reserveCapacity(4 * rows * columns)
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      elements += real[range]
      elements += imaginary[range].map { -$0 }
    }
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      elements += imaginary[range]
      elements += real[range]
    }
    self.init(unchecked: elements, rows: 2 * rows, columns: 2 * columns)
  }

  /// Some of the rows, in this order.
  ///
  /// - Requires: there is one.
  func rows(_ indices: [Int]) -> RealMatrix {
    RealMatrix(
      unchecked: indices.flatMap { elements[$0 * columns..<($0 + 1) * columns] }, rows: indices.count,
      columns: columns)
  }

  /// Not below the squared Frobenius norm.
  var squaredFrobeniusNorm: UpperBound { sumOfSquares(elements) }

  public var transposed: RealMatrix {
    var result = [Double](repeating: 0, count: elements.count)
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = elements[row * columns + column] }
    }
    return RealMatrix(unchecked: result, rows: columns, columns: rows)
  }

  /// The matrix or its transpose, whichever has no more rows than columns: the norm is the same, and the product
  /// of it with its transpose is the smaller one.
  var wide: RealMatrix { rows <= columns ? self : transposed }

  var largestMagnitude: Double { elements.reduce(0) { max($0, $1.magnitude) } }

  /// The exponent e for which the largest magnitude, times 2^e, lies in [1/2, 1); 0 for the zero matrix.
  var normalizingExponent: Int {
    let largest = largestMagnitude
    return largest == 0 ? 0 : -(Int(largest.exponent) + 1)
  }

  /// Every element times 2^exponent, exactly but for those that underflow: they become zero or subnormal, and the
  /// norm changes by less than rows * columns * 2^-1074.
  ///
  /// - Requires: `exponent` is ``normalizingExponent``, or no element but zero leaves the normal numbers.
  func scaled(byPowerOfTwo exponent: Int) -> RealMatrix {
    let factor = Double(sign: .plus, exponent: exponent, significand: 1)
    return RealMatrix(unchecked: elements.map { $0 * factor }, rows: rows, columns: columns)
  }
}

/// Why a matrix has no certified norm.
public enum NormFailure: Error, Hashable, Sendable {
  /// The element, counted in row-major order, is NaN or infinite.
  case notFinite(element: Int)
  /// The elements are too large or too small to be scaled.
  case outOfRange
  /// No bound could be proved: the matrix is too large for the proof's error terms.
  case notProved
}
