import Diagnostics
import ExactArithmetic

/// When a property applies: a Boolean combination of atoms in negation normal form. The atoms mean
/// exactly what they say about binary32 inputs; there is no tolerance.
public indirect enum Condition: Sendable {
  case constant(Bool)
  case atom(Atom, Provenance)
  /// True if empty.
  case all([Condition])
  /// False if empty.
  case any([Condition])
}

/// An elementary condition. Its negation is an atom again (``Atom/negated``), so complementary guards
/// never overlap and never leave a gap on floats.
public enum Atom: Sendable, Hashable {
  /// Input `input` is at least `bound`. A rational bound `r` has been replaced by the smallest
  /// binary32 number not below it, which decides the same floats.
  case atLeast(input: Int, bound: Float)
  /// Input `input` is at most `bound`.
  case atMost(input: Int, bound: Float)
  case linear(LinearInequality)
  /// The arg-best output of the network's own scores, by the tie rule, is one of `outputs`.
  case rawChoice(among: [Int], outputCount: Int)

  public var negated: Condition.Negated {
    switch self {
    case .atLeast(let input, let bound):
      bound > -.greatestFiniteMagnitude
        ? .atom(.atMost(input: input, bound: bound.nextDown)) : .constant(false)
    case .atMost(let input, let bound):
      bound < .greatestFiniteMagnitude
        ? .atom(.atLeast(input: input, bound: bound.nextUp)) : .constant(false)
    case .linear(let inequality): .atom(.linear(inequality.negated))
    case .rawChoice(let outputs, let count):
      .atom(.rawChoice(among: (0..<count).filter { !outputs.contains($0) }, outputCount: count))
    }
  }
}

/// `sum of coefficient * input  >=  bound` (or `>`), over the reals; with at least two inputs where it is an
/// atom of a checked specification.
public struct LinearInequality: Sendable, Hashable {
  public struct Term: Sendable, Hashable {
    public let input: Int
    /// INVARIANT: not zero.
    public let coefficient: Rational

    package init(input: Int, coefficient: Rational) {
      self.input = input
      self.coefficient = coefficient
    }
  }

  /// Ascending by input.
  public let terms: [Term]
  public let bound: Rational
  /// Whether the comparison is `>` instead of `>=`.
  public let isStrict: Bool

  /// `-sum > -bound` for `>=`, `-sum >= -bound` for `>`.
  public var negated: LinearInequality {
    LinearInequality(
      terms: terms.map { Term(input: $0.input, coefficient: -$0.coefficient) }, bound: -bound,
      isStrict: !isStrict)
  }

  package init(terms: [Term], bound: Rational, isStrict: Bool) {
    self.terms = terms
    self.bound = bound
    self.isStrict = isStrict
  }
}

extension Condition {
  /// The negation of an atom: an atom, or a constant at the ends of the float range.
  public enum Negated: Sendable {
    case atom(Atom)
    case constant(Bool)
  }

  /// Where an atom comes from and how to show it.
  public struct Provenance: Sendable {
    public let range: SourceRange
    /// The atom in physical units with exact numbers, such as `rho >= 1500 ft`.
    public let text: String
    /// The same for the atom's negation.
    public let negatedText: String
    /// What a bound on one input says before it is rounded to a float; `nil` for other atoms.
    package let inequality: LinearInequality?

    package init(
      range: SourceRange, text: String, negatedText: String, inequality: LinearInequality? = nil
    ) {
      self.range = range
      self.text = text
      self.negatedText = negatedText
      self.inequality = inequality
    }

    /// The exact number with which one input is compared, in that input's unit; `nil` for other atoms.
    public var threshold: Rational? {
      inequality.map { $0.bound / $0.terms[0].coefficient }
    }

    package init(range: SourceRange, text: String) {
      self.init(range: range, text: text, negatedText: "not (\(text))")
    }

    var negated: Provenance {
      Provenance(range: range, text: negatedText, negatedText: text, inequality: inequality?.negated)
    }
  }

  /// The negation, again in negation normal form.
  var negated: Condition {
    switch self {
    case .constant(let value): .constant(!value)
    case .atom(let atom, let provenance):
      switch atom.negated {
      case .atom(let negation): .atom(negation, provenance.negated)
      case .constant(let value): .constant(value)
      }
    case .all(let parts): .any(parts.map(\.negated))
    case .any(let parts): .all(parts.map(\.negated))
    }
  }
}
