import ExactArithmetic
import SpecificationLanguage

/// A set of inputs (and raw choices) given by a conjunction of atoms: where a conflict was found.
public struct Region: Sendable {
  /// The floats from `lowest` to `highest` of one input.
  public struct Interval: Sendable, Hashable {
    public let input: Int
    public let lowest: Float
    public let highest: Float
  }

  /// Ascending by input; only intervals that are narrower than the input's domain.
  public let intervals: [Interval]
  /// The linear inequalities as text in physical units.
  public let constraints: [String]
  /// What ``constraints`` say, in the same order, in the units of the inputs.
  package let inequalities: [LinearInequality]
  /// The raw choices; `nil` if any.
  public let rawChoices: [Int]?

  /// The conjunction of `literals` within the domain of `interface`.
  init(_ literals: [ImplicantLiteral], in interface: Interface) {
    var lowest = interface.inputs.map(\.lowest)
    var highest = interface.inputs.map(\.highest)
    var constraints: [String] = []
    var inequalities: [LinearInequality] = []
    var choices: Set<Int>?
    for literal in literals {
      switch literal.atom {
      case .atLeast(let input, let bound): lowest[input] = max(lowest[input], bound)
      case .atMost(let input, let bound): highest[input] = min(highest[input], bound)
      case .linear(let inequality):
        if constraints.contains(literal.text) { continue }
        constraints.append(literal.text)
        inequalities.append(inequality)
      case .rawChoice(let outputs, _): choices = choices?.intersection(outputs) ?? Set(outputs)
      }
    }
    intervals = interface.inputs.indices.compactMap { input in
      let scalar = interface.inputs[input]
      if lowest[input] == scalar.lowest, highest[input] == scalar.highest { return nil }
      return Interval(input: input, lowest: lowest[input], highest: highest[input])
    }
    self.constraints = constraints
    self.inequalities = inequalities
    rawChoices = choices?.sorted()
  }

  /// For example: `rho in 1500 .. 1800 ft, theta in -0.06 .. 0.06 rad, raw choice coc or weak_left`.
  public func text(in interface: Interface) -> String {
    var parts = intervals.map { interval in
      let scalar = interface.inputs[interval.input]
      let unit = scalar.unit.isEmpty ? "" : " " + scalar.unit
      let low = shortDecimal(interval.lowest)
      let high = shortDecimal(interval.highest)
      if interval.lowest == interval.highest { return "\(scalar.name) = \(low)\(unit)" }
      if interval.lowest == -.greatestFiniteMagnitude { return "\(scalar.name) <= \(high)\(unit)" }
      if interval.highest == .greatestFiniteMagnitude { return "\(scalar.name) >= \(low)\(unit)" }
      return "\(scalar.name) in \(low) .. \(high)\(unit)"
    }
    parts += constraints
    if let rawChoices {
      parts.append("raw choice " + rawChoices.map { interface.outputs[$0] }.joined(separator: " or "))
    }
    return parts.isEmpty ? "the whole domain" : parts.joined(separator: ", ")
  }
}

/// The shortest decimal that identifies `value` among the binary32 numbers, as users write it: `1500`,
/// `-0.06`, `1e-7`.
public func shortDecimal(_ value: Float) -> String {
  var text = value.description
  if text.hasSuffix(".0") { text.removeLast(2) }
  guard let split = text.firstIndex(of: "e") else { return text == "-0" ? "0" : text }
  let exponent = Int(text[text.index(after: split)...]) ?? 0
  var digits = String(text[..<split])
  if digits.hasSuffix(".0") { digits.removeLast(2) }
  return "\(digits)e\(exponent)"
}

/// A true atom of a condition, or the negation of a false one.
struct ImplicantLiteral {
  let atom: Atom
  let text: String
}

extension [ImplicantLiteral] {
  /// Whether all are true at a point, evaluated without the solver.
  func hold(at point: ConflictExample.Point, rawChoice: Int) -> Bool {
    allSatisfy { literal in
      switch point {
      case .floats(let floats): literal.atom.isTrue(of: floats, rawChoice: rawChoice)
      case .rationals(let values): literal.atom.isTrue(of: values, rawChoice: rawChoice)
      }
    }
  }
}

extension Condition {
  /// Literals that are true where `isTrue` says so and that imply the condition: of each disjunction
  /// the first true part.
  /// - Requires: the condition is true there.
  func implicant(where isTrue: (Atom) -> Bool) -> [ImplicantLiteral] {
    switch self {
    case .constant: return []
    case .atom(let atom, let provenance): return [ImplicantLiteral(atom: atom, text: provenance.text)]
    case .all(let parts): return parts.flatMap { $0.implicant(where: isTrue) }
    case .any(let parts): return parts.first { $0.holds(where: isTrue) }?.implicant(where: isTrue) ?? []
    }
  }

  /// Literals that are true where `isTrue` says so and that imply the negation of the condition.
  /// - Requires: the condition is false there.
  func negatedImplicant(where isTrue: (Atom) -> Bool) -> [ImplicantLiteral] {
    switch self {
    case .constant: return []
    case .atom(let atom, let provenance):
      switch atom.negated {
      case .atom(let negation): return [ImplicantLiteral(atom: negation, text: provenance.negatedText)]
      case .constant: return []
      }
    case .any(let parts): return parts.flatMap { $0.negatedImplicant(where: isTrue) }
    case .all(let parts):
      return parts.first { !$0.holds(where: isTrue) }?.negatedImplicant(where: isTrue) ?? []
    }
  }
}
