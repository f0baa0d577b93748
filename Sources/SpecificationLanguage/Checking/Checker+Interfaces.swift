import Diagnostics
import ExactArithmetic

/// Interfaces: inputs with unit, domain and normalisation; outputs with groups and order.
extension Checker {
  mutating func checkInterface(_ syntax: InterfaceSyntax) {
    if let first = interfacePlaces[syntax.name.text] {
      report(.duplicateName(syntax.name, first: interfaces[first].range))
      return
    }
    interfacePlaces[syntax.name.text] = interfaces.count
    var scalars: [InputScalar] = []
    var units: [Unit] = []
    var shapes: [String: (first: Int, shape: [Int])] = [:]
    var names: [String: SourceRange] = [:]
    for input in syntax.inputs {
      if let first = names[input.name.text] { report(.duplicateName(input.name, first: first)) }
      names[input.name.text] = input.name.range
      reportShadowing(input.name)
      let room = Self.inputLimit - scalars.count - inputCount
      guard let shape = shape(input, room: room), let scalar = scalar(input) else {
        broken.insert(input.name.text)
        continue
      }
      shapes[input.name.text] = (scalars.count, shape)
      for indices in Self.indices(shape) {
        let suffix = indices.isEmpty ? "" : "[" + indices.map(String.init).joined(separator: ",") + "]"
        scalars.append(scalar.input.named(input.name.text + suffix))
        units.append(scalar.unit)
      }
    }
    let index = interfaces.count
    inputCount += units.count
    inputUnits.append(units)
    inputShapes.append(shapes)
    checkOutputs(syntax, inputs: scalars, inputNames: names, index: index)
  }

  /// Parameters and conditions are visible in every interface, so an input of the same name would hide one.
  private mutating func reportShadowing(_ name: NameSyntax) {
    if let first = params[name.text]?.name.range ?? lets[name.text]?.name.range {
      report(.duplicateName(name, first: first))
    }
  }

  private mutating func shape(_ input: InputSyntax, room: Int) -> [Int]? {
    var shape: [Int] = []
    var total = 1
    for size in input.shape {
      guard let value = wholeNumber(size, atLeast: 1, "a size") else { return nil }
      let (product, overflow) = total.multipliedReportingOverflow(by: value)
      guard !overflow, product <= room else {
        report(.tooMany("inputs", Self.inputLimit, size.range))
        return nil
      }
      total = product
      shape.append(value)
    }
    guard total <= room else {
      report(.tooMany("inputs", Self.inputLimit, input.name.range))
      return nil
    }
    return shape
  }

  /// All index tuples of a shape, the last index fastest; one empty tuple for a scalar.
  private static func indices(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { tuples, size in tuples.flatMap { tuple in (0..<size).map { tuple + [$0] } } }
  }

  private mutating func scalar(_ syntax: InputSyntax) -> (input: InputScalar, unit: Unit)? {
    guard let unit = unit(syntax.unit) else { return nil }
    var domain: Domain?
    var lowest = -Float.greatestFiniteMagnitude
    var highest = Float.greatestFiniteMagnitude
    if let (lower, upper) = syntax.domain {
      // As in conditions, a bare lower end takes the unit that is written at the upper one.
      let lowerInUnit = Self.literalUnit(upper).flatMap { Self.withUnit(lower, $0) } ?? lower
      guard let high = inUnit(upper, unit), let low = inUnit(lowerInUnit, unit) else { return nil }
      guard low <= high, let first = low.floatNotBelow, let last = high.floatNotAbove, first <= last else {
        report(.badDomain(isEmpty: low > high, SourceRange(lower.range, to: upper.range)))
        return nil
      }
      domain = Domain(lower: low, upper: high)
      lowest = first + 0
      highest = last + 0
    }
    guard let normalization = normalization(syntax) else { return nil }
    let isPlain = syntax.unit.factors.allSatisfy { $0.name.isEmpty }
    let scalar = InputScalar(
      name: syntax.name.text, unit: isPlain ? "" : syntax.unit.text, scale: UnitScale(unit),
      domain: domain, normalization: normalization, range: syntax.name.range, lowest: lowest,
      highest: highest)
    return (scalar, unit)
  }

  /// A domain's end, or a value, in the input's own unit; a bare number is in that unit already.
  mutating func inUnit(_ expression: ExpressionSyntax, _ unit: Unit) -> Rational? {
    guard let form = constant(expression, Scope()) else { return nil }
    if form.dimension == .none, unit.dimension != .none || Self.isBare(expression) { return form.constant }
    guard agree(form, .constant(unit.scale, unit.dimension), expression.range) else { return nil }
    return (form.constant - unit.offset) / unit.scale
  }

