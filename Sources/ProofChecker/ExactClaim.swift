// Trusted: nothing is below the least value.
import ExactArithmetic

/// A sum of elements times factors and a constant, in rationals.
struct ExactCombination {
  private let graph: ProofGraph
  private var factors: [Rational]
  private var constant = Rational.zero

  init(_ graph: ProofGraph) {
    (self.graph, factors) = (graph, [Rational](repeating: .zero, count: graph.elements))
  }

  mutating func add(_ value: Double, _ factor: Rational) { constant = constant + Rational(value) * factor }

  mutating func add(element: Int, _ factor: Rational) { factors[element] = factors[element] + factor }

  /// Adds what f is applied to; an input is that itself.
  mutating func add(sumOf element: Int, _ factor: Rational) {
    guard let layer = graph.layers.first(where: { $0.rows.contains(element) }) else {
      return add(element: element, factor)
    }
    add(graph.bias[element], factor)
    let first = (element - layer.rows.lowerBound) * layer.columns.count
    for (position, column) in layer.columns.enumerated() where layer.weights[first + position] != 0 {
      add(element: Int(column), factor * Rational(layer.weights[first + position]))
    }
  }

  /// The least value in a box, if a level knows the signs of all sums that count there: f(z) is z, or its slope times z.
  func least(in box: ProofBox, _ level: ProofLevel) throws(ProofRejection) -> Rational {
    var rest = self
    for element in (graph.inputs..<graph.elements).reversed() where rest.factors[element].signum != 0 {
      let (ends, slope) = (level.ends(of: element), graph.slopes[element])
      try require(
        slope == 1 || ends.lower >= 0 || ends.upper <= 0, "an exact claim about a sum of either sign")
      rest.add(sumOf: element, rest.factors[element] * (ends.lower >= 0 ? .one : Rational(slope)))
    }
    return box.lower.indices.reduce(rest.constant) {
      $0 + rest.factors[$1] * Rational(rest.factors[$1].signum > 0 ? box.lower[$1] : box.upper[$1])
    }
  }
}
