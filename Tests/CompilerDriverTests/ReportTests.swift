import CompilerDriver
import Diagnostics
import Foundation
import Testing

/// Reports and their formats, with texts that need every escape.
@Suite struct ReportTests {
  static let hostile = "100%, a:b\r\n::error::<x y=\"z\">&\u{1B}[31m\u{0}\u{FFFE}"
  let paths = ReportPaths(current: "/home/car", root: "/home")

  /// `text` with the diagnostic at the first `needle`.
  private func diagnostic(
    _ needle: String, in text: String, severity: Severity = .error, problem: String = "wrong"
  ) throws -> Diagnostic {
    let file = SourceFile(name: "a b.ordain", text: text)
    let start = try #require(text.range(of: needle)).lowerBound.utf16Offset(in: text)
    let bytes = text.utf16.prefix(start)
    let offset = String(decoding: Array(bytes), as: UTF16.self).utf8.count
    return Diagnostic(
      .unknownName, problem, severity: severity,
      at: .source(SourceRange(file: file, bytes: offset..<offset + needle.utf8.count)), cure: "mend it")
  }

  private func report(_ diagnostics: [Diagnostic], warningsFail: Bool = true) -> Report {
    var report = Report(command: "check", path: "a b.ordain", warningsFail: warningsFail)
    report.addCase("p", in: "properties", DiagnosticSet(diagnostics))
    report.summary = report.countLines
    return report
  }

  private func output(_ format: ReportFormat, _ report: Report) -> String {
    format.render(report, paths: paths, colours: false).output
  }

