import ExactArithmetic
import ProofChecker

/// A listed network where a level knows the signs of sums: there its elements are affine functions of the inputs, exactly.
struct SignedNetwork {
  let network: ProofNetwork
  private let inputs: Int
  /// By element what its sum is multiplied by; nil if that has either sign.
  private let slopes: [Double?]

  init(_ network: ProofNetwork, inputs: Int, _ level: ProofLevel) {
    (self.network, self.inputs) = (network, inputs)
    var slopes = [Double?](repeating: 1, count: inputs)
    for layer in network.layers {
      for (row, slope) in layer.slopes.enumerated() {
        let ends = level.ends(of: layer.first + row)
        slopes.append(slope == 1 || ends.lower >= 0 ? 1 : ends.upper <= 0 ? slope : nil)
      }
    }
    self.slopes = slopes
  }

  /// The elements with sums of either sign, ascending, that rows depend on.
  func openElements(below rows: [ListedRow]) -> [Int] {
    var isReached = [Bool](repeating: false, count: slopes.count)
    for term in rows.flatMap(\.terms) where term.factor != 0 { isReached[term.element] = true }
    var result: [Int] = []
    for layer in network.layers.reversed() {
      let width = layer.columns.count
      for row in layer.bias.indices.reversed() where isReached[layer.first + row] {
        if slopes[layer.first + row] == 0 { continue }
        if slopes[layer.first + row] == nil { result.append(layer.first + row) }
        for (position, column) in layer.columns.enumerated() where layer.weights[row * width + position] != 0
        {
          isReached[column] = true
        }
      }
    }
    return result.reversed()
  }

  /// A row over the inputs; nil if it depends on a sum of either sign.
  func row(_ row: ListedRow) -> LinearRow? {
    carriedBack(
      row.terms.map { ($0.element, Rational($0.factor)) }, Rational(row.constant), isStrict: row.isStrict)
  }

  /// What a split says of an element's sum, over the inputs; nil if that depends on a sum of either sign.
  func row(_ split: ProofSplit) -> LinearRow? {
    guard let layer = network.layers.last(where: { $0.first <= split.element }) else { return nil }
    let (row, width) = (split.element - layer.first, layer.columns.count)
    let sign = split.isPositive ? Rational(-1) : .one
    return carriedBack(
      layer.columns.enumerated().map { ($1, sign * Rational(layer.weights[row * width + $0])) },
      sign * Rational(layer.bias[row]), isStrict: false)
  }

  private func carriedBack(
    _ terms: [(element: Int, factor: Rational)], _ constant: Rational, isStrict: Bool
  ) -> LinearRow? {
    var coefficients = [Rational](repeating: .zero, count: slopes.count)
    var constant = constant
    for term in terms { coefficients[term.element] = coefficients[term.element] + term.factor }
    for layer in network.layers.reversed() {
      let width = layer.columns.count
      for row in layer.bias.indices {
        let own = coefficients[layer.first + row]
        if own.signum == 0 { continue }
        guard let slope = slopes[layer.first + row] else { return nil }
        if slope == 0 { continue }
        let factor = slope == 1 ? own : own * Rational(slope)
        constant = constant + factor * Rational(layer.bias[row])
        for (position, column) in layer.columns.enumerated() where slopes[column] != 0 {
          let weight = layer.weights[row * width + position]
          if weight != 0 { coefficients[column] = coefficients[column] + factor * Rational(weight) }
        }
      }
    }
    return LinearRow(Array(coefficients[..<inputs]), constant: constant, isStrict: isStrict)
  }
}
