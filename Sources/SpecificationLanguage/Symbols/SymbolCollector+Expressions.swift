import Diagnostics

/// Names in conditions, quantities and posts.
extension SymbolCollector {
  mutating func visit(_ expression: ExpressionSyntax, _ scope: Scope) {
    switch expression {
    case .number(_, let unit, _): unit.map { visit($0) }
    case .domainEnd, .boolean, .invalid: break
    case .reference(let reference): visit(value: reference, scope)
    case .call(let name, let arguments, _):
      use(name.range, values[name.text])
      visit(arguments, scope)
    case .negative(let operand, _), .not(let operand, _): visit(operand, scope)
    case .sum(let terms, _): visit(terms.map(\.term), scope)
    case .product(let factors, _): visit(factors.map(\.factor), scope)
    case .comparison(let first, let links, _): visit([first] + links.map(\.1), scope)
    case .membership(let value, _, let lower, let upper, _): visit([value, lower, upper], scope)
    case .rawChoice(_, let outputs, _): visit(outputs: outputs, scope)
    case .all(let parts, _), .any(let parts, _): visit(parts, scope)
    }
  }

  mutating func visit(_ expressions: [ExpressionSyntax], _ scope: Scope) {
    for expression in expressions { visit(expression, scope) }
  }

  mutating func visit(_ unit: UnitSyntax) {
    for factor in unit.factors {
      // The exponent is part of the factor's range.
      let lower = factor.range.bytes.lowerBound
      let range = SourceRange(file: factor.range.file, bytes: lower..<lower + factor.name.utf8.count)
      use(range, units[factor.name])
    }
  }

  /// Variables hide inputs, inputs hide parameters and conditions.
  private mutating func visit(value reference: ReferenceSyntax, _ scope: Scope) {
    let name = reference.name.text
    if let variable = scope.variables[name] {
      use(reference.name.range, [variable])
    } else {
      let inputs = scope.interfaces.map { interfaces[$0].inputs[name] }
      let isHidden = !inputs.isEmpty && inputs.allSatisfy { $0 != nil }
      use(reference.name.range, inputs.flatMap { $0 ?? [] } + (isHidden ? [] : values[name] ?? []))
    }
    visit(reference.indices, scope)
  }

  mutating func visit(inputs references: [ReferenceSyntax], _ scope: Scope) {
    for reference in references {
      use(reference.name.range, scope.interfaces.flatMap { interfaces[$0].inputs[reference.name.text] ?? [] })
      visit(reference.indices, scope)
    }
  }

  mutating func visit(outputs references: [ReferenceSyntax], _ scope: Scope) {
    for reference in references {
      let name = reference.name.text
      if let variable = scope.variables[name] {
        use(reference.name.range, [variable])
      } else {
        use(reference.name.range, scope.interfaces.flatMap { interfaces[$0].outputs[name] ?? [] })
      }
      visit(reference.indices, scope)
    }
  }

  mutating func visit(properties references: [ReferenceSyntax], _ scope: Scope) {
    for reference in references {
      let name = reference.name.text
      use(reference.name.range, scope.variables[name].map { [$0] } ?? properties[name])
      visit(reference.indices, scope)
    }
  }

  /// An item of a `for`: a quantity, or a name of whatever kind that is put in the variable's place.
  mutating func visit(item: ExpressionSyntax, _ scope: Scope) {
    guard case .reference(let reference) = item, scope.variables[reference.name.text] == nil else {
      return visit(item, scope)
    }
    let name = reference.name.text
    let ofInterfaces = interfaces.flatMap { ($0.inputs[name] ?? []) + ($0.outputs[name] ?? []) }
    use(reference.name.range, ofInterfaces + (values[name] ?? []) + (properties[name] ?? []))
    visit(reference.indices, scope)
  }

  mutating func visit(_ post: PostSyntax, _ scope: Scope) {
    switch post {
    case .choose(let outputs, _), .neverChoose(let outputs, _), .above(let outputs, _):
      visit(outputs: outputs, scope)
    case .everyAbove(let above, let below, _): visit(outputs: [above] + (below.map { [$0] } ?? []), scope)
    case .some(let variable, let groups, let body, _):
      visit(outputs: groups, scope)
      var inner = scope
      inner.variables[variable.text] = declare(variable, .variable)
      visit(body, inner)
    case .top(let output, _, let place, _):
      visit(outputs: [output], scope)
      visit(place, Scope(variables: scope.variables))
    case .extreme(let output, _, _, _): visit(outputs: [output], scope)
    case .scoreBound(let output, _, let bound, _):
      visit(outputs: [output], scope)
      visit(bound, Scope(variables: scope.variables))
    case .not(let operand, _): visit(operand, scope)
    case .all(let parts, _), .any(let parts, _): for part in parts { visit(part, scope) }
    case .invalid: break
    }
  }
}
