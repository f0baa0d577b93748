import Diagnostics
import SpecificationLanguage

/// The report of `ordain test`: a case for what the front end says, and one an expectation, with its time.
///
/// - Parameters:
///   - path: the specification's.
///   - load: reads, checks and analyses the specification. What it throws is in the report.
public func testReport(
  path: String, models: ModelLocator, progress: (String) -> Void,
  load: () throws(DiagnosticSet) -> FrontEnd
) -> Report {
  var report = Report(command: "test", path: path, warningsFail: false)
  let start = ContinuousClock.now
  let frontEnd: FrontEnd
  do throws(DiagnosticSet) {
    frontEnd = try load()
  } catch {
    report.addCase("specification", in: "specification", error, seconds: seconds(since: start))
    report.summary = "\(report.path): not tested\n" + report.countLines
    return report
  }
  let spec = frontEnd.spec
  report.subject = spec.name
  report.addCase(
    "specification", in: "specification", frontEnd.diagnostics, seconds: seconds(since: start))
  if spec.expectations.isEmpty {
    report.addCase("any", in: "expectations", DiagnosticSet([.nothingExpected(spec)]))
  }

  var runner = ExpectationRunner(frontEnd, models: models)
  var lines: [String] = []
  for (position, expectation) in spec.expectations.enumerated() {
    progress("testing \(position + 1) of \(spec.expectations.count): \(expectation.text)")
    let start = ContinuousClock.now
    let findings = runner.findings(of: expectation)
    report.addCase(expectation.text, in: "expectations", findings, seconds: seconds(since: start))
    lines.append(line(expectation, report.cases[report.cases.count - 1]))
  }
  report.summary = "\(spec.name) \(spec.version)\n" + lines.joined() + report.countLines
  return report
}

/// For example: `  passed    p5, p6 disjoint (0.4 ms)`.
private func line(_ expectation: Expectation, _ item: Report.Case) -> String {
  let outcome =
    switch item.outcome {
    case .passed: "passed   "
    case .failed: "FAILED   "
    case .undecided: "undecided"
    case .skipped: "skipped  "
    }
  let tenths = Int(((item.seconds ?? 0) * 10_000).rounded())
  return "  \(outcome)  \(expectation.text) (\(tenths / 10).\(tenths % 10) ms)\n"
}

extension Diagnostic {
  fileprivate static func nothingExpected(_ spec: CheckedSpec) -> Diagnostic {
    Diagnostic(
      .nothingExpected, "the specification has no `expect` declaration, so nothing is tested",
      at: .source(SourceRange(file: spec.source, bytes: 0..<min(1, spec.source.utf8.count))),
      cure: "add one, such as `expect conflicts none`")
  }
}
