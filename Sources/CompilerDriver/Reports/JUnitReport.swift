import Diagnostics

/// JUnit XML in the dialect that Jenkins, GitLab and GitHub's actions read: a suite a group, a case a case. What failed is
/// a `failure`, what is undecided an `error`. Diagnostics that fail nothing are the suite's output.
func junitReport(_ report: Report) -> String {
  var cases = report.cases
  // Nothing that fails the command is left out.
  let rest = report.unattributed.filter { report.fails($0) }
  if !rest.isEmpty {
    let outcome: Report.Outcome =
      rest.contains { report.diagnostics[$0].severity != .undecided } ? .failed : .undecided
    cases.append(
      Report.Case(name: report.command, group: "command", outcome: outcome, diagnostics: rest, seconds: nil))
  }
  var groups: [String] = []
  for item in cases where !groups.contains(item.group) { groups.append(item.group) }

  var writer = XMLWriter()
  let name = ("name", "ordain \(report.command) \(report.path)")
  writer.element("testsuites", [name] + totals(cases, withSkipped: false)) { writer in
    for group in groups {
      let members = cases.filter { $0.group == group }
      writer.element("testsuite", [("name", report.className(group))] + totals(members, withSkipped: true)) {
        writer in
        for member in members { write(member, of: report, to: &writer) }
      }
    }
    let remarks = report.diagnostics.indices.filter { !report.fails($0) }
    if !remarks.isEmpty {
      let none = [("name", report.className("remarks")), ("tests", "0"), ("failures", "0"), ("errors", "0")]
      writer.element("testsuite", none) { $0.element("system-out", [], text: report.text(of: remarks)) }
    }
  }
  return writer.text
}

private func write(_ member: Report.Case, of report: Report, to writer: inout XMLWriter) {
  var attributes = [("classname", report.className(member.group)), ("name", member.name)]
  if let seconds = member.seconds { attributes.append(("time", decimal(seconds))) }
  let findings = member.diagnostics.filter { report.fails($0) }
  let first = findings.first.map { report.diagnostics[$0] }
  let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
  let details = [("message", (first?.problem ?? "") + more), ("type", first?.code.rawValue ?? "")]
  switch member.outcome {
  case .passed: writer.element("testcase", attributes)
  case .failed:
    writer.element("testcase", attributes) { $0.element("failure", details, text: report.text(of: findings)) }
  case .undecided:
    writer.element("testcase", attributes) { $0.element("error", details, text: report.text(of: findings)) }
  case .skipped(let reason):
    writer.element("testcase", attributes) { $0.element("skipped", [("message", reason)]) }
  }
}

private func totals(_ cases: [Report.Case], withSkipped: Bool) -> [(name: String, value: String)] {
  let skipped = cases.count { if case .skipped = $0.outcome { true } else { false } }
  let attributes = [
    ("tests", String(cases.count)), ("failures", String(cases.count { $0.outcome == .failed })),
    ("errors", String(cases.count { $0.outcome == .undecided })),
  ]
  let seconds = cases.compactMap(\.seconds).reduce(0, +)
  return attributes + (withSkipped ? [("skipped", String(skipped))] : []) + [("time", decimal(seconds))]
}

/// Seconds with three digits after the point.
private func decimal(_ seconds: Double) -> String {
  let milliseconds = String(Int((max(0, min(seconds, 1e9)) * 1000).rounded()))
  let padded = String(repeating: "0", count: max(0, 4 - milliseconds.count)) + milliseconds
  return padded.dropLast(3) + "." + padded.suffix(3)
}

extension Report {
  /// The path without its extension, then the group: two specifications of one name stay apart.
  fileprivate func className(_ group: String) -> String {
    (path.hasSuffix(".ordain") ? String(path.dropLast(7)) : path) + "." + group
  }

  /// Whether this diagnostic alone keeps the exit code from being 0.
  fileprivate func fails(_ index: Int) -> Bool {
    switch diagnostics[index].severity {
    case .error, .undecided: true
    case .warning: warningsFail
    case .note: false
    }
  }

  fileprivate func text(of indices: [Int]) -> String {
    let renderer = DiagnosticRenderer(colours: false)
    return "\n" + indices.map { renderer.render(diagnostics[$0]) }.joined(separator: "\n")
  }
}
