import Diagnostics

/// Gathers symbols, then the places that name them.
struct SymbolCollector {
  /// What names mean at a place.
  struct Scope {
    /// Arguments and variables, the innermost of each name.
    var variables: [String: Int] = [:]
    /// Indices into `interfaces`: those whose inputs and outputs may be meant; more than one where it depends on
    /// the use.
    var interfaces: [Int] = []
  }

  struct InterfaceNames {
    var inputs: [String: [Int]] = [:]
    /// Outputs and groups.
    var outputs: [String: [Int]] = [:]
  }

  private(set) var symbols: [DeclaredName] = []
  private(set) var occurrences: [Occurrence] = []
  private(set) var imports: [(range: SourceRange, targetName: String)] = []
  private(set) var interfaces: [InterfaceNames] = []
  /// Of each name: parameters and conditions; units; interfaces; networks; properties, robustness and Lipschitz
  /// clauses.
  private(set) var values: [String: [Int]] = [:]
  private(set) var units: [String: [Int]] = [:]
  private var interfaceSymbols: [String: [Int]] = [:]
  private var interfacePlaces: [String: Int] = [:]
  private var networks: [String: [Int]] = [:]
  private var networkInterfaces: [String: String] = [:]
  private(set) var properties: [String: [Int]] = [:]

  mutating func collect(_ tree: SpecTree) {
    let files = tree.imported.map(\.syntax) + [tree.root]
    for file in files { for declaration in file.declarations { collect(declaration) } }
    for file in files {
      for declaration in file.declarations { visit(declaration, Scope()) }
    }
  }

  // MARK: Declaring

  @discardableResult
  mutating func declare(
    _ name: NameSyntax, _ kind: DeclaredName.Kind, interface: String? = nil, title: String = ""
  ) -> Int {
    symbols.append(DeclaredName(kind: kind, name: name, interface: interface, title: title))
    occurrences.append(Occurrence(range: name.range, symbols: [symbols.count - 1], isDefinition: true))
    return symbols.count - 1
  }

  private mutating func collect(_ declaration: DeclarationSyntax) {
    switch declaration {
    case .param(let syntax): values[syntax.name.text, default: []].append(declare(syntax.name, .param))
    case .let(let syntax): values[syntax.name.text, default: []].append(declare(syntax.name, .condition))
    case .unit(let syntax): units[syntax.name.text, default: []].append(declare(syntax.name, .unit))
    case .interface(let syntax): declareInterface(syntax)
    case .network(let syntax):
      networks[syntax.name.text, default: []].append(declare(syntax.name, .network))
      networkInterfaces[syntax.name.text] = syntax.interface.text
    case .property(let syntax):
      let symbol = declare(syntax.name, .property(syntax.role), title: syntax.title)
      properties[syntax.name.text, default: []].append(symbol)
    case .robust(let syntax):
      properties[syntax.name.text, default: []].append(
        declare(syntax.name, .robustness, title: syntax.title))
    case .lipschitz(let syntax):
      properties[syntax.name.text, default: []].append(declare(syntax.name, .lipschitz, title: syntax.title))
    case .for(let syntax): for member in syntax.body { collect(member) }
    case .import, .overrides, .expect: break
    }
  }

  private mutating func declareInterface(_ syntax: InterfaceSyntax) {
    interfaceSymbols[syntax.name.text, default: []].append(declare(syntax.name, .interface))
    interfacePlaces[syntax.name.text] = interfacePlaces[syntax.name.text] ?? interfaces.count
    var names = InterfaceNames()
    for input in syntax.inputs {
      names.inputs[input.name.text, default: []].append(
        declare(input.name, .input, interface: syntax.name.text))
    }
    for output in syntax.outputs {
      names.outputs[output.name.text, default: []].append(
        declare(output.name, .output, interface: syntax.name.text))
    }
    for group in syntax.groups {
      names.outputs[group.name.text, default: []].append(
        declare(group.name, .group, interface: syntax.name.text))
    }
    interfaces.append(names)
  }

  // MARK: Naming

  /// Records a use; nothing where no symbol is meant.
  mutating func use(_ range: SourceRange, _ symbols: [Int]?) {
    guard let symbols, !symbols.isEmpty else { return }
    occurrences.append(
      Occurrence(range: range, symbols: Array(Set(symbols)).sorted(), isDefinition: false))
  }

  mutating func useInterface(_ name: NameSyntax) { use(name.range, interfaceSymbols[name.text]) }
  mutating func useNetwork(_ name: NameSyntax) { use(name.range, networks[name.text]) }

  mutating func useImport(_ syntax: ImportSyntax) {
    imports.append((syntax.range, importedPath(syntax.path, from: syntax.range.file.name)))
  }

  /// The place of the interface of that name that is being visited.
  func place(ofInterface name: String) -> Int? { interfacePlaces[name] }

  /// The interfaces of the networks that are named, or of all networks.
  func interfaces(of networks: [NameSyntax]?) -> [Int] {
    let names = networks.map { $0.map(\.text) } ?? Array(networkInterfaces.keys)
    return Set(names.compactMap { networkInterfaces[$0] }.compactMap { interfacePlaces[$0] }).sorted()
  }
}