  private func json(_ format: ReportFormat, _ report: Report) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(output(format, report).utf8))
    return try #require(object as? [String: Any])
  }

  private func sarifResults(_ report: Report) throws -> [[String: Any]] {
    let runs = try #require(try json(.sarif, report)["runs"] as? [[String: Any]])
    return try #require(runs[0]["results"] as? [[String: Any]])
  }

  @Test func severitiesDecideOutcomeAndStatus() {
    func outcome(_ severities: [Severity], warningsFail: Bool) -> (Report.Outcome, CompilerDriver.ExitStatus)
    {
      let all = severities.map { Diagnostic(.conflict, "x", severity: $0, at: .none) }
      let report = report(all, warningsFail: warningsFail)
      return (report.cases[0].outcome, report.status)
    }
    #expect(outcome([], warningsFail: true) == (.passed, .clean))
    #expect(outcome([.note], warningsFail: true) == (.passed, .clean))
    #expect(outcome([.warning], warningsFail: true) == (.failed, .findings))
    #expect(outcome([.warning], warningsFail: false) == (.passed, .clean))
    #expect(outcome([.undecided], warningsFail: false) == (.undecided, .undecided))
    #expect(outcome([.undecided, .error], warningsFail: false) == (.failed, .findings))
  }

  @Test func columnsAreUnicodeScalarsWithoutTheByteOrderMark() throws {
    for mark in ["", "\u{FEFF}"] {
      let region = try #require(
        try regions(of: diagnostic("gapp", in: mark + "𝄞é gapp < 5 m")).first)
      #expect(region == ["startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 8])
    }
    let second = try #require(try regions(of: diagnostic("b\nc", in: "\u{FEFF}a\n  b\nc d")).first)
    #expect(second == ["startLine": 2, "startColumn": 3, "endLine": 3, "endColumn": 2])
  }

  private func regions(of diagnostic: Diagnostic) throws -> [[String: Int]] {
    try sarifResults(report([diagnostic])).map { result in
      let locations = try #require(result["locations"] as? [[String: Any]])
      let physical = try #require(locations[0]["physicalLocation"] as? [String: Any])
      return try #require(physical["region"] as? [String: Int])
    }
  }

  @Test func fingerprintsSurviveMovedLines() throws {
    func prints(_ text: String, _ problem: String = "wrong") throws -> [String] {
      let first = try diagnostic("gapp", in: text, problem: problem)
      return try sarifResults(report([first, first])).map {
        try #require(($0["partialFingerprints"] as? [String: String])?["ordain/v1"])
      }
    }
    let before = try prints("let a = gapp")
    #expect(before[0] != before[1])
    #expect(try prints("// more\n\n   let  a = gapp", "other words") == before)
    #expect(try prints("let b = gapp") != before)
  }

  @Test func pathsAreRelativeToTheRootAndEncoded() {
    #expect(paths.relative("a.ordain") == "car/a.ordain")
    #expect(paths.relative("./x/../a.ordain") == "car/a.ordain")
    #expect(paths.relative("../b/a.ordain") == "b/a.ordain")
    #expect(paths.relative("/home/a.ordain") == "a.ordain")
    #expect(paths.relative("/homestead/a.ordain") == "/homestead/a.ordain")
    #expect(paths.relative("<stdin>") == "<stdin>")
    #expect(paths.uri("a b%é:#.ordain") == "car/a%20b%25%C3%A9%3A%23.ordain")
    #expect(paths.uri("/srv/a b") == "file:///srv/a%20b")
    #expect(paths.uri("<stdin>") == "%3Cstdin%3E")
    #expect(ReportPaths(current: "/home", root: nil).relative("a") == "a")
  }

  @Test func gitHubCommandsKeepToTheirLine() throws {
    let found = try diagnostic("x", in: "x", problem: Self.hostile)
    let lines = output(.github, report([found])).split(separator: "\n")
    #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("::") })
    #expect(
      lines[0]
        == "::error file=car/a b.ordain,line=1,endLine=1,col=1,endColumn=2,title=ORD0201::100%25, a:b%0D%0A"
        + "::error::<x y=\"z\">&\u{FFFD}[31m\u{FFFD}\u{FFFE}%0Ahelp: mend it")
    // A file's name is a property, which has two more escapes.
    let named = Diagnostic(.modelMalformed, "x", at: .file(name: "a:b,c%", place: nil))
    #expect(output(.github, report([named])).hasPrefix("::error file=car/a%3Ab%2Cc%25,title=ORD0603::x"))
    // Columns of several lines are refused by GitHub.
    let long = try diagnostic("x\ny", in: "x\ny", severity: .warning)
    #expect(
      output(.github, report([long])).hasPrefix("::warning file=car/a b.ordain,line=1,endLine=2,title="))
  }

  @Test func jUnitIsWellFormedForAnyText() throws {
    var report = report([try diagnostic("x", in: Self.hostile + "x", problem: Self.hostile)])
    report.report(DiagnosticSet([Diagnostic(.conflict, "of no case", at: .none)]))
    report.addCase(Self.hostile, in: Self.hostile, skipped: Self.hostile)
    let text = output(.junit, report)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{FFFE}" })
    #expect(text.contains("tests=\"3\" failures=\"2\" errors=\"0\""))
    #expect(text.contains("message=\"of no case\""))
    #expect(
      text.contains(
        "name=\"100%, a:b&#13;&#10;::error::&lt;x y=&quot;z&quot;&gt;&amp;\u{FFFD}[31m\u{FFFD}\u{FFFD}\""))
  }

  @Test func everyFormatHoldsEveryDiagnostic() throws {
    var report = report([try diagnostic("x", in: "x", problem: "first")])
    report.report(
      DiagnosticSet([
        Diagnostic(.analysisUndecided, "second", severity: .undecided, at: .none),
        Diagnostic(.modelMalformed, "third", at: .file(name: "m.onnx", place: "node `n`")),
        Diagnostic(
          .softmaxDropped, "fourth", severity: .note, at: .none,
          notes: [Diagnostic.Note("fifth", at: .file(name: "m.onnx", place: nil)), Diagnostic.Note("sixth")]),
      ]))
    for format in ReportFormat.allCases {
      let rendered = format.render(report, paths: paths, colours: false)
      #expect(format == .text || rendered.errors.isEmpty)
      for text in ["first", "mend it", "second", "third", "node `n`", "fourth", "fifth", "sixth"] {
        #expect((rendered.output + rendered.errors).contains(text), "\(format) lacks \(text)")
      }
    }
  }

  @Test func undecidedIsNeverSuccess() throws {
    let report = report([Diagnostic(.analysisUndecided, "x", severity: .undecided, at: .none)])
    #expect(report.status == .undecided)
    #expect(output(.junit, report).contains("<error message=\"x\" type=\"ORD0807\">"))
    #expect(output(.github, report).hasPrefix("::error title=ORD0807::x"))
    let result = try sarifResults(report)[0]
    #expect(result["kind"] as? String == "open" && result["level"] as? String == "none")
    let runs = try #require(try json(.sarif, report)["runs"] as? [[String: Any]])
    let invocation = try #require((runs[0]["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == false)
    #expect((invocation["toolExecutionNotifications"] as? [Any])?.count == 1)
    let cases = try #require(try json(.json, report)["cases"] as? [[String: Any]])
    #expect(cases[0]["outcome"] as? String == "undecided")
  }
}
