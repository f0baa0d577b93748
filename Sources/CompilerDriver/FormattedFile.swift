import Diagnostics
import SpecificationLanguage

/// A specification file and its canonical text.
public struct FormattedFile: Sendable {
  public let contents: [UInt8]
  private let source: SourceFile
  private let path: String

  /// Reads and formats a file; `-` is standard input.
  ///
  /// - Throws: why it cannot be read, or its syntax errors.
  public init(_ path: String) throws(DiagnosticSet) {
    self.path = path
    source = try readFile(path, limit: FrontEnd.sizeLimit)
    var diagnostics = DiagnosticSet()
    let syntax = parse(source, reportingTo: &diagnostics)
    try diagnostics.throwOnError()
    contents = try format(syntax)
  }

  /// Reports the file if its text is not canonical.
  public func requireCanonical(reportingTo diagnostics: inout DiagnosticSet) {
    guard contents != source.utf8 else { return }
    diagnostics.report(
      Diagnostic(
        .notFormatted, "`\(source.name)` is not formatted", at: .file(name: source.name, place: nil),
        cure: "run `ordain fmt \(path)`"))
  }

  /// Writes the canonical text over the file, if it differs.
  public func replace() throws(DiagnosticSet) {
    if contents != source.utf8 { try replaceFile(path, with: contents) }
  }
}
