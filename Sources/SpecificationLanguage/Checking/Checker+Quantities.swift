import Diagnostics
import ExactArithmetic

/// Expressions that are quantities.
extension Checker {
  /// The quantity that an expression means; `nil` if it is none, which is reported.
  mutating func quantity(_ expression: ExpressionSyntax, _ scope: Scope) -> LinearForm? {
    switch evaluate(expression, scope) {
    case .quantity(let form): return form
    case .condition:
      report(.notAQuantity(expression.range))
      return nil
    case .invalid: return nil
    }
  }

  mutating func evaluateSum(
    _ terms: [(isSubtracted: Bool, term: ExpressionSyntax)], _ scope: Scope
  ) -> Value {
    var sum: LinearForm?
    var isValid = true
    for (isSubtracted, term) in terms {
      guard let form = quantity(term, scope) else {
        isValid = false
        continue
      }
      let signed = isSubtracted ? -form : form
      guard sum != nil else {
        sum = signed
        continue
      }
      guard let first = sum, agree(signed, first, term.range) else {
        isValid = false
        continue
      }
      sum? += signed
      if sum?.isTooLarge(inputs: signed.terms.keys) == true {
        report(.constantTooLarge(term.range))
        return .invalid
      }
    }
    guard isValid, let sum else { return .invalid }
    return .quantity(sum)
  }

  mutating func evaluateProduct(
    _ factors: [(isDivisor: Bool, factor: ExpressionSyntax)], _ scope: Scope
  ) -> Value {
    var product = LinearForm.constant(.one)
    var isValid = true
    for (isDivisor, factor) in factors {
      guard let form = quantity(factor, scope) else {
        isValid = false
        continue
      }
      guard let extended = multiply(product, form, isDivisor: isDivisor, factor.range) else {
        return .invalid
      }
      product = extended
    }
    return isValid ? .quantity(product) : .invalid
  }

  private mutating func multiply(
    _ product: LinearForm, _ form: LinearForm, isDivisor: Bool, _ range: SourceRange
  ) -> LinearForm? {
    if form.hasPoint {
      report(.offsetUnitInProduct(range.text, range))
      return nil
    }
    let result: LinearForm
    if isDivisor {
      guard form.isConstant else {
        report(.notLinear(range))
        return nil
      }
      guard form.constant.signum != 0 else {
        report(.divisionByZero(range))
        return nil
      }
      result = product.scaled(by: Rational.one / form.constant, form.dimension.power(-1))
    } else if form.isConstant {
      result = product.scaled(by: form.constant, form.dimension)
    } else if product.isConstant {
      result = form.scaled(by: product.constant, product.dimension)
    } else {
      report(.notLinear(range))
      return nil
    }
    if result.isTooLarge(inputs: result.terms.keys) {
      report(.constantTooLarge(range))
      return nil
    }
    return result
  }

  /// `-5 degC` is five below zero: the sign belongs to the number, before the unit's offset.
  mutating func evaluateNegative(_ operand: ExpressionSyntax, _ scope: Scope) -> Value {
    if case .number(let number, let unit?, _) = operand { return evaluateNumber(-number.value, unit) }
    return quantity(operand, scope).map { .quantity(-$0) } ?? .invalid
  }

  mutating func evaluateNumber(_ number: Rational, _ unit: UnitSyntax?) -> Value {
    guard let unit else { return .quantity(.constant(number)) }
    guard let meaning = self.unit(unit) else { return .invalid }
    var form = LinearForm.constant(number * meaning.scale + meaning.offset, meaning.dimension)
    if meaning.offset.signum != 0 {
      form.points = .one
      form.hasPoint = true
    }
    return .quantity(form)
  }

