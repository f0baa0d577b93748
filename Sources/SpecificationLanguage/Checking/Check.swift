import Diagnostics
import ExactArithmetic

/// Checks a parsed specification: names, units, shapes, domains and normalisation agree, families are
/// expanded, conditions and posts are reduced. All errors of the stage are reported at once.
///
/// - Throws: everything reported, if any of it is an error.
public func check(
  _ syntax: SpecSyntax, reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> CheckedSpec {
  var checker = Checker(syntax)
  let spec = checker.run()
  diagnostics.report(contentsOf: checker.diagnostics)
  guard let spec, !diagnostics.containsError else { throw diagnostics }
  return spec
}

/// The state of a check. Declarations are collected first, so their order means nothing.
struct Checker {
  static let networkLimit = 10_000
  static let propertyLimit = 10_000
  static let inputLimit = 1 << 20
  static let outputLimit = 1 << 14
  /// Atoms and literals of one property, after expansion of `let`s and groups.
  static let sizeLimit = 1 << 20

  let syntax: SpecSyntax
  private(set) var diagnostics = DiagnosticSet()
  /// Messages already given, so that a `let` used ten times complains once.
  private var reported: Set<String> = []

  var params: [String: ParamSyntax] = [:]
  var units: [String: UnitDeclarationSyntax] = [:]
  var lets: [String: LetSyntax] = [:]
  /// Values of parameters and units as they become known; `nil` while (or because) they are not.
  var paramValues: [String: LinearForm?] = [:]
  var unitValues: [String: Unit?] = [:]

  var interfaces: [Interface] = []
  /// Per interface: the unit of each input scalar.
  var inputUnits: [[Unit]] = []
  /// Per interface: first scalar and shape of each declared input.
  var inputShapes: [[String: (first: Int, shape: [Int])]] = []
  /// Per interface: what each name of an output or group stands for.
  var outputNames: [[String: OutputMeaning]] = []
  var families: [NetworkFamily] = []
  var networks: [NetworkInstance] = []
  var properties: [PendingProperty] = []
  var overrides: [PendingOverride] = []
  /// The parameters and units whose values are being worked out, outermost first.
  var resolving: [String] = []
  /// Nodes of the current property expanded so far.
  var expandedSize = 0

  init(_ syntax: SpecSyntax) {
    self.syntax = syntax
  }

  mutating func report(_ diagnostic: Diagnostic) {
    var key = diagnostic.code.rawValue + diagnostic.problem
    if case .source(let range) = diagnostic.location { key += "@\(range.bytes)" }
    if reported.insert(key).inserted { diagnostics.report(diagnostic) }
  }

  mutating func run() -> CheckedSpec? {
    guard let header = syntax.header else {
      report(.missingHeader(SourceRange(file: syntax.source, bytes: 0..<0)))
      return nil
    }
    collectNames()
    for declaration in syntax.declarations {
      if case .interface(let interface) = declaration { checkInterface(interface) }
    }
    for declaration in syntax.declarations {
      if case .network(let network) = declaration { checkNetwork(network) }
    }
    checkParams()
    checkLets()
    for declaration in syntax.declarations { expand(declaration, variables: [], scope: Scope()) }
    let properties = resolveOverrides()
    if networks.isEmpty, !diagnostics.containsError {
      report(.nothingDeclared(header.range))
    }
    var enforced = [[Int]](repeating: [], count: networks.count)
    for (index, pending) in self.properties.enumerated() {
      for network in pending.networks { enforced[network].append(index) }
    }
    return CheckedSpec(
      name: header.name, version: header.version, source: syntax.source, interfaces: interfaces,
      networks: zip(networks, enforced).map { $0.enforcing($1) }, properties: properties)
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
    for declaration in syntax.declarations {
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
      case .interface, .network, .enforce, .overrides, .for:
        continue
      }
    }
  }

  private mutating func checkParams() {
    for declaration in syntax.declarations {
      switch declaration {
      case .param(let param): _ = parameter(param.name.text)
      case .unit(let unit): _ = unitNamed(unit.name.text)
      case .let, .interface, .network, .enforce, .overrides, .for: continue
      }
    }
  }

  /// A `let` must make sense on at least one interface; the complaints of the first one are shown.
  private mutating func checkLets() {
    for declaration in syntax.declarations {
      guard case .let(let condition) = declaration else { continue }
      let before = (diagnostics, reported)
      var first: (DiagnosticSet, Set<String>)?
      var isGood = interfaces.isEmpty
      for index in interfaces.indices where !isGood {
        (diagnostics, reported) = before
        let count = diagnostics.diagnostics.count
        var scope = Scope(interface: index)
        for parameter in condition.parameters { scope.variables[parameter.text] = .unknown }
        scope.expanding = [condition.name.text]
        expandedSize = 0
        _ = evaluate(condition.body, scope)
        let added = diagnostics.diagnostics[count...]
        isGood = !added.contains { $0.severity == .error }
        if first == nil { first = (diagnostics, reported) }
      }
      if isGood { (diagnostics, reported) = before } else if let first { (diagnostics, reported) = first }
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
