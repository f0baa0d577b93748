import SpecificationLanguage

extension Specification {
  /// What can be written at `offset`: words of the language, names and units that fit the place.
  func completions(at offset: Int, in file: String) -> [Wire.CompletionItem] {
    guard let syntax = syntax(of: file) else { return [] }
    let finding = CompletionPlace.find(in: syntax, at: offset)
    let place = finding.place
    let words = place.words + (finding.mayBeginDeclaration ? CompletionPlace.declaration.words : [])
    var items = words.map { Wire.CompletionItem(label: $0, kind: 14, detail: "") }
    if finding.followsNumber || place == .unit { items += units }
    for symbol in index.symbols where !finding.followsNumber && place.accepts(symbol.kind) {
      items.append(
        Wire.CompletionItem(
          label: symbol.name.text, kind: symbol.kind.completionKind,
          detail: symbol.kind.description + (symbol.title.isEmpty ? "" : ": " + symbol.title)))
    }
    var known: Set<String> = []
    return items.filter { known.insert($0.label).inserted }
  }

  private var units: [Wire.CompletionItem] {
    let declared = index.symbols.filter { $0.kind == .unit }.map(\.name.text)
    return (declared + ConstantTexts.unitNames).map { name in
      Wire.CompletionItem(
        label: name, kind: 11, detail: ConstantTexts.unit(name).map { "1 \(name) = \($0)" } ?? "unit")
    }
  }
}

/// What fits where.
extension CompletionPlace {
  private static let declarations = [
    "import", "param", "unit", "let", "interface", "network", "networks", "enforce", "verify", "monitor",
    "robust", "lipschitz", "expect", "for",
  ]

  var words: [String] {
    switch self {
    case .nothing, .items, .properties, .point, .constant, .unit: []
    case .declaration: Self.declarations
    case .member: ["enforce", "verify", "monitor", "for"]
    case .interfaceBody: ["inputs", "outputs"]
    case .inputs, .domain: ["in", "normalize"]
    case .normalization: []
    case .outputs: ["group", "choose", "lowest", "highest", "ties", "prefer", "abstain", "when", "conflict"]
    case .model: ["check", "header"] + Self.declarations
    case .propertyHead: ["on"]
    case .network: ["except"]
    case .propertyBody: ["when"]
    case .condition: ["and", "or", "not", "in", "min", "max", "raw", "choice", "true", "false", "then"]
    case .post:
      [
        "choose", "one", "of", "never", "every", "some", "other", "above", "in", "top", "is", "not",
        "maximal",
        "minimal", "and", "or",
      ]
    case .robustness:
      [
        "within", "L2", "Linf", "of", "physical", "normalized", "keep", "top", "inside", "abstain", "when",
        "uncertified",
      ]
    case .lipschitz: ["L2", "Linf", "of", "physical", "normalized", "to", "margins"]
    case .expectation:
      [
        "disjoint", "conflicts", "none", "abstain", "unreachable", "at", "triggers", "only", "chooses", "run",
        "over",
        "never", "abstains", "on",
      ]
    }
  }

  func accepts(_ kind: DeclaredName.Kind) -> Bool {
    switch self {
    case .nothing, .declaration, .member, .inputs, .unit, .model, .propertyHead, .propertyBody: false
    case .interfaceBody: kind == .interface
    case .domain, .constant, .lipschitz: kind == .param || kind == .variable
    case .normalization: kind == .input || kind == .param
    case .outputs: kind == .output || kind == .group
    case .network: kind == .network
    case .condition: [.input, .param, .condition, .argument, .variable].contains(kind)
    case .post: [.output, .group, .variable, .param].contains(kind)
    case .robustness: kind == .group || kind == .param
    case .items: [.output, .group, .input, .param, .condition].contains(kind) || kind.isProperty
    case .properties: kind.isProperty
    case .expectation: kind.isProperty || kind == .output || kind == .network
    case .point: kind == .input
    }
  }
}

extension DeclaredName.Kind {
  fileprivate var isProperty: Bool {
    if case .property = self { true } else { false }
  }

  /// The protocol's number.
  fileprivate var completionKind: Int {
    switch self {
    case .param: 21
    case .unit: 11
    case .condition: 3
    case .interface: 8
    case .network: 9
    case .input: 5
    case .output: 20
    case .group: 13
    case .property, .robustness, .lipschitz: 23
    case .argument, .variable, .familyIndex: 6
    }
  }
}
