import Diagnostics
import ExactArithmetic

/// Tests of the specification.
extension Checker {
  mutating func checkExpectations() -> [Expectation] {
    let instances = propertiesByName
    var expectations: [Expectation] = []
    for declaration in declarations {
      guard case .expect(let syntax) = declaration, spend(4, syntax.range) else { continue }
      guard
        let networks = networks(syntax.networks, of: "the expectation", syntax.range, isExpectation: true),
        let claim = claim(syntax, networks, instances)
      else { continue }
      expectations.append(
        Expectation(
          claim: claim, networks: networks, text: Self.oneLine(syntax.range), range: syntax.range))
    }
    return expectations
  }

  private mutating func claim(
    _ syntax: ExpectSyntax, _ networks: [Int], _ instances: [String: [Int]]
  ) -> Expectation.Claim? {
    switch syntax.claim {
    case .conflictsNone: return .conflictsNone
    case .abstainUnreachable: return .abstainUnreachable
    case .disjoint(let references):
      guard let properties = named(references, instances) else { return nil }
      let meet = networks.contains { network in
        properties.count { self.properties[$0].networks.contains(network) } > 1
      }
      if !meet {
        report(.disjointAlone(properties.count < 2, syntax.range))
        return nil
      }
      return .disjoint(properties)
    case .triggers(let point, let references, let isExact):
      let properties = named(references, instances)
      guard let index = interface(of: networks, "the point", syntax.range),
        let values = values(point, of: index, syntax.range), let properties
      else { return nil }
      return .triggers(point: values, properties: properties, isExact: isExact)
    case .chooses(let point, let references):
      guard let index = interface(of: networks, "the point", syntax.range) else { return nil }
      let outputs = outputSet(references, Scope(interface: index))
      guard let values = values(point, of: index, syntax.range), let outputs else { return nil }
      return .chooses(point: values, outputs: outputs)
    case .neverAbstains(let path, let range):
      guard interface(of: networks, "the file of inputs", syntax.range) != nil else { return nil }
      if path.isEmpty {
        report(.emptyDataPath(range))
        return nil
      }
      return .neverAbstains(path: path, range: range)
    }
  }

  /// The enforced properties that references mean, ascending; `nil` if one is wrong, which is reported.
  private mutating func named(_ references: [ReferenceSyntax], _ instances: [String: [Int]]) -> [Int]? {
    var found: Set<Int> = []
    var isValid = true
    for reference in references {
      let properties = propertiesNamed(reference, variables: [], Scope(), instances)
      guard !properties.isEmpty, spend(properties.count, reference.range) else {
        isValid = false
        continue
      }
      found.formUnion(properties)
    }
    return isValid ? found.sorted() : nil
  }

  /// The declaration behind `expect` on one line, with canonical blanks and without comments.
  private static func oneLine(_ range: SourceRange) -> String {
    var ignored = DiagnosticSet()
    let syntax = parse(SourceFile(name: "", text: range.text), reportingTo: &ignored)
    let spacing = Spacing(outline: Outline(syntax))
    return syntax.tokens.indices.dropFirst().dropLast().reduce(into: "") { text, index in
      if index > 1, !spacing.isTight(before: index) { text += " " }
      text += syntax.source.text(in: syntax.tokens[index].bytes)
    }
  }
}

extension Diagnostic {
  fileprivate static func disjointAlone(_ isSingle: Bool, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyExpectation,
      isSingle ? "one property alone is always disjoint" : "no network has two of these properties",
      at: .source(range), cure: "name at least two properties that are enforced on one network")
  }

  fileprivate static func emptyDataPath(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyExpectation, "the path of the inputs is empty", at: .source(range),
      cure: "name a `.csv` or `.npy` file, relative to this specification")
  }
}
