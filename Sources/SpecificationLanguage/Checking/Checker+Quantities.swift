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
    var result: LinearForm?
    var isValid = true
    for (isSubtracted, term) in terms {
      guard let form = quantity(term, scope) else {
        isValid = false
        continue
      }
      let signed = isSubtracted ? -form : form
      guard let sum = result else {
        result = signed
        continue
      }
      guard agree(signed, sum, term.range) else {
        isValid = false
        continue
      }
      result = sum + signed
    }
    guard isValid, let result else { return .invalid }
    return .quantity(result)
  }

  mutating func evaluateProduct(
    _ factors: [(isDivisor: Bool, factor: ExpressionSyntax)], _ scope: Scope
  ) -> Value {
    var product = LinearForm.constant(.one)
    for (isDivisor, factor) in factors {
      guard let form = quantity(factor, scope) else { return .invalid }
      if isDivisor {
        guard form.isConstant else {
          report(.notLinear(factor.range))
          return .invalid
        }
        guard form.constant.signum != 0 else {
          report(.divisionByZero(factor.range))
          return .invalid
        }
        product = product.scaled(by: Rational.one / form.constant, form.dimension.power(-1))
      } else if form.isConstant {
        product = product.scaled(by: form.constant, form.dimension)
      } else if product.isConstant {
        product = form.scaled(by: product.constant, product.dimension)
      } else {
        report(.notLinear(factor.range))
        return .invalid
      }
    }
    return .quantity(product)
  }

  mutating func evaluateNumber(_ number: NumberSyntax, _ unit: UnitSyntax?) -> Value {
    guard let unit else { return .quantity(.constant(number.value)) }
    guard let meaning = self.unit(unit) else { return .invalid }
    return .quantity(.constant(number.value * meaning.scale + meaning.offset, meaning.dimension))
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
    return .quantity(.constant(end * unit.scale + unit.offset, unit.dimension))
  }

  /// The input `index` of an interface, in base units.
  func inputForm(_ index: Int, of interface: Int) -> LinearForm {
    let unit = inputUnits[interface][index]
    return LinearForm(dimension: unit.dimension, terms: [index: unit.scale], constant: unit.offset)
  }

  mutating func evaluateReference(_ reference: ReferenceSyntax, _ scope: Scope) -> Value {
    let name = reference.name.text
    if let variable = scope.variables[name] {
      switch variable {
      case .quantity(let form): return .quantity(form)
      case .unknown: return .invalid
      case .alias(let other):
        var inner = scope
        inner.variables[name] = nil
        return evaluateReference(other, inner)
      }
    }
    if let interface = scope.interface, inputShapes[interface][name] != nil {
      return input(reference, of: interface, scope).map { .quantity(inputForm($0, of: interface)) }
        ?? .invalid
    }
    guard reference.indices.isEmpty else {
      report(unknown(reference, scope))
      return .invalid
    }
    if params[name] != nil {
      if resolving.contains(name) {
        report(.cyclicDefinition(name, reference.range))
        return .invalid
      }
      return parameter(name).map { .quantity($0) } ?? .invalid
    }
    if lets[name] != nil { return expandLet(reference.name, [], reference.range, scope) }
    report(unknown(reference, scope))
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

  func unknown(_ reference: ReferenceSyntax, _ scope: Scope) -> Diagnostic {
    var known = Array(scope.variables.keys.sorted())
    if let interface = scope.interface { known += inputShapes[interface].keys.sorted() }
    known += params.keys.sorted() + lets.keys.sorted()
    let name = reference.name.text
    if let interface = scope.interface, outputNames[interface][name] != nil {
      return .outputInCondition(name, reference.range)
    }
    return .unknownName(
      name, "input, parameter or condition", suggestion(for: name, among: known), reference.name.range)
  }
}
