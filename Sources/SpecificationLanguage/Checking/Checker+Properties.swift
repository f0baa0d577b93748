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
  let post: Post
  let range: SourceRange
}

/// An instance of an `overrides`, by names.
struct PendingOverride: Sendable {
  let winner: ReferenceSyntax
  let losers: [ReferenceSyntax]
  let labels: [String: String]
}

extension Checker {
  /// Expands `for` families and checks each property's instances. `variables` are those of the
  /// enclosing `for`s with the text of their values, outermost first.
  mutating func expand(
    _ declaration: DeclarationSyntax, variables: [(name: String, label: String)], scope: Scope
  ) {
    switch declaration {
    case .enforce(let enforce):
      checkProperty(enforce, variables, scope)
    case .overrides(let syntax):
      overrides.append(
        PendingOverride(
          winner: syntax.winner, losers: syntax.losers,
          labels: Dictionary(variables.map { ($0.name, $0.label) }, uniquingKeysWith: { $1 })))
    case .for(let family):
      for (label, variable) in items(of: family, scope) {
        guard properties.count < Self.propertyLimit else { return }
        var inner = scope
        inner.variables[family.variable.text] = variable
        for member in family.body {
          expand(member, variables: variables + [(family.variable.text, label)], scope: inner)
        }
      }
    case .param, .unit, .let, .interface, .network:
      return
    }
  }

  /// What a `for`'s variable runs over: names are put in its place, quantities are its values.
  private mutating func items(of family: ForSyntax, _ scope: Scope) -> [(label: String, Variable)] {
    var items: [(label: String, Variable)] = []
    for item in family.items {
      if let last = item.last {
        guard let lower = constant(item.first, scope), let upper = constant(last, scope) else { continue }
        guard lower.dimension == .none, upper.dimension == .none, let low = lower.constant.asInt,
          let high = upper.constant.asInt, low <= high, high - low < Self.propertyLimit
        else {
          report(.badItemRange(last.range))
          continue
        }
        items += (low...high).map { (String($0), .quantity(.constant(Rational($0)))) }
      } else if case .reference(let reference) = item.first, !isConstantName(reference, scope) {
        items.append((Self.label(reference.range), .alias(reference)))
      } else if let form = constant(item.first, scope) {
        items.append((Self.label(item.first.range), .quantity(form)))
      }
    }
    return items
  }

  private func isConstantName(_ reference: ReferenceSyntax, _ scope: Scope) -> Bool {
    if case .quantity = scope.variables[reference.name.text] { return true }
    return params[reference.name.text] != nil
  }

  /// The text of an item without blanks, as it appears in the instance's name.
  private static func label(_ range: SourceRange) -> String {
    range.text.filter { !$0.isWhitespace }
  }

  private mutating func checkProperty(
    _ syntax: EnforceSyntax, _ variables: [(name: String, label: String)], _ scope: Scope
  ) {
    guard properties.count < Self.propertyLimit else {
      report(.tooMany("properties", Self.propertyLimit, syntax.name.range))
      return
    }
    let labels = variables.map(\.label)
    let name = syntax.name.text + (labels.isEmpty ? "" : "[" + labels.joined(separator: ",") + "]")
    if let first = properties.first(where: { $0.name == name }) {
      report(.duplicateName(NameSyntax(text: name, range: syntax.name.range), first: first.range))
      return
    }
    var selected = Array(networks.indices)
    if let selections = syntax.networks {
      let excluded = Set(select(syntax.exceptions))
      selected = select(selections).filter { !excluded.contains($0) }
      if selected.isEmpty {
        report(.emptySelection(name, syntax.name.range))
        return
      }
    }
    let spanned = Set(selected.map { networks[$0].interface })
    guard let interface = spanned.first else {
      report(.emptySelection(name, syntax.name.range))
      return
    }
    if spanned.count > 1 {
      report(.ambiguousInterface(name, spanned.sorted().map { interfaces[$0].name }, syntax.name.range))
      return
    }
    var inner = scope
    inner.interface = interface
    expandedSize = 0
    let condition = condition(syntax.condition, inner)
    let post = post(syntax.post, inner)
    guard let condition, let post else { return }
    properties.append(
      PendingProperty(
        base: syntax.name.text, name: name, title: syntax.title, interface: interface, networks: selected,
        condition: condition, post: post, range: syntax.name.range))
  }

  // MARK: Overrides

  /// The checked properties with what overrides them; cycles are reported.
  mutating func resolveOverrides() -> [Property] {
    var overriders = [Set<Int>](repeating: [], count: properties.count)
    var edges: [Int: SourceRange] = [:]
    for pending in overrides {
      let winners = propertiesNamed(pending.winner, pending.labels)
      for loser in pending.losers {
        for index in propertiesNamed(loser, pending.labels) {
          overriders[index].formUnion(winners)
          edges[index] = loser.range
        }
      }
    }
    if let cyclic = firstOnCycle(overriders) {
      report(.cyclicOverrides(properties[cyclic].name, edges[cyclic] ?? properties[cyclic].range))
    }
    return zip(properties, overriders).map { pending, overriders in
      Property(
        name: pending.name, title: pending.title, interface: pending.interface,
        condition: pending.condition, post: pending.post, overriders: overriders.sorted(),
        range: pending.range)
    }
  }

  /// `p` means every instance of `p`, `p[left]` that one.
  private mutating func propertiesNamed(
    _ reference: ReferenceSyntax, _ labels: [String: String]
  ) -> [Int] {
    let base = reference.name.text
    let indices = reference.indices.map { index in
      let text = Self.label(index.range)
      return labels[text] ?? text
    }
    let name = indices.isEmpty ? base : base + "[" + indices.joined(separator: ",") + "]"
    let found = properties.indices.filter {
      indices.isEmpty ? properties[$0].base == base : properties[$0].name == name
    }
    if found.isEmpty, !diagnostics.containsError {
      report(
        .unknownName(name, "property", suggestion(for: name, among: properties.map(\.name)), reference.range))
    }
    return found
  }

  /// A property that overrides itself, directly or not: Kahn's algorithm leaves it over.
  private func firstOnCycle(_ overriders: [Set<Int>]) -> Int? {
    var remaining = overriders
    var open = Set(overriders.indices)
    while let free = open.first(where: { remaining[$0].isDisjoint(with: open) }) {
      open.remove(free)
      remaining[free] = []
    }
    return open.min()
  }
}