  /// `normalize` is affine in the input's numeric value: `(x - center) * scale`.
  private mutating func normalization(_ syntax: InputSyntax) -> Normalization? {
    guard let expression = syntax.normalization else { return .identity }
    if let unit = Self.firstUnit(in: expression) {
      report(.normalizationHasUnit(unit.range))
      return nil
    }
    var scope = Scope()
    let value = LinearForm(dimension: .none, terms: [0: .one], constant: .zero)
    scope.variables[syntax.name.text] = .quantity(value)
    guard let form = quantity(expression, scope) else { return nil }
    guard form.dimension == .none else {
      report(.normalizationHasUnit(expression.range))
      return nil
    }
    guard let scale = form.terms[0] else {
      report(.normalizationIsConstant(syntax.name.text, expression.range))
      return nil
    }
    let center = -form.constant / scale
    guard center.nearestFloat != nil, let factor = scale.nearestFloat, factor != 0,
      (Rational.one / scale).nearestFloat != nil
    else {
      report(.normalizationOutOfRange(expression.range))
      return nil
    }
    return Normalization(center: center, scale: scale)
  }

  // MARK: Outputs

  private mutating func checkOutputs(
    _ syntax: InterfaceSyntax, inputs: [InputScalar], inputNames: [String: SourceRange], index: Int
  ) {
    var outputs: [String] = []
    var meanings: [String: OutputMeaning] = [:]
    var names = inputNames
    for output in syntax.outputs {
      declare(output.name, &names)
      guard let count = output.count else {
        meanings[output.name.text] = .output(outputs.count)
        outputs.append(output.name.text)
        continue
      }
      guard let size = wholeNumber(count, atLeast: 1, "a number of outputs") else {
        broken.insert(output.name.text)
        continue
      }
      let room = Self.outputLimit - outputs.count - outputCount
      guard size <= room else {
        report(.tooMany("outputs", Self.outputLimit, count.range))
        broken.insert(output.name.text)
        continue
      }
      meanings[output.name.text] = .array(first: outputs.count, count: size)
      outputs += (0..<size).map { "\(output.name.text)[\($0)]" }
    }
    outputCount += outputs.count
    if outputCount > Self.outputLimit, outputCount - outputs.count <= Self.outputLimit {
      report(.tooMany("outputs", Self.outputLimit, syntax.outputs[syntax.outputs.count - 1].name.range))
    }
    if outputs.count < 2, broken.isDisjoint(with: syntax.outputs.map(\.name.text)) {
      report(.tooFewOutputs(syntax.name.range))
    }
    if syntax.choice == nil { report(.missingChoice(syntax.name.range)) }
    outputNames.append(meanings)
    interfaces.append(
      Interface(
        name: syntax.name.text, inputs: inputs, outputs: outputs, groups: [],
        better: syntax.choice?.isHighest == false ? .lowest : .highest, tieOrder: Array(outputs.indices),
        abstainsOnConflict: syntax.abstention != nil,
        abstentionRange: syntax.abstention,
        inputShape: syntax.inputs.count == 1 ? inputShapes[index].values.first?.shape ?? [] : [],
        range: syntax.name.range))

    for group in syntax.groups { declare(group.name, &names) }
    let groups = groups(syntax.groups, index: index)
    var preferred: [Int] = []
    var rest = Set(outputs.indices)
    for reference in syntax.tiePreference {
      for output in outputSet([reference], Scope(interface: index)) ?? [] {
        if rest.remove(output) == nil { report(.preferredTwice(outputs[output], reference.range)) }
        preferred.append(output)
      }
    }
    interfaces[index] = interfaces[index].with(groups: groups, tieOrder: preferred + rest.sorted())
  }

  /// Groups may name groups, wherever they stand.
  private mutating func groups(_ syntax: [GroupSyntax], index: Int) -> [OutputGroup] {
    let places = Dictionary(
      syntax.enumerated().map { ($1.name.text, $0) }, uniquingKeysWith: { first, _ in first })
    let graph = Graph(
      successors: syntax.map { group in Array(Set(group.members.compactMap { places[$0.name.text] })) })
    for cycle in graph.cycles {
      let name = syntax[cycle[0]].name
      report(.cyclicDefinition(name.text, name.range))
    }
    var members = [[Int]?](repeating: nil, count: syntax.count)
    for place in graph.order {
      members[place] = outputSet(syntax[place].members, Scope(interface: index))
      if let known = members[place] { outputNames[index][syntax[place].name.text] = .group(known) }
    }
    for (group, known) in zip(syntax, members) where known == nil { broken.insert(group.name.text) }
    return zip(syntax, members).compactMap { group, known in
      known.map { OutputGroup(name: group.name.text, members: $0) }
    }
  }

  private mutating func declare(_ name: NameSyntax, _ names: inout [String: SourceRange]) {
    if let first = names[name.text] { report(.duplicateName(name, first: first)) }
    names[name.text] = name.range
  }
}

extension InputScalar {
  fileprivate func named(_ name: String) -> InputScalar {
    InputScalar(
      name: name, unit: unit, scale: scale, domain: domain, normalization: normalization, range: range,
      lowest: lowest,
      highest: highest)
  }
}

extension Interface {
  fileprivate func with(groups: [OutputGroup], tieOrder: [Int]) -> Interface {
    Interface(
      name: name, inputs: inputs, outputs: outputs, groups: groups, better: better, tieOrder: tieOrder,
      abstainsOnConflict: abstainsOnConflict, abstentionRange: abstentionRange, inputShape: inputShape,
      range: range)
  }
}
