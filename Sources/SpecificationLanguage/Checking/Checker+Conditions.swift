import Diagnostics
import ExactArithmetic

/// Expressions that are conditions.
extension Checker {
  mutating func evaluate(_ expression: ExpressionSyntax, _ scope: Scope) -> Value {
    depth += 1
    defer { depth -= 1 }
    guard spend(1, expression.range) else { return .invalid }
    guard depth <= Self.depthLimit else {
      report(.definitionsTooDeep(expression.range))
      return .invalid
    }
    switch expression {
    case .number(let number, let unit, _): return evaluateNumber(number.value, unit)
    case .domainEnd(let isUpper, let range): return evaluateDomainEnd(isUpper: isUpper, range, scope)
    case .boolean(let value, _): return .condition(.constant(value))
    case .reference(let reference): return evaluateReference(reference, scope)
    case .call(let name, let arguments, let range): return expandLet(name, arguments, range, scope)
    case .negative(let operand, _): return evaluateNegative(operand, scope)
    case .sum(let terms, _): return evaluateSum(terms, scope)
    case .product(let factors, _): return evaluateProduct(factors, scope)
    case .comparison(let first, let links, let range): return compare(first, links, range, scope)
    case .membership(let value, let isNegated, let lower, let upper, let range):
      return member(value, isNegated, lower, upper, range, scope)
    case .rawChoice(let isNegated, let outputs, let range):
      return rawChoice(isNegated, outputs, range, scope)
    case .not(let operand, _):
      return condition(operand, scope).map { .condition($0.negated) } ?? .invalid
    case .all(let parts, _): return combine(parts, scope) { .all($0) }
    case .any(let parts, _): return combine(parts, scope) { .any($0) }
    case .invalid: return .invalid
    }
  }

  /// The condition that an expression means; `nil` if it is none, which is reported.
  mutating func condition(_ expression: ExpressionSyntax, _ scope: Scope) -> Condition? {
    switch evaluate(expression, scope) {
    case .condition(let condition): return condition
    case .quantity:
      report(.notACondition(expression.range))
      return nil
    case .invalid: return nil
    }
  }

  private mutating func combine(
    _ parts: [ExpressionSyntax], _ scope: Scope, _ join: ([Condition]) -> Condition
  ) -> Value {
    let conditions = parts.map { condition($0, scope) }
    let valid = conditions.compactMap { $0 }
    return valid.count == parts.count ? .condition(join(valid)) : .invalid
  }

  // MARK: Comparisons

  private mutating func compare(
    _ first: ExpressionSyntax, _ links: [(ExpressionSyntax.Comparison, ExpressionSyntax)],
    _ range: SourceRange, _ scope: Scope
  ) -> Value {
    let operands = [first] + links.map(\.1)
    let forms = operandForms(operands, scope)
    var parts: [Condition] = []
    for (index, (relation, right)) in links.enumerated() {
      guard let a = forms[index], let b = forms[index + 1] else { return .invalid }
      // A bare number on either side is the one to blame.
      let blame = b.isConstant || !a.isConstant ? right.range : operands[index].range
      guard b.isConstant || !a.isConstant ? comparable(b, a, blame) : comparable(a, b, blame) else {
        return .invalid
      }
      guard hasItsUnit(right, b, comparedWith: a, scope),
        hasItsUnit(operands[index], a, comparedWith: b, scope)
      else { return .invalid }
      parts.append(relate(a, relation, b, range, scope))
    }
    return .condition(parts.count == 1 ? parts[0] : .all(parts))
  }

  /// The quantities that are compared. Names come first: the first one that is an input is what `min`
  /// and `max` in the others speak of.
  private mutating func operandForms(_ operands: [ExpressionSyntax], _ scope: Scope) -> [LinearForm?] {
    var forms = [LinearForm?](repeating: nil, count: operands.count)
    var inner = scope
    inner.comparedInput = nil
    for (index, operand) in operands.enumerated() {
      guard case .reference = operand else { continue }
      forms[index] = quantity(operand, scope)
      inner.comparedInput = inner.comparedInput ?? forms[index].flatMap { soleInput($0, scope) }
    }
    for (index, operand) in operands.enumerated() {
      if case .reference = operand { continue }
      forms[index] = quantity(operand, inner)
    }
    return forms
  }

