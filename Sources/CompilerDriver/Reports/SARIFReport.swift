import Diagnostics

/// A SARIF 2.1.0 log with one run. What is undecided is an `open` result, and a notification of the run, which did not
/// complete then.
func sarifReport(_ report: Report, paths: ReportPaths) -> String {
  var codes: [DiagnosticCode] = []
  for diagnostic in report.diagnostics where !codes.contains(diagnostic.code) {
    codes.append(diagnostic.code)
  }
  codes.sort { $0.rawValue < $1.rawValue }

  var fingerprints = SARIFFingerprints()
  let results = report.diagnostics.map { diagnostic in
    SARIFLog.Result(
      diagnostic, ruleIndex: codes.firstIndex(of: diagnostic.code) ?? 0,
      fingerprint: fingerprints.next(diagnostic),
      paths: paths)
  }
  let undecided = report.diagnostics.filter { $0.severity == .undecided }
  let invocation = SARIFLog.Invocation(
    executionSuccessful: undecided.isEmpty, exitCode: report.status.rawValue,
    toolExecutionNotifications: undecided.isEmpty
      ? nil
      : undecided.map {
        SARIFLog.Notification(level: "error", message: SARIFLog.Message(text: $0.plainText()))
      })
  return jsonText(
    SARIFLog(
      run: SARIFLog.Run(
        tool: SARIFLog.Tool(
          driver: SARIFLog.Driver(
            name: "ordain", version: compilerVersion, semanticVersion: compilerVersion,
            rules: codes.map(SARIFLog.Rule.init))),
        automationDetails: SARIFLog.AutomationDetails(
          id: "ordain/\(report.command)/\(paths.uri(report.path))/"),
        columnKind: "unicodeCodePoints", invocations: [invocation], results: results)))
}

extension SARIFLog.Result {
  fileprivate init(_ diagnostic: Diagnostic, ruleIndex: Int, fingerprint: String, paths: ReportPaths) {
    ruleId = diagnostic.code.rawValue
    self.ruleIndex = ruleIndex
    kind = diagnostic.severity == .undecided ? "open" : "fail"
    level = diagnostic.severity.sarifLevel
    // Notes with a place become related locations.
    message = SARIFLog.Message(text: diagnostic.plainText { !$0.isLocated })
    locations = SARIFLog.Location(diagnostic.location, paths: paths).map { [$0] } ?? []
    let located = diagnostic.notes.filter(\.isLocated)
    relatedLocations =
      located.isEmpty
      ? nil
      : located.compactMap { note in
        SARIFLog.Location(note.location, message: note.message, paths: paths)
      }
    partialFingerprints = ["ordain/v1": fingerprint]
  }
}

extension SARIFLog.Location {
  /// `nil` for no place.
  fileprivate init?(_ location: DiagnosticLocation, message: String? = nil, paths: ReportPaths) {
    self.message = message.map { SARIFLog.Message(text: $0) }
    switch location {
    case .none: return nil
    case .file(let name, let place):
      physicalLocation = SARIFLog.PhysicalLocation(artifactLocation: .init(name, paths), region: nil)
      logicalLocations = place.map { [SARIFLog.LogicalLocation(name: $0)] }
    case .source(let range):
      let region = ReportRegion(range)
      physicalLocation = SARIFLog.PhysicalLocation(
        artifactLocation: .init(range.file.name, paths),
        region: SARIFLog.Region(
          startLine: region.startLine, startColumn: region.startColumn, endLine: region.endLine,
          endColumn: region.endColumn))
      logicalLocations = nil
    }
  }
}

extension SARIFLog.ArtifactLocation {
  fileprivate init(_ path: String, _ paths: ReportPaths) {
    uri = paths.uri(path)
    uriBaseId = uri.hasPrefix("file:") ? nil : "%SRCROOT%"
  }
}

extension SARIFLog.Rule {
  fileprivate init(_ code: DiagnosticCode) {
    let explanation = code.explanation
    id = code.rawValue
    name = String(describing: code)
    shortDescription = SARIFLog.Message(text: explanation.title)
    fullDescription = SARIFLog.Message(text: explanation.meaning)
    help = SARIFLog.Help(
      text: explanation.text(of: code), markdown: "```\n" + explanation.text(of: code) + "```\n")
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "note"
    // What the format asks of open results.
    case .undecided: "none"
    }
  }
}
