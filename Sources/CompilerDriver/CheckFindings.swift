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
  private let frontEnd: FrontEnd

  /// - Parameter indices: of `frontEnd.diagnostics` in the report.
  init(_ frontEnd: FrontEnd, indices: [Int]) {
    self.frontEnd = frontEnd
    properties = Array(repeating: [], count: frontEnd.spec.properties.count)
    for (index, diagnostic) in zip(indices, frontEnd.diagnostics.diagnostics) {
      let concerned = frontEnd.spec.properties.indices.filter { isAbout(diagnostic, property: $0) }
      for property in concerned { properties[property].append(index) }
      if !concerned.isEmpty { continue }
      if diagnostic.code.isAnalysis { analysis.append(index) } else { language.append(index) }
    }
  }

  /// A network of the property of which not every combination of properties was looked at; `nil` if all were.
  func incompleteNetwork(of property: Int) -> String? {
    let stopped = frontEnd.diagnostics.diagnostics.contains {
      $0.severity == .undecided || $0.code == .tooManyRows || $0.code == .tooManyDisjuncts
    }
    guard stopped else { return nil }
    let networks = zip(frontEnd.spec.networks, frontEnd.analysis.networks)
    return networks.first { $0.properties.contains(property) && $1.table == nil }?.0.name
  }

  /// Whether it points at the property's declaration. The members of a family share one; the message names the member.
  private func isAbout(_ diagnostic: Diagnostic, property index: Int) -> Bool {
    let property = frontEnd.spec.properties[index]
    func pointsAtIt(_ location: DiagnosticLocation) -> Bool {
      if case .source(let range) = location { range == property.range } else { false }
    }
    let texts =
      [(diagnostic.problem, diagnostic.location)] + diagnostic.notes.map { ($0.message, $0.location) }
    guard texts.contains(where: { pointsAtIt($0.1) }) else { return false }
    return !property.name.hasSuffix("]") || texts.contains { $0.0.contains("`\(property.name)`") }
  }
}

extension DiagnosticCode {
  fileprivate var isAnalysis: Bool { rawValue.hasPrefix("ORD08") }
}
