import Diagnostics
import FoundationEssentials

/// One JSON object with sorted keys. The article ContinuousIntegration describes it; `schema` changes with any change
/// that a reader could notice, except for new keys.
func jsonReport(_ report: Report) -> String {
  jsonText(
    ReportObject(
      schema: 1, compiler: compilerVersion, command: report.command, file: report.path,
      subject: report.subject,
      exitCode: report.status.rawValue,
      counts: ReportObject.Counts(
        error: report.count(.error), warning: report.count(.warning), note: report.count(.note),
        undecided: report.count(.undecided)),
      cases: report.cases.map(CaseObject.init), diagnostics: report.diagnostics.map(DiagnosticObject.init)))
}

/// Sorted keys, indented, with a line end.
func jsonText(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("reports hold strings and finite numbers only")
  }
  return String(decoding: data, as: UTF8.self) + "\n"
}

private struct ReportObject: Encodable {
  struct Counts: Encodable {
    let error, warning, note, undecided: Int
  }

  let schema: Int
  let compiler, command, file, subject: String
  let exitCode: Int32
  let counts: Counts
  let cases: [CaseObject]
  let diagnostics: [DiagnosticObject]
}

private struct CaseObject: Encodable {
  let name, group, outcome: String
  let reason, verdict: String?
  let diagnostics: [Int]
  let seconds: Double?

  init(_ item: Report.Case) {
    name = item.name
    group = item.group
    diagnostics = item.diagnostics
    seconds = item.seconds
    verdict = item.verdict
    switch item.outcome {
    case .passed: (outcome, reason) = ("passed", nil)
    case .failed: (outcome, reason) = ("failed", nil)
    case .undecided: (outcome, reason) = ("undecided", nil)
    case .skipped(let why): (outcome, reason) = ("skipped", why)
    }
  }
}

private struct DiagnosticObject: Encodable {
  struct Note: Encodable {
    let message: String
    let location: LocationObject?
  }

  let code, name, severity, message: String
  let cure: String?
  let location: LocationObject?
  let notes: [Note]

  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code.rawValue
    name = String(describing: diagnostic.code)
    severity = diagnostic.severity.rawValue
    message = diagnostic.problem
    cure = diagnostic.cure.isEmpty ? nil : diagnostic.cure
    location = LocationObject(diagnostic.location)
    notes = diagnostic.notes.map { Note(message: $0.message, location: LocationObject($0.location)) }
  }
}

private struct LocationObject: Encodable {
  struct Position: Encodable {
    let byte, line, column: Int
  }

  let file: String
  /// Where in a model or data file, in words.
  let place: String?
  let start, end: Position?

  /// `nil` for no place.
  init?(_ location: DiagnosticLocation) {
    switch location {
    case .none: return nil
    case .file(let name, let place):
      (file, self.place, start, end) = (name, place, nil, nil)
    case .source(let range):
      let region = ReportRegion(range)
      file = range.file.name
      place = nil
      start = Position(byte: range.bytes.lowerBound, line: region.startLine, column: region.startColumn)
      end = Position(byte: range.bytes.upperBound, line: region.endLine, column: region.endColumn)
    }
  }
}
