import Diagnostics
import ExactArithmetic

/// Interfaces: inputs with unit, domain and normalisation; outputs with groups and order.
extension Checker {
  mutating func checkInterface(_ syntax: InterfaceSyntax) {
    if let first = interfaces.first(where: { $0.name == syntax.name.text }) {
      report(.duplicateName(syntax.name, first: first.range))
      return
    }
    var scalars: [InputScalar] = []
    var units: [Unit] = []
    var shapes: [String: (first: Int, shape: [Int])] = [:]
    var names: [String: SourceRange] = [:]
    for input in syntax.inputs {
      if let first = names[input.name.text] { report(.duplicateName(input.name, first: first)) }
      names[input.name.text] = input.name.range
      reportShadowing(input.name)
      guard let shape = shape(input, room: Self.inputLimit - scalars.count) else { continue }
      guard let scalar = scalar(input) else { continue }
      shapes[input.name.text] = (scalars.count, shape)
      for indices in Self.indices(shape) {
        let suffix = indices.isEmpty ? "" : "[" + indices.map(String.init).joined(separator: ",") + "]"
        scalars.append(scalar.input.named(input.name.text + suffix))
        units.append(scalar.unit)
      }
    }
    let index = interfaces.count
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
      guard let low = inUnit(lower, syntax.unit, unit), let high = inUnit(upper, syntax.unit, unit) else {
        return nil
      }
      guard low <= high, let first = low.floatNotBelow, let last = high.floatNotAbove, first <= last else {
        report(
          .badDomain(
            low > high,
            SourceRange(
              file: syntax.name.range.file, bytes: lower.range.bytes.lowerBound..<upper.range.bytes.upperBound
            )))
        return nil
      }
      domain = Domain(lower: low, upper: high)
      lowest = first + 0
      highest = last + 0
    }
    guard let normalization = normalization(syntax) else { return nil }
    let isPlain = syntax.unit.factors.allSatisfy { $0.name.isEmpty }
    let scalar = InputScalar(
      name: syntax.name.text, unit: isPlain ? "" : syntax.unit.range.text.filter { !$0.isWhitespace },
      domain: domain, normalization: normalization, range: syntax.name.range, lowest: lowest,
      highest: highest)
    return (scalar, unit)
  }

  /// A domain's end in the input's own unit; a bare number is in that unit already.
  private mutating func inUnit(
    _ expression: ExpressionSyntax, _ syntax: UnitSyntax, _ unit: Unit
  ) -> Rational? {
    guard let form = constant(expression, Scope()) else { return nil }
    if form.dimension == .none, unit.dimension != .none { return form.constant }
    if Self.withUnit(expression, syntax) != nil { return form.constant }
    let reference = LinearForm.constant(unit.scale, unit.dimension)
    guard agree(form, reference, expression.range) else { return nil }
    return (form.constant - unit.offset) / unit.scale
  }

  /// `normalize` is affine in the input's numeric value: `(x - center) * scale`.
  private mutating func normalization(_ syntax: InputSyntax) -> Normalization? {
    guard let expression = syntax.normalization else { return .identity }
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
      guard let size = wholeNumber(count, atLeast: 1, "a number of outputs") else { continue }
      guard size <= Self.outputLimit - outputs.count else {
        report(.tooMany("outputs", Self.outputLimit, count.range))
        continue
      }
      meanings[output.name.text] = .array(first: outputs.count, count: size)
      outputs += (0..<size).map { "\(output.name.text)[\($0)]" }
    }
    if outputs.count < 2 { report(.tooFewOutputs(syntax.name.range)) }
    if syntax.choice == nil { report(.missingChoice(syntax.name.range)) }
    outputNames.append(meanings)
    interfaces.append(
      Interface(
        name: syntax.name.text, inputs: inputs, outputs: outputs, groups: [],
        better: syntax.choice?.isHighest == false ? .lowest : .highest, tieOrder: Array(outputs.indices),
        abstainsOnConflict: syntax.abstainsOnConflict, range: syntax.name.range))

    let scope = Scope(interface: index)
    var groups: [OutputGroup] = []
    for group in syntax.groups {
      declare(group.name, &names)
      guard let members = outputSet(group.members, scope) else { continue }
      outputNames[index][group.name.text] = .group(members)
      groups.append(OutputGroup(name: group.name.text, members: members))
    }
    var preferred: [Int] = []
    for reference in syntax.tiePreference {
      for output in outputSet([reference], scope) ?? [] {
        if preferred.contains(output) { report(.preferredTwice(outputs[output], reference.range)) }
        preferred.append(output)
      }
    }
    let rest = outputs.indices.filter { !preferred.contains($0) }
    interfaces[index] = interfaces[index].with(groups: groups, tieOrder: preferred + rest)
  }

  private mutating func declare(_ name: NameSyntax, _ names: inout [String: SourceRange]) {
    if let first = names[name.text] { report(.duplicateName(name, first: first)) }
    names[name.text] = name.range
  }
}

extension InputScalar {
  fileprivate func named(_ name: String) -> InputScalar {
    InputScalar(
      name: name, unit: unit, domain: domain, normalization: normalization, range: range, lowest: lowest,
      highest: highest)
  }
}

extension Interface {
  fileprivate func with(groups: [OutputGroup], tieOrder: [Int]) -> Interface {
    Interface(
      name: name, inputs: inputs, outputs: outputs, groups: groups, better: better, tieOrder: tieOrder,
      abstainsOnConflict: abstainsOnConflict, range: range)
  }
}
