import Diagnostics
import ExactArithmetic

/// Robustness and Lipschitz clauses.
extension Checker {
  mutating func checkRobustness(_ syntax: RobustSyntax) {
    let name = syntax.name.text
    if let first = propertyNames[name] {
      report(.duplicateName(syntax.name, first: first))
      return
    }
    propertyNames[name] = syntax.name.range
    let selected = networks(syntax.networks, of: name, syntax.name.range)
    guard let selected, let index = interface(of: selected, name, syntax.name.range) else {
      broken.insert(name)
      return
    }
    let scope = Scope(interface: index)
    let radius = radius(syntax, of: index)
    let places = places(syntax, of: index, scope)
    let groups = syntax.groups.map { outputSet([$0], scope) }
    guard let radius, let places, !groups.contains(nil) else {
      broken.insert(name)
      return
    }
    for (reference, members) in zip(syntax.groups, groups) where members?.count == 1 {
      report(.loneOutput(reference))
    }
    robustness.append(
      RobustnessClause(
        name: name, title: syntax.title, interface: index, networks: selected, norm: syntax.norm,
        space: syntax.space, radius: radius, places: places, groups: groups.compactMap { $0 },
        abstainsWhenUncertified: syntax.abstainsWhenUncertified, range: syntax.name.range))
  }

  mutating func checkLipschitz(_ syntax: LipschitzSyntax) {
    let name = syntax.name.text
    if let first = propertyNames[name] {
      report(.duplicateName(syntax.name, first: first))
      return
    }
    propertyNames[name] = syntax.name.range
    let selected = networks(syntax.networks, of: name, syntax.name.range)
    guard let selected, let index = interface(of: selected, name, syntax.name.range),
      let bound = bound(syntax, of: index)
    else {
      broken.insert(name)
      return
    }
    lipschitz.append(
      LipschitzClause(
        name: name, title: syntax.title, interface: index, networks: selected, norm: syntax.norm,
        space: syntax.space, bound: bound, range: syntax.name.range))
  }

  /// A bare number is per one of the inputs' common unit. Scores have no unit.
  private mutating func bound(_ syntax: LipschitzSyntax, of index: Int) -> Rational? {
    guard let unit = distanceUnit(syntax.space, of: index, syntax.distance) else { return nil }
    let inverse = Unit(dimension: unit.dimension.power(-1), scale: Rational.one / unit.scale)
    return positive("a Lipschitz bound", syntax.bound, in: inverse, of: index)
  }

  private mutating func radius(_ syntax: RobustSyntax, of index: Int) -> Rational? {
    guard let unit = distanceUnit(syntax.space, of: index, syntax.ball) else { return nil }
    return positive("a radius", syntax.radius, in: unit, of: index)
  }

  /// The unit of distances between inputs. A norm over physical inputs needs them all in one unit.
  private mutating func distanceUnit(
    _ space: NormSpace, of index: Int, _ range: SourceRange
  ) -> Unit? {
    guard space == .physical, let unit = inputUnits[index].first else { return .one }
    let other = inputUnits[index].firstIndex { $0.dimension != unit.dimension || $0.scale != unit.scale }
    guard let other else { return unit }
    report(.mixedUnitNorm(interfaces[index].inputs[0], interfaces[index].inputs[other], range))
    return nil
  }

  /// A positive constant as a number of `unit`; a bare number is that.
  private mutating func positive(
    _ what: String, _ syntax: ExpressionSyntax, in unit: Unit, of index: Int
  ) -> Rational? {
    guard let form = constant(syntax, Scope(interface: index)) else { return nil }
    var value = form.constant
    if form.dimension != .none || !Self.isBare(syntax) {
      let wanted = LinearForm(dimension: unit.dimension, constant: .zero)
      guard agree(form, wanted, syntax.range) else { return nil }
      value = value / unit.scale
    }
    guard value.signum > 0, !form.hasPoint else {
      report(.notPositive(what, syntax.range))
      return nil
    }
    return value
  }

  /// `top 1` or `top 1..k`, with k smaller than the number of outputs.
  private mutating func places(_ syntax: RobustSyntax, of index: Int, _ scope: Scope) -> Int? {
    let last = syntax.last ?? syntax.first
    guard let low = constant(syntax.first, scope), let high = constant(last, scope) else { return nil }
    let count = interfaces[index].outputs.count
    guard low.dimension == .none, low.constant == .one, high.dimension == .none,
      let places = high.constant.asInt, (1..<count).contains(places)
    else {
      report(.badRobustPlaces(count - 1, SourceRange(syntax.first.range, to: last.range)))
      return nil
    }
    return places
  }
}

extension Diagnostic {
  fileprivate static func mixedUnitNorm(
    _ a: InputScalar, _ b: InputScalar, _ range: SourceRange
  ) -> Diagnostic {
    func unit(_ input: InputScalar) -> String { input.unit.isEmpty ? "no unit" : "`\(input.unit)`" }
    return Diagnostic(
      .mixedUnitNorm,
      "a distance over physical inputs of different units: `\(a.name)` has \(unit(a)), `\(b.name)` has \(unit(b))",
      at: .source(range), cure: "write `of normalized`, or declare the inputs in one unit")
  }

  fileprivate static func loneOutput(_ reference: ReferenceSyntax) -> Diagnostic {
    Diagnostic(
      .loneOutput, "`\(reference.name.text)` is one output, so `inside` permits nothing more with it",
      severity: .warning, at: .source(reference.range),
      cure: "name a group of the outputs that may take each other's place: `group alike = { a, b }`")
  }

  fileprivate static func badRobustPlaces(_ last: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badPlace, "`keep top` takes 1 or a range from 1 to at most \(last)", at: .source(range),
      cure: "write `keep top 1`, or `keep top 1..k`")
  }
}
