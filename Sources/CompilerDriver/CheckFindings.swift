import Diagnostics
import SpecificationLanguage

/// Which case of `ordain check` each diagnostic of the front end belongs to.
struct CheckFindings {
  /// Indices of the diagnostics about the text: syntax, names, units, interfaces.
  private(set) var language: [Int] = []
  /// Those of the analysis that concern no single property.
  private(set) var analysis: [Int] = []
  /// Those about each property; one about a conflict belongs to all its properties.
  private(set) var properties: [[Int]]
  /// For each property a network of which not every combination of properties was looked at.
  private var incomplete: [Int: String] = [:]

  /// - Parameter indices: of `frontEnd.diagnostics` in the report.
  init(_ frontEnd: FrontEnd, indices: [Int]) {
    let diagnostics = frontEnd.diagnostics.diagnostics
    let declared = DeclaredProperties(frontEnd.spec)
    properties = Array(repeating: [], count: frontEnd.spec.properties.count)
    for (index, diagnostic) in zip(indices, diagnostics) {
      let concerned = declared.concerned(by: diagnostic)
      for property in concerned { properties[property].append(index) }
      if !concerned.isEmpty { continue }
      if diagnostic.code.isAnalysis { analysis.append(index) } else { language.append(index) }
    }
    let stopped = diagnostics.contains {
      $0.severity == .undecided || $0.code == .tooManyRows || $0.code == .tooManyDisjuncts
    }
    guard stopped else { return }
    for (network, analysis) in zip(frontEnd.spec.networks, frontEnd.analysis.networks)
    where analysis.table == nil {
      for property in network.properties where incomplete[property] == nil {
        incomplete[property] = network.name
      }
    }
  }

  /// A network of the property of which not every combination of properties was looked at; `nil` if all were.
  func incompleteNetwork(of property: Int) -> String? { incomplete[property] }
}

/// Finds properties by their declarations.
private struct DeclaredProperties {
  private let spec: CheckedSpec
  private var byRange: [SourceRange: [Int]] = [:]
  private var byName: [Substring: Int] = [:]

  init(_ spec: CheckedSpec) {
    self.spec = spec
    for (index, property) in spec.properties.enumerated() {
      byRange[property.range, default: []].append(index)
      byName[property.name[...]] = index
    }
  }

  /// The properties at whose declarations the diagnostic or a note points, ascending. The members of a family share
  /// one declaration; the texts name the members that are meant, in backticks.
  func concerned(by diagnostic: Diagnostic) -> [Int] {
    let texts = [diagnostic.problem] + diagnostic.notes.map(\.message)
    var result: Set<Int> = []
    for location in [diagnostic.location] + diagnostic.notes.map(\.location) {
      guard case .source(let range) = location, let members = byRange[range] else { continue }
      if members.count == 1 {
        result.insert(members[0])
      } else {
        let named = texts.flatMap { $0.split(separator: "`") }.compactMap { byName[$0] }
        result.formUnion(named.filter { spec.properties[$0].range == range })
      }
    }
    return result.sorted()
  }
}

extension DiagnosticCode {
  fileprivate var isAnalysis: Bool { rawValue.hasPrefix("ORD08") }
}
