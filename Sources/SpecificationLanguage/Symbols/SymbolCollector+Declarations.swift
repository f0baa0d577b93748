import Diagnostics

/// Names in declarations.
extension SymbolCollector {
  /// - Parameter scope: the variables of the enclosing `for`s.
  mutating func visit(_ declaration: DeclarationSyntax, _ scope: Scope) {
    switch declaration {
    case .import(let syntax): useImport(syntax)
    case .param(let syntax):
      visit([syntax.value], scope)
      if let (lower, upper) = syntax.range { visit([lower, upper], scope) }
    case .unit(let syntax): syntax.value.map { visit($0, scope) }
    case .let(let syntax):
      var inner = Scope(interfaces: Array(interfaces.indices))
      for parameter in syntax.parameters { inner.variables[parameter.text] = declare(parameter, .argument) }
      visit(syntax.body, inner)
    case .interface(let syntax): visit(syntax)
    case .network(let syntax): visit(syntax)
    case .property(let syntax):
      let inner = visit(syntax.networks, scope)
      visit(syntax.condition, inner)
      visit(syntax.post, inner)
    case .overrides(let syntax): visit(properties: [syntax.winner] + syntax.losers, scope)
    case .for(let syntax):
      for item in syntax.items {
        visit(item: item.first, scope)
        item.last.map { visit($0, scope) }
      }
      var inner = scope
      inner.variables[syntax.variable.text] = declare(syntax.variable, .variable)
      for member in syntax.body { visit(member, inner) }
    case .robust(let syntax):
      let inner = visit(syntax.networks, scope)
      visit([syntax.radius, syntax.first], scope)
      syntax.last.map { visit($0, scope) }
      visit(outputs: syntax.groups, inner)
    case .lipschitz(let syntax):
      _ = visit(syntax.networks, scope)
      visit([syntax.bound], scope)
    case .expect(let syntax): visit(syntax)
    }
  }

  /// The scope of what is said of the selected networks.
  private mutating func visit(_ networks: NetworkScopeSyntax?, _ scope: Scope) -> Scope {
    for selection in (networks?.selections ?? []) + (networks?.exceptions ?? []) {
      useNetwork(selection.name)
    }
    return Scope(
      variables: scope.variables, interfaces: interfaces(of: networks?.selections.map(\.name)))
  }

  private mutating func visit(_ syntax: InterfaceSyntax) {
    let scope = Scope(interfaces: place(ofInterface: syntax.name.text).map { [$0] } ?? [])
    for input in syntax.inputs {
      visit(input.unit)
      if let (lower, upper) = input.domain { visit([lower, upper], Scope()) }
      input.normalization.map { visit($0, scope) }
    }
    for group in syntax.groups { visit(outputs: group.members, scope) }
    visit(outputs: syntax.tiePreference, scope)
  }

  /// `{prev}` in the path of a family's models names an index.
  private mutating func visit(_ syntax: NetworkSyntax) {
    useInterface(syntax.interface)
    let (path, range) = (Array(syntax.path.range.text.utf8), syntax.path.range)
    for index in syntax.indices {
      let symbol = declare(index.name, .familyIndex)
      let placeholder = Array("{\(index.name.text)}".utf8)
      for start in 0..<max(0, path.count - placeholder.count + 1)
      where path[start..<start + placeholder.count].elementsEqual(placeholder) {
        let lower = range.bytes.lowerBound + start + 1
        use(SourceRange(file: range.file, bytes: lower..<lower + placeholder.count - 2), [symbol])
      }
    }
  }

  private mutating func visit(_ syntax: ExpectSyntax) {
    let scope = visit(syntax.networks, Scope())
    switch syntax.claim {
    case .disjoint(let references): visit(properties: references, Scope())
    case .conflictsNone, .abstainUnreachable, .neverAbstains: break
    case .triggers(let point, let references, _):
      visit(point, scope)
      visit(properties: references, Scope())
    case .chooses(let point, let outputs):
      visit(point, scope)
      visit(outputs: outputs, scope)
    }
  }

  private mutating func visit(_ point: [AssignmentSyntax], _ scope: Scope) {
    for assignment in point {
      visit(inputs: [assignment.input], scope)
      visit(assignment.value, Scope())
    }
  }
}
