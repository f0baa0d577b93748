import Diagnostics

/// Diagnostics for standard error, the summary for standard output.
func textReport(_ report: Report, colours: Bool) -> RenderedReport {
  let renderer = DiagnosticRenderer(colours: colours)
  return RenderedReport(
    output: report.summary, errors: renderer.render(report.diagnostics))
}