  /// Whether it is clear what a number without unit means beside inputs in `%` and the like: 50 could be
  /// 50 % or 5,000 %. Reports it if not.
  private mutating func hasItsUnit(
    _ expression: ExpressionSyntax, _ value: LinearForm, comparedWith form: LinearForm, _ scope: Scope
  ) -> Bool {
    guard let interface = scope.interface, form.dimension == .none, value.constant.signum != 0,
      Self.isBare(expression)
    else { return true }
    let scaled = form.terms.keys.sorted().first { inputUnits[interface][$0].scale != .one }
    guard let scaled else { return true }
    report(.missingUnit("a number in `\(interfaces[interface].inputs[scaled].unit)`", expression.range))
    return false
  }

  /// The input that a quantity is, if it is just that.
  private func soleInput(_ form: LinearForm, _ scope: Scope) -> Int? {
    guard let interface = scope.interface, form.terms.count == 1, let term = form.terms.first else {
      return nil
    }
    let input = inputForm(term.key, of: interface)
    return input.terms == form.terms && input.constant == form.constant ? term.key : nil
  }

  private mutating func member(
    _ value: ExpressionSyntax, _ isNegated: Bool, _ lower: ExpressionSyntax, _ upper: ExpressionSyntax,
    _ range: SourceRange, _ scope: Scope
  ) -> Value {
    var inner = scope
    let form = quantity(value, scope)
    inner.comparedInput = nil
    if case .reference = value { inner.comparedInput = form.flatMap { soleInput($0, scope) } }
    guard let (low, high) = interval(lower, upper, inner), let form else { return .invalid }
    // Often both ends are wrong in the same way; one message is enough.
    guard comparable(high, form, upper.range), comparable(low, form, lower.range) else { return .invalid }
    let isLowerBare = Self.literalUnit(upper) == nil
    guard hasItsUnit(upper, high, comparedWith: form, scope),
      !isLowerBare || hasItsUnit(lower, low, comparedWith: form, scope)
    else { return .invalid }
    if low.isConstant, high.isConstant, low.constant > high.constant {
      report(.emptyRange(SourceRange(lower.range, to: upper.range)))
      return .invalid
    }
    let inside = Condition.all([
      relate(form, .greaterOrEqual, low, lower.range, scope),
      relate(form, .lessOrEqual, high, upper.range, scope),
    ])
    return .condition(isNegated ? inside.negated : inside)
  }

  /// `a relation b`, both of one dimension.
  private mutating func relate(
    _ a: LinearForm, _ relation: ExpressionSyntax.Comparison, _ b: LinearForm, _ range: SourceRange,
    _ scope: Scope
  ) -> Condition {
    let difference = a + -b
    switch relation {
    case .greaterOrEqual: return atLeastZero(difference, isStrict: false, range, scope)
    case .greater: return atLeastZero(difference, isStrict: true, range, scope)
    case .lessOrEqual: return atLeastZero(-difference, isStrict: false, range, scope)
    case .less: return atLeastZero(-difference, isStrict: true, range, scope)
    case .equal, .notEqual:
      let above = atLeastZero(difference, isStrict: false, range, scope)
      let below = atLeastZero(-difference, isStrict: false, range, scope)
      if let interface = scope.interface, difference.terms.count == 1, let term = difference.terms.first {
        let bound = -difference.constant / term.value
        if bound.floatNotAbove != bound.floatNotBelow {
          report(.neverEqual(exactText(bound), interfaces[interface].inputs[term.key].name, range))
        }
      }
      let equal = Condition.all([above, below])
      return relation == .equal ? equal : equal.negated
    }
  }

  /// `form >= 0`, or `form > 0`.
  private mutating func atLeastZero(
    _ form: LinearForm, isStrict: Bool, _ range: SourceRange, _ scope: Scope
  ) -> Condition {
    guard let term = form.terms.first else {
      return .constant(isStrict ? form.constant.signum > 0 : form.constant.signum >= 0)
    }
    // In a normalisation the input is visible without an interface; a condition there is reported anyway.
    guard let interface = scope.interface else { return .constant(false) }
    if form.terms.count > 1 { return linear(form, isStrict: isStrict, range, interface) }
    let bound = -form.constant / term.value
    let isLower = term.value.signum > 0
    warnBeyondDomain(bound, input: term.key, range, interface)
    let scalar = interfaces[interface].inputs[term.key]
    let suffix = exactText(bound) + (scalar.unit.isEmpty ? "" : " " + scalar.unit)
    let relation = (isLower ? ">" : "<") + (isStrict ? "" : "=")
    let opposite = (isLower ? "<" : ">") + (isStrict ? "=" : "")
    let provenance = Condition.Provenance(
      range: range, text: "\(scalar.name) \(relation) \(suffix)",
      negatedText: "\(scalar.name) \(opposite) \(suffix)",
      inequality: LinearInequality(
        terms: [LinearInequality.Term(input: term.key, coefficient: isLower ? .one : Rational(-1))],
        bound: isLower ? bound : -bound, isStrict: isStrict))
    return isLower
      ? lowerBound(bound, isStrict: isStrict, input: term.key, provenance)
      : upperBound(bound, isStrict: isStrict, input: term.key, provenance)
  }

