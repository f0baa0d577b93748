import ExactArithmetic

/// What a proof's network computes, without any rounding and as programs do: other code than the checker's.
extension EditableProof {
  /// The elements' values of the real function.
  func exactValues(at point: [Double]) -> [Rational] {
    var values = point.map { Rational($0) }
    for layer in layers {
      let old = values
      for row in layer.bias.indices {
        let own = layer.weights[row * layer.columns.count..<(row + 1) * layer.columns.count]
        let sum = zip(layer.columns, own).reduce(Rational(layer.bias[row])) {
          $0 + old[$1.0] * Rational($1.1)
        }
        values.append(sum < .zero ? Rational(layer.slopes[row]) * sum : sum)
      }
    }
    return values
  }

  /// The elements' values of the program that the semantics names: sums start at the bias and add a product a step.
  func programValues(at point: [Float]) -> [Float] {
    var values = point
    for layer in layers {
      let old = values
      for row in layer.bias.indices {
        let terms = layer.columns.enumerated().map { position, column in
          (old[column], Float(layer.weights[row * layer.columns.count + position]))
        }
        let bias = Float(layer.bias[row])
        let sum: Float
        switch semantics {
        case 1: sum = terms.reduce(bias) { $0 + $1.0 * $1.1 }
        case 2: sum = terms.reduce(bias) { $0.addingProduct($1.0, $1.1) }
        default: sum = Float(terms.reduce(Double(bias)) { $0 + Double($1.0) * Double($1.1) })
        }
        values.append(sum < 0 ? Float(layer.slopes[row]) * sum : sum)
      }
    }
    return values
  }

  /// The smallest binary64 constant of the only row that is not refuted by these values: one below is a false claim.
  func leastConstant(_ values: [Rational]) -> Double? {
    let row = regions[0].conjunctions[0][0]
    return (-row.terms.reduce(.zero) { $0 + values[$1.element] * Rational($1.factor) }).doubleNotAbove
  }
}
