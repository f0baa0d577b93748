import CompilerDriver
import Diagnostics
import SafetyLayers
import Testing

/// `ordain explain`: every code has a text (or the switch over codes does not compile), and its example is true.
@Suite struct ExplanationTests {
  static let specifications = DiagnosticCode.allCases.compactMap { code in
    if case .specification(let example) = code.explanation.example { (code, example) } else { nil }
  }

  /// Everything that the front end says about a text.
  private func said(_ text: String, _ options: [String]) throws -> [Diagnostic] {
    var limits = AnalysisOptions()
    if let option = options.firstIndex(of: "--max-rows") {
      limits.maxRows = try #require(Int(options[option + 1]))
    }
    limits.coverage = options == ["--coverage"]
    #expect(
      options.isEmpty || limits.coverage || options.count == 2 && options[0] == "--max-rows",
      "teach this test \(options)")
    do throws(DiagnosticSet) {
      return try FrontEnd(SourceFile(name: "example.ordain", text: text), options: limits).diagnostics
        .diagnostics
    } catch {
      return error.diagnostics
    }
  }

  @Test(arguments: specifications)
  func exampleHasItsCode(code: DiagnosticCode, example: CodeExplanation.Specification) throws {
    let wrong = try said(example.text, example.options)
    #expect(wrong.contains { $0.code == code }, "\(code.rawValue): \(wrong.map(\.problem))\n\(example.text)")
    let right = try said(example.correctedText, example.options)
    #expect(
      !right.contains { $0.code == code || $0.severity == .error || $0.severity == .undecided },
      "\(code.rawValue), corrected: \(right.map(\.problem))\n\(example.correctedText)")
  }

  @Test func languageAndAnalysisAreShownByExamples() {
    let inWords = DiagnosticCode.allCases.filter { code in
      !Self.specifications.contains { $0.0 == code } && code.rawValue < "ORD0600"
    }
    // Each would be a long or unreadable text, or needs several files.
    #expect(
      inWords.allSatisfy {
        [
          .nestingTooDeep, .invalidEncoding, .specificationTooLarge, .nameTooLong, .cyclicImport,
          .unreadableImport,
        ].contains($0)
      })
  }

  @Test(arguments: DiagnosticCode.allCases) func textIsWellFormed(code: DiagnosticCode) {
    let explanation = code.explanation
    let text = explanation.text(of: code)
    #expect(text.hasPrefix("\(code.rawValue): \(explanation.title)\n\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 && !$0.hasSuffix(" ") })
    #expect(explanation.title.first?.isUppercase == false && explanation.title.last != ".")
    for sentence in [explanation.meaning, explanation.importance, explanation.cure] {
      #expect(sentence.last == "." && sentence.first?.isLowercase == false, "\(code.rawValue): \(sentence)")
    }
  }

  @Test func titlesDiffer() {
    let titles = DiagnosticCode.allCases.map(\.explanation.title)
    #expect(Set(titles).count == titles.count)
  }
}
