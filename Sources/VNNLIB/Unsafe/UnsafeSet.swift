import ExactArithmetic

/// What a VNN-LIB file describes: the pairs of network inputs and outputs that violate a property. The
/// property holds of a network iff no input together with its output is in the set.
///
/// Inputs are the network's own, normalised, in the model's order, flattened row-major; all numbers are exact.
public struct UnsafeSet: Sendable, Hashable {
  public let inputCount: Int
  public let outputCount: Int
  /// All of them hold of the members. Every variable in them is below its count.
  public let assertions: [Formula]

  public init(inputCount: Int, outputCount: Int, assertions: [Formula]) {
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.assertions = assertions
  }
}

/// One scalar of the network: `X_3` or `Y_0`.
public enum Variable: Sendable, Hashable, Comparable {
  case input(Int)
  case output(Int)
}

/// A Boolean combination of linear comparisons in negation normal form.
public indirect enum Formula: Sendable, Hashable {
  case constant(Bool)
  case comparison(Comparison)
  /// True if empty.
  case all([Formula])
  /// False if empty.
  case any([Formula])
}

/// `sum of coefficient * variable + constant <= 0`, or `< 0`, over the reals.
public struct Comparison: Sendable, Hashable {
  public struct Term: Sendable, Hashable {
    public let variable: Variable
    /// INVARIANT: not zero.
    public let coefficient: Rational
  }

  /// Ascending by variable; not empty.
  public let terms: [Term]
  public let constant: Rational
  public let isStrict: Bool

  /// - Requires: some coefficient is not zero.
  public init(_ coefficients: [Variable: Rational], constant: Rational, isStrict: Bool = false) {
    terms = coefficients.filter { $0.value.signum != 0 }.sorted { $0.key < $1.key }
      .map { Term(variable: $0.key, coefficient: $0.value) }
    precondition(!terms.isEmpty, "a comparison is about some variable")
    self.constant = constant
    self.isStrict = isStrict
  }

  /// `variable <= bound`
  static func atMost(_ variable: Variable, _ bound: Rational) -> Comparison {
    Comparison([variable: .one], constant: -bound)
  }

  /// `variable >= bound`
  static func atLeast(_ variable: Variable, _ bound: Rational) -> Comparison {
    Comparison([variable: Rational(-1)], constant: bound)
  }

  /// `lower <= upper`, of two different variables.
  static func ordered(_ lower: Variable, _ upper: Variable) -> Comparison {
    Comparison([lower: .one, upper: Rational(-1)], constant: .zero)
  }

  var isAboutInputs: Bool { terms.contains { if case .input = $0.variable { true } else { false } } }
  var isAboutOutputs: Bool { terms.contains { if case .output = $0.variable { true } else { false } } }
}
