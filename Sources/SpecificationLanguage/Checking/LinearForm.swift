import ExactArithmetic

/// A quantity: `sum of coefficient * input + constant`, where inputs are in their declared units and
/// the sum is in base units of `dimension`.
struct LinearForm: Sendable {
  var dimension: Dimension
  /// Input index to coefficient. INVARIANT: no coefficient is zero.
  private(set) var terms: [Int: Rational]
  var constant: Rational
  /// How many temperatures in units with an offset it sums: 1 for `20 degC` and for an input in `degC`,
  /// 0 for a difference of two; `nil` where there is none, as in `5 K`.
  var points: Rational?
  /// Whether a literal in such a unit is part of it. Then `points` must agree in comparisons, for
  /// `t1 - t2 >= 5 degC` would compare a difference with 278.15 K.
  var hasPoint = false

  init(dimension: Dimension, terms: [Int: Rational] = [:], constant: Rational) {
    self.dimension = dimension
    self.terms = terms.filter { $0.value.signum != 0 }
    self.constant = constant
  }

  var isConstant: Bool { terms.isEmpty }

  static func constant(_ value: Rational, _ dimension: Dimension = .none) -> LinearForm {
    LinearForm(dimension: dimension, constant: value)
  }

  /// - Requires: both have the same dimension.
  static func + (a: LinearForm, b: LinearForm) -> LinearForm {
    var sum = a
    sum += b
    return sum
  }

  /// - Requires: both have the same dimension.
  static func += (a: inout LinearForm, b: LinearForm) {
    for (input, coefficient) in b.terms {
      let sum = (a.terms[input] ?? .zero) + coefficient
      a.terms[input] = sum.signum == 0 ? nil : sum
    }
    a.constant = a.constant + b.constant
    if let points = b.points { a.points = (a.points ?? .zero) + points }
    a.hasPoint = a.hasPoint || b.hasPoint
  }

  static prefix func - (a: LinearForm) -> LinearForm {
    a.scaled(by: Rational(-1), .none)
  }

  func scaled(by factor: Rational, _ dimension: Dimension) -> LinearForm {
    var product = LinearForm(
      dimension: self.dimension * dimension, terms: terms.mapValues { $0 * factor },
      constant: constant * factor)
    product.points = points.map { $0 * factor }
    product.hasPoint = hasPoint
    return product
  }

  /// Whether some number of it has more digits than can sensibly be computed with, or its dimension
  /// exponents as large. Of the coefficients, those of `inputs` are looked at.
  func isTooLarge(inputs: some Sequence<Int>) -> Bool {
    dimension.isTooLarge || constant.isTooLarge || inputs.contains { terms[$0]?.isTooLarge ?? false }
  }
}

extension Rational {
  private static let sizeLimit = Rational(powerOfTwo: 16_384)

  /// Literals have at most 1,400 digits; products of products could have any number.
  var isTooLarge: Bool { magnitude >= Self.sizeLimit || denominator >= Self.sizeLimit }
}

/// What an expression means.
enum Value: Sendable {
  case quantity(LinearForm)
  case condition(Condition)
  /// Wrong, and reported; absorbs what it is combined with, so one mistake is one diagnostic.
  case invalid
}

/// What a name stands for inside a `for`, a `some` or a `let` with arguments.
enum Variable: Sendable {
  case quantity(LinearForm)
  /// Another name, with the variables of the place where it was written.
  case alias(ReferenceSyntax, [String: Variable])
  /// An argument whose value is not known: the body of a `let` that is checked by itself.
  case unknown
}

/// Where an expression stands.
struct Scope: Sendable {
  /// The interface whose inputs and outputs are visible, if any.
  var interface: Int?
  var variables: [String: Variable] = [:]
  /// The input that `min` and `max` refer to.
  var comparedInput: Int?
}
