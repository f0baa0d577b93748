import Diagnostics

/// What an output's or group's name stands for.
enum OutputMeaning: Sendable {
  case output(Int)
  /// `class` of `class[10]`: its outputs are named with an index.
  case array(first: Int, count: Int)
  case group([Int])
}

/// Posts, reduced to precedences and places.
extension Checker {
  /// What a post demands; `.order` if `isEnforced`, for other demands are then reported.
  mutating func requirement(_ syntax: PostSyntax, _ scope: Scope, isEnforced: Bool) -> Requirement? {
    reduce(syntax, isNegated: false, isEnforced: isEnforced, scope)
  }

  /// `not` is pushed to the literals on the way down.
  private mutating func reduce(
    _ syntax: PostSyntax, isNegated: Bool, isEnforced: Bool, _ scope: Scope
  ) -> Requirement? {
    switch syntax {
    case .scoreBound(let reference, let relation, let bound, let range):
      guard isEnforced else { return score(reference, relation, bound, isNegated: isNegated, scope) }
      if output(reference, scope) != nil { report(.scoreBoundEnforced(range)) }
      return nil
    case .some(let variable, let groups, let body, _):
      let instances = groups.map { group -> Requirement? in
        var inner = scope
        guard spend(1, group.range) else { return nil }
        inner.variables[variable.text] = .alias(group, scope.variables)
        return reduce(body, isNegated: isNegated, isEnforced: isEnforced, inner)
      }
      return joined(instances, isAny: !isNegated)
    case .not(let operand, _):
      return reduce(operand, isNegated: !isNegated, isEnforced: isEnforced, scope)
    case .all(let parts, _), .any(let parts, _):
      let reduced = parts.map { reduce($0, isNegated: isNegated, isEnforced: isEnforced, scope) }
      if case .all = syntax { return joined(reduced, isAny: isNegated) }
      return joined(reduced, isAny: !isNegated)
    case .choose, .neverChoose, .above, .everyAbove, .top, .extreme, .invalid:
      return literal(syntax, isNegated: isNegated, scope).map { .order($0) }
    }
  }

  /// Demands on the order alone are joined to one.
  private func joined(_ parts: [Requirement?], isAny: Bool) -> Requirement? {
    let valid = parts.compactMap { $0 }
    guard valid.count == parts.count else { return nil }
    let orders = valid.compactMap { if case .order(let post) = $0 { post } else { nil } }
    if orders.count == valid.count { return .order(isAny ? .any(orders) : .all(orders)) }
    return isAny ? .any(valid) : .all(valid)
  }

  /// `coc <= 1500`. A negated bound is its complement.
  private mutating func score(
    _ reference: ReferenceSyntax, _ relation: ExpressionSyntax.Comparison, _ expression: ExpressionSyntax,
    isNegated: Bool, _ scope: Scope
  ) -> Requirement? {
    let output = output(reference, scope)
    guard let form = constant(expression, scope), let output else { return nil }
    guard form.dimension == .none else {
      report(.unitMismatch(form.dimension.description, "a plain number", expression.range))
      return nil
    }
    func bound(isUpper: Bool, isStrict: Bool) -> Requirement {
      .score(
        ScoreBound(
          output: output, isUpper: isUpper != isNegated, isStrict: isStrict != isNegated, bound: form.constant
        ))
    }
    switch relation {
    case .less: return bound(isUpper: true, isStrict: true)
    case .lessOrEqual: return bound(isUpper: true, isStrict: false)
    case .greater: return bound(isUpper: false, isStrict: true)
    case .greaterOrEqual: return bound(isUpper: false, isStrict: false)
    case .equal, .notEqual:
      let isStrict = relation == .notEqual
      let ends = [bound(isUpper: true, isStrict: isStrict), bound(isUpper: false, isStrict: isStrict)]
      return isStrict != isNegated ? .any(ends) : .all(ends)
    }
  }

