// Trusted: the rounding constants hold of a program that adds up each row's products.
/// What the proof is about: the real function, or what programs compute that round in one of three ways.
package enum ProofSemantics: Int, Sendable {
  case real, contractOff, fma, binary64Sums
}

/// A network as elements: first the inputs; then each is f(z), f(z) = z < 0 ? slope z : z, of a sum z of earlier elements
/// times weights and a bias. Programs compute z up to relative (sum of |weight| |element| + |bias|) + absolute.
package final class ProofGraph {
  /// Elements that read the same columns, which are ascending. No number on the way is above `growth` times (sum of
  /// |weight| |element| + |bias|).
  package struct Layer {
    let rows: Range<Int>
    let columns: [Int32]
    let weights: [Double]
    let relative, absolute: Double
    var growth = 1.0
  }

  let semantics: ProofSemantics
  package let inputs: Int
  package private(set) var layers: [Layer] = []
  /// By element.
  private(set) var bias: [Double], slopes: [Double]
  /// Rows that are said to round nothing, though a sum or product does.
  private(set) var unroundedRows = 0
  /// Whether exact claims are about it: the real function, with weights that were not rounded.
  private(set) var isExact: Bool
  package var elements: Int { bias.count }
  var isFloat: Bool { semantics != .real }
  /// No computed sum has more than 2 elements + 128 terms; 0x1p-53 a rounding.
  var gamma: Double { Double(2 * elements + 128) * 0x1p-53 * (1 + 0x1p-20) }

  package init(_ reader: inout ProofReader, _ semantics: ProofSemantics) throws(ProofRejection) {
    (self.semantics, isExact) = (semantics, semantics == .real)
    inputs = try reader.count(16)
    (bias, slopes) = ([Double](repeating: 0, count: inputs), [Double](repeating: 1, count: inputs))
    for _ in 0..<(try reader.count(20)) {
      let (rows, first) = (try reader.count(16), elements)
      var columns: [Int32] = []
      for _ in 0..<(try reader.count(1)) { columns.append(Int32(try reader.number(below: first))) }
      try require(zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 }, "columns are not ascending")
      let (relative, absolute) = (try reader.double(), try reader.double())
      try require(relative >= 0 && absolute >= 0, "a negative error")
      bias += try reader.doubles(rows)
      slopes += try reader.doubles(rows)
      try require(elements <= 1 << 19, "too many elements")
      let isLong = try reader.number(below: 2) == 1
      isExact = isExact && !isLong
      let weights = try reader.doubles(rows * columns.count, isLong ? 8 : 4)
      var layer = Layer(
        rows: first..<elements, columns: columns, weights: weights, relative: relative,
        absolute: absolute)
      if isFloat { for row in 0..<rows { try checkRounding(&layer, row) } }
      layers.append(layer)
    }
  }

  /// The errors in the file are at least those of a program that rounds each product and sum which the row needs: k in a
  /// chain make k u / (1 - k u), or u and k 2^-53 where sums are binary64; and each product 2^-149, but where all weights
  /// are the same, which may be a sum that is multiplied: so it may be larger.
  private func checkRounding(_ layer: inout Layer, _ row: Int) throws(ProofRejection) {
    let own = layer.weights[row * layer.columns.count..<(row + 1) * layer.columns.count]
    let weights = own.map { abs($0) }.filter { $0 != 0 }
    let products = weights.count { $0 != 1 }
    let sums = weights.count - (bias[layer.rows.lowerBound + row] == 0 ? 1 : 0)
    let k = Double(semantics == .fma && products > 0 ? weights.count : sums + min(products, 1))
    if weights.isEmpty || k == 0 { return }
    if layer.relative == 0 && layer.absolute == 0 { return unroundedRows += 1 }
    let areSame = weights.allSatisfy { $0 == weights[0] }
    if areSame { layer.growth = max(layer.growth, 1 / weights[0]) }
    let unit = 0x1p-24
    let least = k == 1 ? unit : semantics == .binary64Sums ? unit + k * 0x1p-53 : k * unit / (1 - k * unit)
    let underflows = Double(semantics == .binary64Sums || areSame ? min(products, 1) : products)
    let isCharged = k < 0x1p22 && layer.relative >= least && layer.absolute >= underflows * 0x1p-149
    try require(isCharged, "the rounding of a sum is not charged")
  }
}
