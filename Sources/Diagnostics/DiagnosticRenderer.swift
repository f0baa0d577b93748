/// Turns diagnostics into text with source line, caret and cure.
///
/// For example:
/// ```
/// error[ORD0201]: unknown input `rhoo`
///   --> acasxu.ordain:14:13
///    |
/// 14 | let ahead = rhoo in 1500 .. 1800 ft
///    |             ^^^^
///    = help: did you mean `rho`?
/// ```
public struct DiagnosticRenderer: Sendable {
  /// Whether to colour with ANSI escapes; only for terminals.
  public let colours: Bool

  public init(colours: Bool) {
    self.colours = colours
  }

  /// The most errors that people are shown at once.
  private static let errorLimit = 20

  /// All diagnostics, but for errors beyond the first ones, of which the number is shown.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    var errors = 0
    var texts: [String] = []
    for diagnostic in diagnostics {
      if diagnostic.severity == .error { errors += 1 }
      if diagnostic.severity != .error || errors <= Self.errorLimit { texts.append(render(diagnostic)) }
    }
    if errors > Self.errorLimit {
      let more = counted(errors - Self.errorLimit, "more error")
      texts.append(paint("error", .red) + ": and \(more), not shown\n")
    }
    return texts.joined(separator: "\n")
  }

  public func render(_ diagnostic: Diagnostic) -> String {
    let title = "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]"
    var lines = [paint(title, colour(diagnostic.severity)) + ": " + printable(diagnostic.problem)]
    lines += place(diagnostic.location)
    if !diagnostic.cure.isEmpty {
      lines.append("   = " + paint("help", .cyan) + ": " + printable(diagnostic.cure))
    }
    for note in diagnostic.notes {
      lines.append("   = note: " + printable(note.message))
      lines += place(note.location)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func place(_ location: DiagnosticLocation) -> [String] {
    switch location {
    case .none: return []
    case .file(let name, let place):
      return ["  --> " + printable(name) + (place.map { ": " + printable($0) } ?? "")]
    case .source(let range): return excerpt(range)
    }
  }

  /// The source line with carets under the range; a range over several lines is marked on its first.
  private func excerpt(_ range: SourceRange) -> [String] {
    let (line, column) = range.file.position(of: range.bytes.lowerBound)
    let (endLine, endColumn) = range.file.position(of: range.bytes.upperBound)
    let source = Array(range.file.lineText(line).unicodeScalars)
    let end = min(endLine == line ? endColumn : source.count + 1, source.count + 1)

    // A long line is cut to a window around the caret: a one-megabyte line stays readable.
    let start = column <= Self.window ? 0 : column - Self.window / 2
    let stop = min(source.count, start + Self.window)
    let text = start < stop ? source[start..<stop].map(Self.visible).joined() : ""
    let carets = max(1, min(end, stop + 1) - column)

    let gutter = String(repeating: " ", count: max(2, String(line).count))
    let number = String(repeating: " ", count: gutter.count - String(line).count) + String(line)
    return [
      "\(gutter)--> \(printable(range.file.name)):\(line):\(column)",
      "\(gutter) |",
      text.isEmpty ? "\(number) |" : "\(number) | \(text)",
      "\(gutter) | " + String(repeating: " ", count: column - 1 - start)
        + paint(String(repeating: "^", count: carets), colour(.error)),
    ]
  }

  private static let window = 160

  /// One column a scalar: a tab becomes a space, a control character U+FFFD.
  private static func visible(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\t" { return " " }
    return scalar.properties.generalCategory == .control ? "\u{FFFD}" : String(scalar)
  }

  /// User text may hold terminal escapes; they are shown, not sent.
  private func printable(_ text: String) -> String {
    text.unicodeScalars.map { $0 == "\n" ? "\n" : Self.visible($0) }.joined()
  }

  private enum Colour: String {
    case red = "31", yellow = "33", green = "32", cyan = "36"
  }

  private func colour(_ severity: Severity) -> Colour {
    switch severity {
    case .error: .red
    case .undecided, .warning: .yellow
    case .note: .green
    }
  }

  private func paint(_ text: String, _ colour: Colour) -> String {
    colours ? "\u{1B}[1;\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