  /// A post without parts; `not choose S` chooses from the complement.
  private mutating func literal(_ syntax: PostSyntax, isNegated: Bool, _ scope: Scope) -> Post? {
    guard let interface = scope.interface else { return nil }
    let count = interfaces[interface].outputs.count
    switch syntax {
    case .choose(let references, let range):
      return outputSet(references, scope).flatMap { choose($0, isNegated: isNegated, count, range) }
    case .neverChoose(let references, let range):
      return outputSet(references, scope).flatMap { choose($0, isNegated: !isNegated, count, range) }
    case .above(let references, let range):
      let outputs = references.map { output($0, scope) }
      guard !outputs.contains(nil) else { return nil }
      let chain = outputs.compactMap { $0 }
      guard Set(chain).count == chain.count else {
        report(.aboveItself(range))
        return nil
      }
      let literals = zip(chain, chain.dropFirst()).map { above, below in
        isNegated ? Post.precedes(above: below, below: above) : .precedes(above: above, below: below)
      }
      return isNegated ? .any(literals) : .all(literals)
    case .everyAbove(let above, let below, let range):
      return everyAbove(above, below, isNegated: isNegated, range, scope)
    case .top(let reference, let isBeyond, let number, let range):
      guard let output = output(reference, scope), let form = constant(number, scope) else { return nil }
      guard form.dimension == .none, let places = form.constant.asInt, (1..<count).contains(places) else {
        report(.badPlace(count - 1, range))
        return nil
      }
      return isBeyond != isNegated
        ? .notBefore(output: output, start: places) : .before(output: output, end: places)
    case .extreme(let reference, let isNot, let isMaximal, _):
      guard let output = output(reference, scope) else { return nil }
      let isBest = isMaximal == (interfaces[interface].better == .highest)
      if isNot != isNegated {
        return isBest ? .notBefore(output: output, start: 1) : .before(output: output, end: count - 1)
      }
      return isBest ? .before(output: output, end: 1) : .notBefore(output: output, start: count - 1)
    case .scoreBound, .some, .not, .all, .any, .invalid:
      return nil
    }
  }

  /// Some member of the set is strictly better than every output outside it: no output outside is
  /// among the best.
  private mutating func choose(
    _ outputs: [Int], isNegated: Bool, _ count: Int, _ range: SourceRange
  ) -> Post? {
    let chosen = Set(outputs)
    let excluded = (0..<count).filter { chosen.contains($0) == isNegated }
    if excluded.count == count {
      report(.nothingToChoose(range))
      return nil
    }
    guard spend(excluded.count, range) else { return nil }
    return .all(excluded.map { .notBefore(output: $0, start: 1) })
  }

  private mutating func everyAbove(
    _ above: ReferenceSyntax, _ below: ReferenceSyntax?, isNegated: Bool, _ range: SourceRange, _ scope: Scope
  ) -> Post? {
    guard let interface = scope.interface, let upper = outputSet([above], scope) else { return nil }
    var lower = interfaces[interface].outputs.indices.filter { !upper.contains($0) }
    if let below {
      guard let named = outputSet([below], scope) else { return nil }
      lower = named
    }
    guard Set(upper).isDisjoint(with: lower) else {
      report(.aboveItself(range))
      return nil
    }
    guard spend(upper.count * lower.count, range) else { return nil }
    let literals = upper.flatMap { a in
      lower.map { b in isNegated ? Post.precedes(above: b, below: a) : .precedes(above: a, below: b) }
    }
    return isNegated ? .any(literals) : .all(literals)
  }

  // MARK: Names of outputs

  /// The output that a reference means; groups and unknown names are reported.
  mutating func output(_ reference: ReferenceSyntax, _ scope: Scope) -> Int? {
    guard let outputs = outputSet([reference], scope) else { return nil }
    if case .group = meaning(of: reference, scope) {
      report(.groupInsteadOfOutput(reference.name.text, reference.range))
      return nil
    }
    return outputs[0]
  }

  private func meaning(of reference: ReferenceSyntax, _ scope: Scope) -> OutputMeaning? {
    if case .alias(let other, let variables) = scope.variables[reference.name.text] {
      var inner = scope
      inner.variables = variables
      return meaning(of: other, inner)
    }
    return scope.interface.flatMap { outputNames[$0][reference.name.text] }
  }

  /// The outputs that references mean together, ascending; `nil` if one is wrong, which is reported.
  mutating func outputSet(_ references: [ReferenceSyntax], _ scope: Scope) -> [Int]? {
    var outputs: Set<Int> = []
    var isValid = true
    for reference in references {
      guard let members = members(reference, scope), spend(members.count, reference.range) else {
        isValid = false
        continue
      }
      outputs.formUnion(members)
    }
    return isValid ? outputs.sorted() : nil
  }

  private mutating func members(_ reference: ReferenceSyntax, _ scope: Scope) -> [Int]? {
    guard let interface = scope.interface else { return nil }
    let name = reference.name.text
    if case .alias(let other, let variables) = scope.variables[name] {
      guard reference.indices.isEmpty else {
        report(.wrongIndexCount(name, 0, reference.range))
        return nil
      }
      var inner = scope
      inner.variables = variables
      return members(other, inner)
    }
    switch outputNames[interface][name] {
    case .output(let index) where reference.indices.isEmpty: return [index]
    case .group(let members) where reference.indices.isEmpty: return members
    case .array(let first, let count):
      guard reference.indices.count == 1 else {
        report(.wrongIndexCount(name, 1, reference.range))
        return nil
      }
      return index(reference.indices[0], below: count, scope).map { [first + $0] }
    case .output, .group:
      report(.wrongIndexCount(name, 0, reference.range))
      return nil
    case nil:
      if isFull || broken.contains(name) { return nil }
      let known = outputNames[interface].keys.sorted() + scope.variables.keys.sorted()
      report(.notAnOutput(name, suggestion(for: name, among: known), reference.range))
      return nil
    }
  }
}
