import Diagnostics

extension Diagnostic {
  /// Problem, cure and notes without source lines, one a line: for viewers that show the place themselves.
  ///
  /// For example:
  /// ```
  /// `low` and `fast` conflict on `N`
  /// help: narrow a condition
  /// note: `fast` is declared here (plane.ordain:12:9)
  /// ```
  func plainText(withNotes included: (Note) -> Bool = { _ in true }) -> String {
    var lines = [problem]
    if case .file(_, let place?) = location { lines[0] += " (\(place))" }
    if !cure.isEmpty { lines.append("help: " + cure) }
    for note in notes where included(note) { lines.append("note: " + note.message + note.place) }
    return lines.joined(separator: "\n")
  }
}

extension Diagnostic.Note {
  /// Whether it points into a specification.
  var isLocated: Bool { if case .source = location { true } else { false } }

  fileprivate var place: String {
    switch location {
    case .none: return ""
    case .file(let name, let place): return " (\(name)\(place.map { ": " + $0 } ?? ""))"
    case .source(let range):
      let region = ReportRegion(range)
      return " (\(range.file.name):\(region.startLine):\(region.startColumn))"
    }
  }
}
