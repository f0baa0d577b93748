import ExactArithmetic

/// A quantity: `sum of coefficient * input + constant`, where inputs are in their declared units and
/// the sum is in base units of `dimension`.
struct LinearForm: Sendable {
  var dimension: Dimension
  /// Input index to coefficient. INVARIANT: no coefficient is zero.
  private(set) var terms: [Int: Rational]
  var constant: Rational

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
    LinearForm(
      dimension: a.dimension, terms: a.terms.merging(b.terms, uniquingKeysWith: +),
      constant: a.constant + b.constant)
  }

  static prefix func - (a: LinearForm) -> LinearForm {
    a.scaled(by: Rational(-1), .none)
  }

  func scaled(by factor: Rational, _ dimension: Dimension) -> LinearForm {
    LinearForm(
      dimension: self.dimension * dimension, terms: terms.mapValues { $0 * factor },
      constant: constant * factor)
  }
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
  /// Another name, put in its place.
  case alias(ReferenceSyntax)
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
  /// The `let`s whose bodies enclose this place, outermost first.
  var expanding: [String] = []
}
