import Diagnostics
import ExactArithmetic

/// Checks a parsed specification: names, units, shapes, domains and normalisation agree, families are
/// expanded, conditions and posts are reduced. All errors of the stage are reported at once.
///
/// - Throws: everything reported, if any of it is an error.
public func check(
  _ tree: SpecTree, reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> CheckedSpec {
  var checker = Checker(tree)
  let spec = checker.run()
  diagnostics.report(contentsOf: checker.diagnostics)
  guard let spec, !diagnostics.containsError else { throw diagnostics }
  return spec
}

/// ``check(_:reportingTo:)`` of one file alone: an import in it is an error.
public func check(
  _ syntax: SpecSyntax, reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> CheckedSpec {
  let tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
    throw DiagnosticSet([Diagnostic(.unreadableFile, "there are no files here", at: .none)])
  }
  return try check(tree, reportingTo: &diagnostics)
}

/// The state of a check. Declarations are collected first, so their order means nothing.
struct Checker {
  static let networkLimit = 10_000
  static let propertyLimit = 10_000
  /// Pairs of a network and a property that is enforced on it.
  static let pairLimit = 1 << 22
  /// Scalars of all interfaces together.
  static let inputLimit = 1 << 20
  static let outputLimit = 1 << 14
  /// Nodes of all conditions and posts together, after expansion of `let`s, groups and `for`s.
  static let sizeLimit = 1 << 21
  /// Nodes of one `let`, those that it uses included.
  static let letLimit = 1 << 19
  /// Evaluation is recursive; this bounds the stack.
  static let depthLimit = 400
  /// Beyond so many errors, further ones say little.
  static let diagnosticLimit = 200

  let tree: SpecTree
  let declarations: [DeclarationSyntax]
  private(set) var diagnostics = DiagnosticSet()
  private var errorCount = 0
  private var warningCount = 0
  /// Messages already given, so that a `let` used ten times complains once.
  private var reported: Set<String> = []

  var params: [String: ParamSyntax] = [:]
  /// The values of parameters that are given from outside.
  var definitions: [String: Definition] = [:]
  var units: [String: UnitDeclarationSyntax] = [:]
  var lets: [String: LetSyntax] = [:]
  /// Every input of every interface.
  private(set) var inputNames: Set<String> = []
  /// Names whose declarations are wrong, which was reported: their uses are no further mistakes.
  var broken: Set<String>
  /// Values of parameters and units as they become known; `nil` while (or because) they are not.
  var paramValues: [String: LinearForm?] = [:]
  var unitValues: [String: Unit?] = [:]

  var interfaces: [Interface] = []
  var interfacePlaces: [String: Int] = [:]
  /// Scalars of all interfaces.
  var inputCount = 0
  var outputCount = 0
  /// Per interface: the unit of each input scalar.
  var inputUnits: [[Unit]] = []
  /// Per interface: first scalar and shape of each declared input.
  var inputShapes: [[String: (first: Int, shape: [Int])]] = []
  /// Per interface: what each name of an output or group stands for.
  var outputNames: [[String: OutputMeaning]] = []
  var families: [NetworkFamily] = []
  var familyPlaces: [String: Int] = [:]
  var networks: [NetworkInstance] = []
  var properties: [PendingProperty] = []
  var rawProperties: [RawProperty] = []
  var robustness: [RobustnessClause] = []
  var lipschitz: [LipschitzClause] = []
  /// The networks that an `except` names.
  var excepted: Set<Int> = []
  /// Each instance's name and where it is declared.
  var propertyNames: [String: SourceRange] = [:]
  var overrides: [PendingOverride] = []
  var pairCount = 0
  /// The parameters and units whose values are being worked out, outermost first.
  var resolvingParams: [String] = []
  var resolvingUnits: [String] = []
  /// Nodes expanded so far, and how deep evaluation is in them.
  /// The calls with arguments that enclose what is evaluated, outermost first.
  var uses: [SourceRange] = []
  private var expandedSize = 0
  /// Where there were too many; nothing is expanded any more.
  private var exhaustedAt: SourceRange?
  var depth = 0

  init(_ tree: SpecTree) {
    self.tree = tree
    declarations = tree.declarations
    broken = tree.brokenNames
  }

  // MARK: Reporting

  /// Whether so much was reported that further errors are not shown.
  var isFull: Bool { errorCount >= Self.diagnosticLimit }

  mutating func report(_ diagnostic: Diagnostic) {
    if isFull { return }
    // A warning about a place in a `for` is the same for every instance, whatever its numbers.
    var key = diagnostic.code.rawValue + (diagnostic.severity == .error ? diagnostic.problem : "")
    if case .source(let range) = diagnostic.location { key += "@\(range.file.name):\(range.bytes)" }
    guard reported.insert(key).inserted else { return }
    if diagnostic.severity == .error {
      errorCount += 1
    } else {
      warningCount += 1
      if warningCount > Self.diagnosticLimit { return }
    }
    diagnostics.report(
      uses.last.map { diagnostic.noting("in this use of it", at: .source($0)) } ?? diagnostic)
  }

  mutating func reportUnknown(_ name: NameSyntax, _ what: String, among known: [String]) {
    if isFull || broken.contains(name.text) { return }
    let near = suggestion(for: name.text, among: known + broken.sorted())
    report(.unknownName(name.text, what, near, name.range))
  }

  /// What `body` would report, without reporting it.
  mutating func trial(_ body: (inout Checker) -> Void) -> DiagnosticSet {
    let before = (diagnostics, errorCount, warningCount, reported)
    (diagnostics, errorCount, warningCount, reported) = (DiagnosticSet(), 0, 0, [])
    let wasExhausted = exhaustedAt != nil
    body(&self)
    let complaints = diagnostics
    (diagnostics, errorCount, warningCount, reported) = before
    // This one must not get lost with the trial: all that comes after it is left out.
    if !wasExhausted, let range = exhaustedAt {
      report(.expansionTooLarge("the specification", Self.sizeLimit, range))
    }
    return complaints
  }

  /// Counts nodes of the expansion; `false`, and reported once, where there are too many in all.
  mutating func spend(_ nodes: Int, _ range: SourceRange) -> Bool {
    if exhaustedAt != nil { return false }
    expandedSize += nodes
    if expandedSize <= Self.sizeLimit { return true }
    exhaustedAt = range
    report(.expansionTooLarge("the specification", Self.sizeLimit, range))
    return false
  }

  // MARK: Declarations

  mutating func run() -> CheckedSpec? {
    collectNames()
    checkDefinitions()
    for declaration in declarations {
      if case .interface(let interface) = declaration { checkInterface(interface) }
    }
    for declaration in declarations {
      if case .network(let network) = declaration { checkNetwork(network) }
    }
    checkParams()
    checkLets()
    for declaration in declarations { expand(declaration, variables: [], scope: Scope()) }
    let properties = resolveOverrides()
    let expectations = checkExpectations()
    // Without a header the text is no specification, which the parser reported.
    guard let header = tree.root.header else { return nil }
    reportMissingNetwork(header.range)
    var enforced = [[Int]](repeating: [], count: networks.count)
    for (index, pending) in self.properties.enumerated() {
      for network in pending.networks { enforced[network].append(index) }
    }
    return CheckedSpec(
      name: header.name, version: header.version, source: tree.root.source,
      imports: tree.imported.map { ($0.path, $0.syntax.source) }, definitions: tree.definitions.map(\.text),
      interfaces: interfaces,
      networks: zip(networks, enforced).map { $0.enforcing($1) }, properties: properties,
      rawProperties: rawProperties, robustness: robustness, lipschitz: lipschitz,
      excepted: excepted.sorted(), expectations: expectations)
  }

  private mutating func reportMissingNetwork(_ range: SourceRange) {
    let isDeclared = declarations.contains { if case .network = $0 { true } else { false } }
    if !isDeclared, tree.brokenNames.isEmpty { report(.nothingDeclared(range)) }
  }

  /// Parameters, units and conditions; each name stands for one thing.
  private mutating func collectNames() {
    var seen: [String: SourceRange] = [:]
    func isNew(_ name: NameSyntax, _ checker: inout Checker) -> Bool {
      if let first = seen[name.text] {
        checker.report(.duplicateName(name, first: first))
        return false
      }
      seen[name.text] = name.range
      return true
    }
    for declaration in declarations {
      switch declaration {
      case .param(let param):
        if isNew(param.name, &self) { params[param.name.text] = param }
      case .let(let condition):
        if isNew(condition.name, &self) { lets[condition.name.text] = condition }
      case .unit(let unit):
        if let other = units[unit.name.text] {
          report(.duplicateName(unit.name, first: other.name.range))
        } else if UnitTable.units[unit.name.text] != nil {
          report(.redefinedUnit(unit.name))
        } else {
          units[unit.name.text] = unit
        }
      case .interface(let interface):
        inputNames.formUnion(interface.inputs.map(\.name.text))
      case .import, .network, .property, .overrides, .for, .robust, .lipschitz, .expect:
        continue
      }
    }
  }

  private mutating func checkParams() {
    for declaration in declarations {
      switch declaration {
      case .param(let param): _ = parameter(param.name.text)
      case .unit(let unit): _ = unitNamed(unit.name.text)
      case .import, .let, .interface, .network, .property, .overrides, .for, .robust, .lipschitz, .expect:
        continue
      }
    }
  }
}

extension NetworkInstance {
  fileprivate func enforcing(_ properties: [Int]) -> NetworkInstance {
    NetworkInstance(
      name: name, interface: interface, modelPath: modelPath, checksHeader: checksHeader,
      properties: properties, range: range)
  }
}
