/// The inner products of all rows of `a` with all rows of `b`, row-major; each rounded as
/// ``subtractProducts(of:rows:and:columns:length:from:stride:lowerOnly:)`` says.
func products(_ a: [Double], _ rows: Int, _ b: [Double], _ columns: Int, length: Int) -> [Double] {
  var negated = [Double](repeating: 0, count: rows * columns)
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      negated.withUnsafeMutableBufferPointer { negated in
        guard let x = a.baseAddress, let y = b.baseAddress, let result = negated.baseAddress else { return }
        subtractProducts(
          of: RowPointer(start: x, stride: length), rows: rows, and: RowPointer(start: y, stride: length),
          columns: columns, length: length, from: result, stride: columns, lowerOnly: false)
      }
    }
  }
  return negated.map { -$0 }
}
