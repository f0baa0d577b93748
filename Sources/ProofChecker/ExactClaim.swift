// Trusted: the least value is one.
import ExactArithmetic

/// A sum of elements and of their sums times factors, and a constant, in rationals.
struct ExactCombination {
  private let graph: ProofGraph
  private var elements, sums: [Rational]
  var constant = Rational.zero

  init(_ graph: ProofGraph) {
    self.graph = graph
    elements = [Rational](repeating: .zero, count: graph.elements)
    sums = elements
  }

  mutating func add(_ element: Int, _ factor: Rational) { elements[element] = elements[element] + factor }
  mutating func addSum(_ element: Int, _ factor: Rational) { sums[element] = sums[element] + factor }

  /// Its least value in a box, where a level knows the sign of each sum that counts.
  mutating func least(in box: ProofBox, _ level: ProofLevel) throws(ProofRejection) -> Rational {
    for layer in graph.layers.reversed() {
      for (row, k) in layer.rows.enumerated() {
        var factor = sums[k]
        if elements[k].signum != 0 {
          let (ends, slope) = (level.ends(of: k), graph.slopes[k])
          try require(slope == 1 || ends.lower >= 0 || ends.upper <= 0, "a sum of either sign")
          factor = factor + (slope == 1 || ends.lower >= 0 ? .one : Rational(slope)) * elements[k]
        }
        if factor.signum == 0 { continue }
        constant = constant + factor * Rational(graph.bias[k])
        for (position, column) in layer.columns.enumerated() {
          let weight = layer.weights[row * layer.columns.count + position]
          if weight != 0 { add(Int(column), factor * Rational(weight)) }
        }
      }
    }
    for i in 0..<graph.inputs {
      let factor = elements[i] + sums[i]
      constant = constant + factor * Rational(factor.signum > 0 ? box.lower[i] : box.upper[i])
    }
    return constant
  }
}
