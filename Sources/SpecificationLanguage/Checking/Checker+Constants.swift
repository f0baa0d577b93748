import Diagnostics
import ExactArithmetic

/// Units, parameters and other constants.
extension Checker {
  /// The unit of that name, of the table or of the specification; `nil` if there is none (reported by
  /// the caller) or it is wrong (reported here).
  mutating func unitNamed(_ name: String) -> Unit? {
    if let unit = UnitTable.units[name] { return unit }
    guard let declaration = units[name] else { return nil }
    if let known = unitValues[name] { return known }
    unitValues[name] = .some(nil)
    guard let value = declaration.value else {
      let unit = Unit(dimension: .base(name), scale: .one)
      unitValues[name] = unit
      return unit
    }
    resolvingUnits.append(name)
    defer { resolvingUnits.removeLast() }
    guard let form = constant(value, Scope()) else { return nil }
    guard !form.hasPoint else {
      report(.offsetUnitInProduct(value.range.text, value.range))
      return nil
    }
    guard form.constant.signum > 0 else {
      report(.notPositive("a unit", value.range))
      return nil
    }
    let unit = Unit(dimension: form.dimension, scale: form.constant)
    unitValues[name] = unit
    return unit
  }

  /// The meaning of a written unit; `nil` if it is wrong, which is reported.
  mutating func unit(_ syntax: UnitSyntax) -> Unit? {
    var product = Unit.one
    for factor in syntax.factors where !factor.name.isEmpty {
      if resolvingUnits.contains(factor.name) {
        report(.cyclicDefinition(factor.name, factor.range))
        return nil
      }
      guard let unit = unitNamed(factor.name) else {
        if units[factor.name] == nil { reportUnknownUnit(factor, in: syntax) }
        return nil
      }
      if unit.offset.signum != 0 {
        if syntax.factors.count == 1, factor.exponent == 1 { return unit }
        report(.offsetUnitInProduct(factor.name, factor.range))
        return nil
      }
      let scale = factor.exponent < 0 ? Rational.one / unit.scale : unit.scale
      product = Unit(
        dimension: product.dimension * unit.dimension.power(factor.exponent),
        scale: product.scale * scale.power(abs(factor.exponent)))
      if product.dimension.isTooLarge || product.scale.isTooLarge {
        report(.constantTooLarge(syntax.range))
        return nil
      }
    }
    return product
  }

  private mutating func reportUnknownUnit(_ factor: UnitSyntax.Factor, in syntax: UnitSyntax) {
    if isFull || broken.contains(factor.name) { return }
    let isQuantity =
      params[factor.name] != nil || lets[factor.name] != nil || inputNames.contains(factor.name)
    if isQuantity, syntax.factors.count > 1 {
      report(.quantityInUnit(factor.name, factor.range))
      return
    }
    let known = Array(units.keys.sorted()) + UnitTable.units.keys.sorted()
    let near = UnitTable.spokenNames[factor.name.lowercased()] ?? suggestion(for: factor.name, among: known)
    report(.unknownUnit(factor.name, near, factor.range))
  }

  /// The value of a parameter; `nil` if it is wrong, which is reported.
  mutating func parameter(_ name: String) -> LinearForm? {
    if let known = paramValues[name] { return known }
    guard let param = params[name] else { return nil }
    paramValues[name] = .some(nil)
    resolvingParams.append(name)
    defer { resolvingParams.removeLast() }
    let expression = definitions[name]?.value ?? param.value
    guard let value = constant(expression, Scope()) else { return nil }
    if definitions[name] != nil {
      guard let declared = constant(param.value, Scope()), comparable(value, declared, expression.range)
      else { return nil }
    }
    if let (lower, upper) = param.range {
      guard let (low, high) = interval(lower, upper, Scope()) else { return nil }
      guard comparable(high, value, upper.range), comparable(low, value, lower.range) else { return nil }
      if low.constant > value.constant || value.constant > high.constant {
        report(.parameterOutOfRange(name, expression.range))
      }
    }
    paramValues[name] = value
    return value
  }

