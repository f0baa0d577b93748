import Diagnostics

/// Conditions with names.
extension Checker {
  /// Refuses what is defined by itself or expands to too much, before anything is expanded; then each
  /// `let` must make sense on at least one interface. The complaints of the first one are shown.
  mutating func checkLets() {
    let declared = declarations.compactMap { declaration -> LetSyntax? in
      if case .let(let definition) = declaration, lets[definition.name.text]?.name == definition.name {
        definition
      } else {
        nil
      }
    }
    refuseCyclesAndGiants(declared)
    for definition in declared where !broken.contains(definition.name.text) {
      let parameters = definition.parameters
      for (position, parameter) in parameters.enumerated() {
        if let first = parameters[..<position].first(where: { $0.text == parameter.text }) {
          report(.duplicateName(parameter, first: first.range))
        }
      }
      var first: DiagnosticSet?
      for index in interfaces.indices {
        var scope = Scope(interface: index)
        for parameter in parameters { scope.variables[parameter.text] = .unknown }
        let complaints = trial { checker in _ = checker.evaluate(definition.body, scope) }
        first = first ?? complaints
        guard complaints.containsError else {
          first = nil
          break
        }
      }
      for complaint in first?.diagnostics ?? [] { report(complaint) }
    }
  }

  private mutating func refuseCyclesAndGiants(_ declared: [LetSyntax]) {
    let names = Dictionary(uniqueKeysWithValues: declared.enumerated().map { ($1.name.text, $0) })
    let uses = declared.map { definition in
      LetUses(in: definition, lets: names)
    }
    let graph = Graph(successors: uses.map { Array(Set($0.used)) })
    for cycle in graph.cycles {
      report(.cyclicDefinition(declared[cycle[0]].name.text, declared[cycle[0]].name.range))
    }
    var sizes = [Int?](repeating: nil, count: declared.count)
    var depths = [Int](repeating: 0, count: declared.count)
    for index in graph.order {
      let inner = uses[index].used
      // What uses a giant is a giant; only the first one is worth a message.
      guard !inner.contains(where: { sizes[$0] == nil }) else { continue }
      let size = inner.reduce(uses[index].size) { min(Self.letLimit + 1, $0 + (sizes[$1] ?? 0)) }
      depths[index] = uses[index].depth + (inner.map { depths[$0] }.max() ?? 0)
      if size > Self.letLimit {
        report(
          .expansionTooLarge("`\(declared[index].name.text)`", Self.letLimit, declared[index].name.range))
      } else if depths[index] > Self.depthLimit {
        report(.definitionsTooDeep(declared[index].name.range))
      } else {
        sizes[index] = size
      }
    }
    for (definition, size) in zip(declared, sizes) where size == nil { broken.insert(definition.name.text) }
  }

  /// The body of a `let` with its arguments in place.
  mutating func expandLet(
    _ name: NameSyntax, _ arguments: [ExpressionSyntax], _ range: SourceRange, _ scope: Scope
  ) -> Value {
    guard let definition = lets[name.text] else {
      let isOther = params[name.text] != nil || inputNames.contains(name.text)
      if isOther {
        report(.wrongArgumentCount(name.text, 0, arguments.count, range))
      } else {
        reportUnknown(name, "condition", among: lets.keys.sorted())
      }
      return .invalid
    }
    if broken.contains(name.text) { return .invalid }
    guard arguments.count == definition.parameters.count else {
      report(.wrongArgumentCount(name.text, definition.parameters.count, arguments.count, range))
      return .invalid
    }
    var inner = Scope(interface: scope.interface)
    for (parameter, argument) in zip(definition.parameters, arguments) {
      // A wrong argument was reported; the body is checked all the same.
      inner.variables[parameter.text] = quantity(argument, scope).map { .quantity($0) } ?? .unknown
    }
    if !arguments.isEmpty { uses.append(range) }
    defer { if !arguments.isEmpty { uses.removeLast() } }
    return evaluate(definition.body, inner)
  }
}

/// What a `let` uses: for the sizes of expansions, found without expanding anything.
private struct LetUses {
  private(set) var size = 0
  private(set) var depth = 0
  /// Indices of `let`s, once for each use.
  private(set) var used: [Int] = []

  private let lets: [String: Int]
  private let parameters: Set<String>

  init(in definition: LetSyntax, lets: [String: Int]) {
    self.lets = lets
    parameters = Set(definition.parameters.map(\.text))
    visit(definition.body, depth: 1)
  }

  private mutating func visit(_ expression: ExpressionSyntax, depth: Int) {
    size += 1
    self.depth = max(self.depth, depth)
    func visit(_ parts: [ExpressionSyntax], _ uses: inout LetUses) {
      for part in parts { uses.visit(part, depth: depth + 1) }
    }
    switch expression {
    case .number, .domainEnd, .boolean, .rawChoice, .invalid: break
    case .reference(let reference):
      use(reference.name.text)
      visit(reference.indices, &self)
    case .call(let name, let arguments, _):
      use(name.text)
      visit(arguments, &self)
    case .negative(let operand, _), .not(let operand, _): visit([operand], &self)
    case .sum(let terms, _): visit(terms.map(\.term), &self)
    case .product(let factors, _): visit(factors.map(\.factor), &self)
    case .comparison(let first, let links, _): visit([first] + links.map(\.1), &self)
    case .membership(let value, _, let lower, let upper, _): visit([value, lower, upper], &self)
    case .all(let parts, _), .any(let parts, _): visit(parts, &self)
    }
  }

  private mutating func use(_ name: String) {
    if let index = lets[name], !parameters.contains(name) { used.append(index) }
  }
}
