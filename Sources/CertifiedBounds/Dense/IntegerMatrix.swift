/// A matrix of binary64 numbers in fixed point.
struct IntegerMatrix {
  let rows: Int
  let columns: Int
  let elements: [Int64]
  /// Whether no element was rounded.
  let isExact: Bool

  /// Each element times 2^(fractionBits + exponent), rounded to the nearest integer, halves away from zero.
  ///
  /// - Requires: `1 <= fractionBits <= 60` and `|exponent| <= 1000`.
  /// - Throws: `elementTooLarge` if a result is above 2^fractionBits in magnitude.
  init(_ matrix: RealMatrix, fractionBits: Int, exponent: Int) throws(NormCertificate.Fault) {
    rows = matrix.rows
    columns = matrix.columns
    // Two factors, as one may be beyond binary64; the first product is exact: either it is a normal number, or the
    // element is so small that it rounds to zero anyway.
    let first = Double(sign: .plus, exponent: exponent, significand: 1)
    let second = Double(sign: .plus, exponent: fractionBits, significand: 1)
    var isExact = true
    var elements: [Int64] = []
    elements.reserveCapacity(matrix.elements.count)
    for element in matrix.elements {
      let scaled = element * first * second
      let integer = scaled.rounded(.toNearestOrAwayFromZero)
      guard integer.magnitude <= second else { throw .elementTooLarge }
      // A product that underflowed to zero was not exact.
      if integer != scaled || (integer == 0 && element != 0) { isExact = false }
      elements.append(Int64(integer))
    }
    self.elements = elements
    self.isExact = isExact
  }
}