  /// A quantity without inputs; anything else is reported.
  mutating func constant(_ expression: ExpressionSyntax, _ scope: Scope) -> LinearForm? {
    guard let form = quantity(expression, scope) else { return nil }
    if form.isConstant { return form }
    report(.notConstant(expression.range))
    return nil
  }

  /// A whole number without unit, at least `minimum`; anything else is reported.
  mutating func wholeNumber(_ number: NumberSyntax, atLeast minimum: Int, _ what: String) -> Int? {
    guard let value = number.value.asInt, value >= minimum else {
      report(.notAWholeNumber(what, minimum, number.range))
      return nil
    }
    return value
  }

  /// Both ends of `lower .. upper`; a bare number takes the unit written at the upper end.
  mutating func interval(
    _ lower: ExpressionSyntax, _ upper: ExpressionSyntax, _ scope: Scope
  ) -> (LinearForm, LinearForm)? {
    let unit = Self.literalUnit(upper)
    let low = unit.flatMap { Self.withUnit(lower, $0) } ?? lower
    let first = quantity(low, scope)
    let last = quantity(upper, scope)
    guard let first, let last else { return nil }
    return (first, last)
  }

  /// The unit written behind a (negated) number.
  static func literalUnit(_ expression: ExpressionSyntax) -> UnitSyntax? {
    switch expression {
    case .number(_, let unit, _): unit
    case .negative(let operand, _): literalUnit(operand)
    case .domainEnd, .boolean, .reference, .call, .sum, .product, .comparison, .membership, .rawChoice,
      .not, .all, .any, .invalid:
      nil
    }
  }

  /// Whether an expression is made of numbers without units.
  static func isBare(_ expression: ExpressionSyntax) -> Bool {
    switch expression {
    case .number(_, let unit, _): unit == nil
    case .negative(let operand, _): isBare(operand)
    case .sum(let terms, _): terms.allSatisfy { isBare($0.term) }
    case .product(let factors, _): factors.allSatisfy { isBare($0.factor) }
    case .domainEnd, .boolean, .reference, .call, .comparison, .membership, .rawChoice, .not, .all, .any,
      .invalid:
      false
    }
  }

  /// The first unit that is written in a quantity.
  static func firstUnit(in expression: ExpressionSyntax) -> UnitSyntax? {
    switch expression {
    case .number(_, let unit, _): unit
    case .negative(let operand, _): firstUnit(in: operand)
    case .sum(let terms, _): terms.lazy.compactMap { firstUnit(in: $0.term) }.first
    case .product(let factors, _): factors.lazy.compactMap { firstUnit(in: $0.factor) }.first
    case .domainEnd, .boolean, .reference, .call, .comparison, .membership, .rawChoice, .not, .all, .any,
      .invalid:
      nil
    }
  }

  /// The (negated) bare number with `unit` behind it; `nil` for anything else.
  static func withUnit(_ expression: ExpressionSyntax, _ unit: UnitSyntax) -> ExpressionSyntax? {
    switch expression {
    case .number(let number, nil, let range): .number(number, unit: unit, range)
    case .negative(let operand, let range): withUnit(operand, unit).map { .negative($0, range) }
    case .number, .domainEnd, .boolean, .reference, .call, .sum, .product, .comparison, .membership,
      .rawChoice, .not, .all, .any, .invalid:
      nil
    }
  }

  /// Whether two quantities can be compared; reports it if not.
  mutating func comparable(_ a: LinearForm, _ b: LinearForm, _ range: SourceRange) -> Bool {
    guard agree(a, b, range) else { return false }
    guard a.hasPoint || b.hasPoint, let first = a.points, let other = b.points, first != other else {
      return true
    }
    report(.pointComparedWithDifference(range))
    return false
  }

  /// Whether two quantities can be added; reports it if not.
  mutating func agree(_ a: LinearForm, _ b: LinearForm, _ range: SourceRange) -> Bool {
    if a.dimension == b.dimension { return true }
    if a.dimension == .none, a.isConstant {
      report(.missingUnit(b.dimension.description, range))
    } else {
      report(.unitMismatch(a.dimension.description, b.dimension.description, range))
    }
    return false
  }
}
