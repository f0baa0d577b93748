import ExactArithmetic
import SpecificationLanguage

extension Condition {
  /// Whether the condition is true of finite binary32 inputs and the raw choice.
  package func holds(of input: [Float], rawChoice: Int) -> Bool {
    holds { $0.isTrue(of: input, rawChoice: rawChoice) }
  }

  /// The truth of the condition, given that of its atoms.
  func holds(where isTrue: (Atom) -> Bool) -> Bool {
    switch self {
    case .constant(let value): value
    case .atom(let atom, _): isTrue(atom)
    case .all(let conditions): conditions.allSatisfy { $0.holds(where: isTrue) }
    case .any(let conditions): conditions.contains { $0.holds(where: isTrue) }
    }
  }
}

extension Atom {
  /// Whether the atom is true of binary32 inputs and the raw choice: bounds by comparing floats,
  /// linear inequalities over the rationals, so never wrong by rounding.
  /// - Requires: the inputs are finite.
  func isTrue(of input: [Float], rawChoice: Int) -> Bool {
    switch self {
    case .atLeast(let index, let bound): input[index] >= bound
    case .atMost(let index, let bound): input[index] <= bound
    case .linear(let inequality): inequality.isTrue(ofSum: inequality.sum { Rational(input[$0]) })
    case .rawChoice(let outputs, _): outputs.contains(rawChoice)
    }
  }

  /// Whether the atom is true of a rational point: the same meaning on inputs that need not be floats.
  func isTrue(of point: [Rational], rawChoice: Int) -> Bool {
    switch self {
    case .atLeast(let index, let bound): point[index] >= Rational(bound)
    case .atMost(let index, let bound): point[index] <= Rational(bound)
    case .linear(let inequality): inequality.isTrue(ofSum: inequality.sum { point[$0] })
    case .rawChoice(let outputs, _): outputs.contains(rawChoice)
    }
  }
}

extension LinearInequality {
  /// The exact left-hand side.
  func sum(_ value: (Int) -> Rational) -> Rational {
    terms.reduce(.zero) { $0 + $1.coefficient * value($1.input) }
  }

  func isTrue(ofSum sum: Rational) -> Bool {
    isStrict ? sum > bound : sum >= bound
  }
}
