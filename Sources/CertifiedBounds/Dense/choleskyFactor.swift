/// The lower triangular factor L of S = L L^T in binary64, row-major with garbage above the diagonal; `nil` if a
/// pivot is not a positive number.
///
/// If there is one, |S - L L^T| <= g(size + 1) |L| |L^T| element by element (Higham, theorem 10.3, for any order of
/// the sums) but for underflow, and all its elements are finite: one that is not would make the pivot of its row
/// NaN or negative.
///
/// Only the lower triangle of `matrix` is read.
func choleskyFactor(of matrix: [Double], size: Int) -> [Double]? {
  var factor = matrix
  let block = 32
  let isComplete = factor.withUnsafeMutableBufferPointer { buffer in
    guard let l = buffer.baseAddress else { return false }
    for first in stride(from: 0, to: size, by: block) {
      let end = min(first + block, size)
      let panel = RowPointer(start: UnsafePointer(l + first * size), stride: size)
      // What the columns before this block take away from it.
      subtractProducts(
        of: panel, rows: size - first, and: panel, columns: end - first, length: first,
        from: l + first * size + first, stride: size, lowerOnly: false)
      for row in first..<size {
        let x = l + row * size + first
        for column in first..<min(row, end) {
          let y = l + column * size + first
          let rest = x[column - first] - innerProduct(x, y, column - first)
          x[column - first] = rest / y[column - first]
        }
        if row < end {
          let pivot = x[row - first] - innerProduct(x, x, row - first)
          guard pivot > 0, pivot.isFinite else { return false }
          x[row - first] = pivot.squareRoot()
        }
      }
    }
    return true
  }
  return isComplete ? factor : nil
}
