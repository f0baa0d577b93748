/// A matrix of binary64 numbers, row-major, for ``ChainSearch``. Nothing is said of its operations' errors.
struct SearchMatrix {
  let rows: Int
  let columns: Int
  var elements: [Double]

  /// Zeros.
  init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  init(rows: Int, columns: Int, elements: [Double]) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  init(_ matrix: RealMatrix) {
    self.init(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  var transposed: SearchMatrix {
    var result = SearchMatrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result.elements[column * rows + row] = elements[row * columns + column] }
    }
    return result
  }

  /// A B^T: products of rows.
  func timesTransposed(_ other: SearchMatrix) -> SearchMatrix {
    SearchMatrix(
      rows: rows, columns: other.rows,
      elements: products(elements, rows, other.elements, other.rows, length: columns))
  }

  /// Each row times a number.
  func scalingRows(by factors: [Double]) -> SearchMatrix {
    var result = self
    for row in 0..<rows { for column in 0..<columns { result[row, column] *= factors[row] } }
    return result
  }

  /// L^-1, for A = L L^T; `nil` if A is not positive definite.
  func inverseFactor() -> SearchMatrix? {
    guard let factor = choleskyFactor(of: elements, size: rows) else { return nil }
    let size = rows
    var result = SearchMatrix(rows: size, columns: size)
    factor.withUnsafeBufferPointer { l in
      result.elements.withUnsafeMutableBufferPointer { x in
        for row in 0..<size {
          for k in 0..<row {
            let part = l[row * size + k]
            for column in 0...k { x[row * size + column] -= part * x[k * size + column] }
          }
          let scale = 1 / l[row * size + row]
          for column in 0..<row { x[row * size + column] *= scale }
          x[row * size + row] = scale
        }
      }
    }
    return result
  }

  /// A^-1; `nil` if A is not positive definite.
  func inverse() -> SearchMatrix? {
    guard let factor = inverseFactor()?.transposed else { return nil }
    return factor.timesTransposed(factor)
  }
}

/// e^x to some ten digits, the same on every machine.
func exponential(_ x: Double) -> Double {
  let t = max(-600, min(600, x)) / 4096
  var result = 1 + t * (1 + t * (0.5 + t * (1.0 / 6 + t / 24)))
  for _ in 0..<12 { result *= result }
  return result
}
