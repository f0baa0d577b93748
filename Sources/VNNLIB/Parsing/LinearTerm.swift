import ExactArithmetic

/// `sum of coefficient * variable + constant`, while a file is read.
struct LinearTerm {
  /// INVARIANT: no coefficient is zero.
  private(set) var coefficients: [Variable: Rational] = [:]
  private(set) var constant: Rational

  init(_ constant: Rational) {
    self.constant = constant
  }

  init(_ variable: Variable) {
    coefficients = [variable: .one]
    constant = .zero
  }

  var isConstant: Bool { coefficients.isEmpty }

  /// Adds `factor * other`.
  mutating func add(_ other: LinearTerm, times factor: Rational) {
    for (variable, coefficient) in other.coefficients {
      let sum = (coefficients[variable] ?? .zero) + coefficient * factor
      coefficients[variable] = sum.signum == 0 ? nil : sum
    }
    constant = constant + other.constant * factor
  }

  mutating func multiply(by factor: Rational) {
    coefficients = factor.signum == 0 ? [:] : coefficients.mapValues { $0 * factor }
    constant = constant * factor
  }

  /// Whether some number has more digits than can sensibly be computed with: products of products of
  /// literals could have any number of them.
  var isTooLarge: Bool { constant.isTooLarge || coefficients.values.contains(where: \.isTooLarge) }
}

extension Rational {
  private static let sizeLimit = Rational(powerOfTwo: 16_384)

  fileprivate var isTooLarge: Bool { magnitude >= Self.sizeLimit || denominator >= Self.sizeLimit }
}
