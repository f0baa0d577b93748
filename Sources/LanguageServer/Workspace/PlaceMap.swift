import Diagnostics
import SpecificationLanguage

/// Turns places in source files into those of the protocol.
struct PlaceMap {
  private let workspace: Workspace
  /// Of files that are not open, by name.
  private var positions: [String: TextPositions] = [:]

  init(_ workspace: Workspace) {
    self.workspace = workspace
  }

  mutating func range(_ range: SourceRange) -> Wire.Range { positions(of: range.file).range(range.bytes) }

  mutating func location(_ range: SourceRange) -> Wire.Location {
    Wire.Location(uri: uri(of: range.file.name), range: self.range(range))
  }

  func uri(of file: String) -> String { workspace.documents[file]?.uri ?? FileName.uri(of: file) }

  private mutating func positions(of file: SourceFile) -> TextPositions {
    if let document = workspace.documents[file.name] { return document.positions }
    if let known = positions[file.name] { return known }
    let made = TextPositions(file.utf8, encoding: workspace.encoding)
    positions[file.name] = made
    return made
  }

  /// What is said about a specification, by document.
  mutating func diagnostics(of specification: Specification) -> [(uri: String, [Wire.Diagnostic])] {
    var byDocument: [String: [Wire.Diagnostic]] = [:]
    let all = specification.diagnostics.diagnostics + (specification.analysis?.diagnostics.diagnostics ?? [])
    for diagnostic in all {
      let root = specification.tree.root
      // What concerns no place concerns the specification: its header.
      let header = root.header?.range ?? SourceRange(file: root.source, bytes: 0..<0)
      let location = location(range(of: diagnostic.location) ?? header)
      byDocument[location.uri, default: []].append(wire(diagnostic, at: location.range))
    }
    return byDocument.keys.sorted().map { ($0, byDocument[$0] ?? []) }
  }

  private func range(of location: DiagnosticLocation) -> SourceRange? {
    if case .source(let range) = location { range } else { nil }
  }

  private mutating func wire(_ diagnostic: Diagnostic, at range: Wire.Range) -> Wire.Diagnostic {
    var message = diagnostic.problem
    var related: [Wire.Diagnostic.Related] = []
    for note in diagnostic.notes {
      if let range = self.range(of: note.location) {
        related.append(Wire.Diagnostic.Related(location: location(range), message: note.message))
      } else {
        message += "\n" + note.message
      }
    }
    if !diagnostic.cure.isEmpty { message += "\nhelp: " + diagnostic.cure }
    let severity: Int
    switch diagnostic.severity {
    case .error: severity = 1
    case .undecided, .warning: severity = 2
    case .note: severity = 3
    }
    return Wire.Diagnostic(
      range: range, severity: severity, code: diagnostic.code.rawValue, message: message,
      relatedInformation: related)
  }
}
