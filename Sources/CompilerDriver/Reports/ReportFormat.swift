/// How a report is written: for people, or for one of the programs that CI systems run.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Diagnostics with source lines, then a summary.
  case text
  /// One JSON object; the article ContinuousIntegration describes it.
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for test reports.
  case junit
  /// GitHub's workflow commands, which become annotations.
  case github

  /// - Parameter colours: whether standard error takes colours.
  public func render(_ report: Report, paths: ReportPaths, colours: Bool) -> RenderedReport {
    switch self {
    case .text: textReport(report, colours: colours)
    case .json: RenderedReport(output: jsonReport(report))
    case .sarif: RenderedReport(output: sarifReport(report, paths: paths))
    case .junit: RenderedReport(output: junitReport(report))
    case .github: RenderedReport(output: gitHubReport(report, paths: paths))
    }
  }
}

/// What goes to standard output and to standard error.
public struct RenderedReport: Sendable {
  public let output: String
  public let errors: String

  public init(output: String, errors: String = "") {
    self.output = output
    self.errors = errors
  }
}
