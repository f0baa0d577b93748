// Trusted: members are told from others exactly.
import ExactArithmetic
import VNNLIB

extension UnsafeSet {
  /// Whether an input with its outputs is in the set.
  func contains(_ input: [Rational], _ output: [Rational]) -> Bool {
    assertions.allSatisfy { $0.holds(of: input, output) }
  }

  /// Whether adding a number to all outputs changes nothing: every comparison about outputs compares two with opposite
  /// coefficients, and no number. A softmax keeps such orders and no others.
  var comparesOnlyOutputs: Bool { assertions.allSatisfy(\.comparesOnlyOutputs) }
}

extension Formula {
  fileprivate func holds(of input: [Rational], _ output: [Rational]) -> Bool {
    switch self {
    case .constant(let value): value
    case .comparison(let comparison):
      {
        let sum = comparison.terms.reduce(comparison.constant) { sum, term in
          switch term.variable {
          case .input(let index): sum + term.coefficient * input[index]
          case .output(let index): sum + term.coefficient * output[index]
          }
        }
        return comparison.isStrict ? sum.signum < 0 : sum.signum <= 0
      }()
    case .all(let parts): parts.allSatisfy { $0.holds(of: input, output) }
    case .any(let parts): parts.contains { $0.holds(of: input, output) }
    }
  }

  fileprivate var comparesOnlyOutputs: Bool {
    switch self {
    case .constant: true
    case .comparison(let comparison): comparison.comparesInputs || comparison.comparesTwoOutputs
    case .all(let parts), .any(let parts): parts.allSatisfy(\.comparesOnlyOutputs)
    }
  }
}

extension Comparison {
  fileprivate var comparesInputs: Bool {
    terms.allSatisfy { if case .input = $0.variable { true } else { false } }
  }

  fileprivate var comparesTwoOutputs: Bool {
    guard terms.count == 2, constant.signum == 0, case .output = terms[0].variable,
      case .output = terms[1].variable
    else { return false }
    return terms[0].coefficient == -terms[1].coefficient
  }
}