  mutating func evaluateDomainEnd(isUpper: Bool, _ range: SourceRange, _ scope: Scope) -> Value {
    guard let interface = scope.interface, let input = scope.comparedInput else {
      report(.noDomainEnd(isUpper ? "max" : "min", range))
      return .invalid
    }
    let scalar = interfaces[interface].inputs[input]
    guard let domain = scalar.domain else {
      report(.inputWithoutDomain(scalar.name, range))
      return .invalid
    }
    let unit = inputUnits[interface][input]
    let end = isUpper ? domain.upper : domain.lower
    var form = LinearForm.constant(end * unit.scale + unit.offset, unit.dimension)
    if unit.offset.signum != 0 {
      form.points = .one
      form.hasPoint = true
    }
    return .quantity(form)
  }

  /// The input `index` of an interface, in base units.
  func inputForm(_ index: Int, of interface: Int) -> LinearForm {
    let unit = inputUnits[interface][index]
    var form = LinearForm(dimension: unit.dimension, terms: [index: unit.scale], constant: unit.offset)
    if unit.offset.signum != 0 { form.points = .one }
    return form
  }

  mutating func evaluateReference(_ reference: ReferenceSyntax, _ scope: Scope) -> Value {
    let name = reference.name.text
    if let variable = scope.variables[name] {
      guard reference.indices.isEmpty else {
        report(.wrongIndexCount(name, 0, reference.range))
        return .invalid
      }
      switch variable {
      case .quantity(let form): return .quantity(form)
      case .unknown: return .invalid
      case .alias(let other, let variables):
        var inner = scope
        inner.variables = variables
        return evaluateReference(other, inner)
      }
    }
    if let interface = scope.interface, inputShapes[interface][name] != nil {
      return input(reference, of: interface, scope).map { .quantity(inputForm($0, of: interface)) }
        ?? .invalid
    }
    if params[name] != nil || lets[name] != nil, !reference.indices.isEmpty {
      report(.wrongIndexCount(name, 0, reference.range))
      return .invalid
    }
    if params[name] != nil {
      if resolvingParams.contains(name) {
        report(.cyclicDefinition(name, reference.range))
        return .invalid
      }
      return parameter(name).map { .quantity($0) } ?? .invalid
    }
    if lets[name] != nil { return expandLet(reference.name, [], reference.range, scope) }
    reportUnknown(reference, scope)
    return .invalid
  }

  /// The index of the scalar that a reference to an input means.
  mutating func input(_ reference: ReferenceSyntax, of interface: Int, _ scope: Scope) -> Int? {
    guard let (first, shape) = inputShapes[interface][reference.name.text] else { return nil }
    guard reference.indices.count == shape.count else {
      report(.wrongIndexCount(reference.name.text, shape.count, reference.range))
      return nil
    }
    var offset = 0
    for (index, size) in zip(reference.indices, shape) {
      guard let value = self.index(index, below: size, scope) else { return nil }
      offset = offset * size + value
    }
    return first + offset
  }

  /// A whole number from 0 to below `limit`.
  mutating func index(_ expression: ExpressionSyntax, below limit: Int, _ scope: Scope) -> Int? {
    guard let form = constant(expression, scope) else { return nil }
    guard form.dimension == .none, let value = form.constant.asInt, (0..<limit).contains(value) else {
      report(.indexOutOfRange(limit, expression.range))
      return nil
    }
    return value
  }

  private mutating func reportUnknown(_ reference: ReferenceSyntax, _ scope: Scope) {
    let name = reference.name.text
    if let interface = scope.interface, outputNames[interface][name] != nil {
      report(.outputInCondition(name, reference.range))
      return
    }
    if scope.interface == nil, inputNames.contains(name) {
      report(.notConstant(reference.range))
      return
    }
    let inputs = scope.interface.map { inputShapes[$0].keys.sorted() } ?? []
    reportUnknown(
      reference.name, scope.interface == nil ? "parameter" : "input, parameter or condition",
      among: scope.variables.keys.sorted() + inputs + params.keys.sorted() + lets.keys.sorted())
  }
}
