import ExactArithmetic
import NetworkIR
import SafetyVerification
import VNNLIB

extension UnsafeSet {
  /// One question for each conjunction of the set; inputs without bounds are not expected.
  func questions(_ network: Network) -> [ExactQuestion] {
    Formula.all(assertions).conjunctions.map { comparisons in
      var lower = [Rational?](repeating: nil, count: inputCount)
      var upper = lower
      var rows: [LinearRow] = []
      for comparison in comparisons {
        rows.append(row(comparison))
        guard !comparison.isStrict, comparison.terms.count == 1,
          case .input(let input) = comparison.terms[0].variable
        else { continue }
        let bound = -comparison.constant / comparison.terms[0].coefficient
        if comparison.terms[0].coefficient.signum > 0 {
          upper[input] = min(upper[input] ?? bound, bound)
        } else {
          lower[input] = max(lower[input] ?? bound, bound)
        }
      }
      return ExactQuestion(
        network, lower: lower.compactMap(\.self), upper: upper.compactMap(\.self), rows: rows)
    }
  }

  private func row(_ comparison: Comparison) -> LinearRow {
    var coefficients = [Rational](repeating: .zero, count: inputCount + outputCount)
    for term in comparison.terms {
      switch term.variable {
      case .input(let index): coefficients[index] = term.coefficient
      case .output(let index): coefficients[inputCount + index] = term.coefficient
      }
    }
    return LinearRow(coefficients, constant: comparison.constant, isStrict: comparison.isStrict)
  }
}

extension Formula {
  fileprivate var conjunctions: [[Comparison]] {
    switch self {
    case .constant(let isTrue): isTrue ? [[]] : []
    case .comparison(let comparison): [[comparison]]
    case .any(let parts): parts.flatMap(\.conjunctions)
    case .all(let parts):
      parts.reduce([[]]) { product, part in product.flatMap { first in part.conjunctions.map { first + $0 } }
      }
    }
  }
}
