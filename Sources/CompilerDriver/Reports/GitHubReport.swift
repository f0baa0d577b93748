import Diagnostics

/// One workflow command a diagnostic, which GitHub shows as an annotation, and the summary as a notice.
///
/// For example: `::error file=Specs/plane.ordain,line=11,endLine=11,col=9,endColumn=12,title=ORD0801::...`. Everything
/// else on a line of its own could be read as a command, so nothing is printed as it is.
func gitHubReport(_ report: Report, paths: ReportPaths) -> String {
  var lines = report.diagnostics.map { diagnostic in
    command(
      diagnostic.severity.gitHubCommand,
      place(diagnostic.location, paths) + [("title", diagnostic.code.rawValue)],
      diagnostic.plainText())
  }
  if !report.summary.isEmpty {
    lines.append(command("notice", [("title", "ordain \(report.command)")], report.summary))
  }
  return lines.map { $0 + "\n" }.joined()
}

private func command(_ name: String, _ properties: [(name: String, value: String)], _ message: String)
  -> String
{
  let list = properties.map { "\($0.name)=\(escaped(property: $0.value))" }.joined(separator: ",")
  return "::\(name) \(list)::\(escaped(message))"
}

private func place(_ location: DiagnosticLocation, _ paths: ReportPaths) -> [(name: String, value: String)] {
  switch location {
  case .none: return []
  case .file(let name, _): return [("file", paths.relative(name))]
  case .source(let range):
    let region = ReportRegion(range)
    let lines = [
      ("file", paths.relative(range.file.name)), ("line", String(region.startLine)),
      ("endLine", String(region.endLine)),
    ]
    // GitHub takes columns of a single line only.
    if region.startLine != region.endLine { return lines }
    return lines + [("col", String(region.startColumn)), ("endColumn", String(region.endColumn))]
  }
}

/// The runner's own escapes. Other control characters would reach the log's terminal: they are shown, not sent.
private func escaped(_ text: String) -> String {
  var text = text
  while text.hasSuffix("\n") { text.removeLast() }
  return text.unicodeScalars.map { scalar in
    switch scalar {
    case "%": "%25"
    case "\r": "%0D"
    case "\n": "%0A"
    default: scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{FFFD}" : String(scalar)
    }
  }.joined()
}

private func escaped(property text: String) -> String {
  escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
}

extension Severity {
  fileprivate var gitHubCommand: String {
    switch self {
    case .error, .undecided: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}