  /// `input >= bound` decided exactly on floats: by the smallest float that satisfies it.
  private func lowerBound(
    _ bound: Rational, isStrict: Bool, input: Int, _ provenance: Condition.Provenance
  ) -> Condition {
    if isStrict {
      guard let below = bound.floatNotAbove else { return .constant(true) }
      if below == .greatestFiniteMagnitude { return .constant(false) }
      return .atom(.atLeast(input: input, bound: below.nextUp + 0), provenance)
    }
    guard let first = bound.floatNotBelow else { return .constant(false) }
    return .atom(.atLeast(input: input, bound: first + 0), provenance)
  }

  private func upperBound(
    _ bound: Rational, isStrict: Bool, input: Int, _ provenance: Condition.Provenance
  ) -> Condition {
    if isStrict {
      guard let above = bound.floatNotBelow else { return .constant(true) }
      if above == -.greatestFiniteMagnitude { return .constant(false) }
      return .atom(.atMost(input: input, bound: above.nextDown + 0), provenance)
    }
    guard let last = bound.floatNotAbove else { return .constant(false) }
    return .atom(.atMost(input: input, bound: last + 0), provenance)
  }

  /// The first coefficient becomes 1 or -1, so that equal guards are equal values and the sum is in the
  /// first input's unit.
  private func linear(
    _ form: LinearForm, isStrict: Bool, _ range: SourceRange, _ interface: Int
  ) -> Condition {
    let terms = form.terms.sorted { $0.key < $1.key }
    let scale = Rational.one / terms[0].value.magnitude
    let inequality = LinearInequality(
      terms: terms.map { LinearInequality.Term(input: $0.key, coefficient: $0.value * scale) },
      bound: -form.constant * scale, isStrict: isStrict)
    let inputs = interfaces[interface].inputs
    var sum = ""
    for term in inequality.terms {
      let magnitude = term.coefficient.magnitude
      let isNegative = term.coefficient.signum < 0
      sum += sum.isEmpty ? (isNegative ? "-" : "") : (isNegative ? " - " : " + ")
      sum += (magnitude == .one ? "" : exactText(magnitude) + "*") + inputs[term.input].name
    }
    let unit = inputs[inequality.terms[0].input].unit
    let bound = exactText(inequality.bound) + (unit.isEmpty ? "" : " " + unit)
    return .atom(
      .linear(inequality),
      Condition.Provenance(
        range: range, text: "\(sum) \(isStrict ? ">" : ">=") \(bound)",
        negatedText: "\(sum) \(isStrict ? "<=" : "<") \(bound)"))
  }

  private mutating func warnBeyondDomain(
    _ bound: Rational, input: Int, _ range: SourceRange, _ interface: Int
  ) {
    let scalar = interfaces[interface].inputs[input]
    guard let domain = scalar.domain, bound < domain.lower || bound > domain.upper else { return }
    report(
      .beyondDomain(
        scalar.name, exactText(bound), exactText(domain.lower), exactText(domain.upper), scalar.unit, range))
  }

  private mutating func rawChoice(
    _ isNegated: Bool, _ references: [ReferenceSyntax], _ range: SourceRange, _ scope: Scope
  ) -> Value {
    guard let interface = scope.interface else { return .invalid }
    guard let outputs = outputSet(references, scope), spend(outputs.count, range) else { return .invalid }
    let count = interfaces[interface].outputs.count
    let names = outputs.map { interfaces[interface].outputs[$0] }.joined(separator: ", ")
    let atom = Atom.rawChoice(among: outputs, outputCount: count)
    let condition = Condition.atom(
      atom,
      Condition.Provenance(
        range: range, text: "raw choice in { \(names) }", negatedText: "raw choice not in { \(names) }"))
    return .condition(isNegated ? condition.negated : condition)
  }
}
