import Diagnostics
import ExactArithmetic

/// An instance of an `enforce`, before it is known what overrides it.
struct PendingProperty: Sendable {
  let base: String
  let name: String
  let title: String
  let interface: Int
  let networks: [Int]
  let condition: Condition
  let isUnconditional: Bool
  let post: Post
  let range: SourceRange
}

extension Checker {
  /// Expands `for` families and checks each property's instances. `variables` are those of the
  /// enclosing `for`s with the text of their values, outermost first.
  mutating func expand(
    _ declaration: DeclarationSyntax, variables: [(name: String, label: String)], scope: Scope
  ) {
    switch declaration {
    case .property(let property):
      checkProperty(property, variables, scope)
    case .robust(let clause):
      checkRobustness(clause)
    case .lipschitz(let clause):
      checkLipschitz(clause)
    case .overrides(let syntax):
      guard spend(1, syntax.winner.range) else { return }
      overrides.append(
        PendingOverride(winner: syntax.winner, losers: syntax.losers, variables: variables, scope: scope))
    case .for(let family):
      for (label, variable) in items(of: family, variables, scope) {
        guard spend(4, family.variable.range) else { return }
        var inner = scope
        inner.variables[family.variable.text] = variable
        for member in family.body {
          expand(member, variables: variables + [(family.variable.text, label)], scope: inner)
        }
      }
    case .import, .param, .unit, .let, .interface, .network, .expect:
      return
    }
  }

  /// What a `for`'s variable runs over: names are put in its place, quantities are its values.
  private mutating func items(
    of family: ForSyntax, _ variables: [(name: String, label: String)], _ scope: Scope
  ) -> [(label: String, Variable)] {
    var items: [(label: String, Variable)] = []
    for item in family.items {
      if let last = item.last {
        guard let lower = constant(item.first, scope), let upper = constant(last, scope) else { continue }
        guard lower.dimension == .none, upper.dimension == .none, let low = lower.constant.asInt,
          let high = upper.constant.asInt, low <= high
        else {
          report(.badItemRange(SourceRange(item.first.range, to: last.range)))
          continue
        }
        let (distance, overflow) = high.subtractingReportingOverflow(low)
        guard !overflow, distance < Self.propertyLimit else {
          report(.tooMany("items", Self.propertyLimit, SourceRange(item.first.range, to: last.range)))
          continue
        }
        items += (low...high).map { (String($0), .quantity(.constant(Rational($0)))) }
      } else {
        let label = label(item.first, variables, scope)
        if case .reference(let reference) = item.first, !isConstantName(reference, scope) {
          items.append((label, .alias(reference, scope.variables)))
        } else if let form = constant(item.first, scope) {
          items.append((label, .quantity(form)))
        }
      }
    }
    return items
  }

  private func isConstantName(_ reference: ReferenceSyntax, _ scope: Scope) -> Bool {
    if case .quantity = scope.variables[reference.name.text] { return true }
    return params[reference.name.text] != nil
  }

  /// How an item or index appears in an instance's name: the item that a variable stands for, the value
  /// of a computation with whole numbers (`i + 1`), else its text without blanks.
  mutating func label(
    _ expression: ExpressionSyntax, _ variables: [(name: String, label: String)], _ scope: Scope
  ) -> String {
    if case .reference(let reference) = expression {
      let isVariable = { (variable: (name: String, label: String)) in variable.name == reference.range.text }
      if let variable = variables.last(where: isVariable) { return variable.label }
    } else {
      var value: LinearForm?
      _ = trial { checker in value = checker.constant(expression, scope) }
      if let value, value.dimension == .none, value.constant.isInteger { return value.constant.description }
    }
    return expression.range.text.filter { !$0.isWhitespace }
  }

  private mutating func checkProperty(
    _ syntax: PropertySyntax, _ variables: [(name: String, label: String)], _ scope: Scope
  ) {
    guard properties.count + rawProperties.count < Self.propertyLimit else {
      report(.tooMany("properties", Self.propertyLimit, syntax.name.range))
      return
    }
    let labels = variables.map(\.label)
    let name = syntax.name.text + (labels.isEmpty ? "" : "[" + labels.joined(separator: ",") + "]")
    if let first = propertyNames[name] {
      report(.duplicateName(NameSyntax(text: name, range: syntax.name.range), first: first))
      return
    }
    propertyNames[name] = syntax.name.range
    let selected = networks(syntax.networks, of: name, syntax.name.range)
    var inner = scope
    inner.interface = interface(of: selected ?? [], name, syntax.name.range)
    guard inner.interface != nil else {
      broken.insert(syntax.name.text)
      return
    }
    let condition = condition(syntax.condition, inner)
    let requirement = requirement(syntax.post, inner, isEnforced: syntax.role == .enforce)
    guard let selected, let condition, let requirement, let interface = inner.interface else {
      broken.insert(syntax.name.text)
      return
    }
    if syntax.role != .enforce {
      rawProperties.append(
        RawProperty(
          role: syntax.role, name: name, title: syntax.title, interface: interface, networks: selected,
          condition: condition, requirement: requirement, range: syntax.name.range))
    } else if case .order(let post) = requirement {
      var isUnconditional = false
      if case .boolean(true, _) = syntax.condition { isUnconditional = true }
      properties.append(
        PendingProperty(
          base: syntax.name.text, name: name, title: syntax.title, interface: interface, networks: selected,
          condition: condition, isUnconditional: isUnconditional, post: post, range: syntax.name.range))
    }
  }

  /// The networks that something is about, at least one; `nil` if there is none or what is written is wrong.
  ///
  /// - Parameter isExpectation: what an expectation leaves out is not left out of the rules.
  mutating func networks(
    _ scope: NetworkScopeSyntax?, of name: String, _ range: SourceRange, isExpectation: Bool = false
  ) -> [Int]? {
    guard let scope else {
      guard countPairs(networks.count, range) else { return nil }
      return networks.isEmpty ? nil : Array(networks.indices)
    }
    let included = select(scope.selections)
    guard let excluded = select(scope.exceptions), let included else { return nil }
    let exceptions = Set(excluded)
    if !isExpectation { excepted.formUnion(exceptions) }
    let selected = included.filter { !exceptions.contains($0) }
    if selected.isEmpty { report(.emptySelection(name, range)) }
    return selected.isEmpty ? nil : selected
  }

  /// The one interface of some networks. Where the networks are wrong, the specification's only
  /// interface, so that the rest is checked all the same.
  mutating func interface(of selected: [Int], _ name: String, _ range: SourceRange) -> Int? {
    let spanned = Set(selected.map { networks[$0].interface }).sorted()
    if spanned.count > 1 {
      report(.ambiguousInterface(name, spanned.map { interfaces[$0].name }, range))
      return nil
    }
    return spanned.first ?? (interfaces.count == 1 ? 0 : nil)
  }

  /// Counts pairs of a network and a property; `false`, and reported once, where there are too many.
  mutating func countPairs(_ count: Int, _ range: SourceRange) -> Bool {
    guard pairCount <= Self.pairLimit else { return false }
    pairCount += count
    if pairCount <= Self.pairLimit { return true }
    report(.tooMany("pairs of a network and a property", Self.pairLimit, range))
    return false
  }
}
