import Diagnostics
import Testing

@Test func rendersCaretUnderTheRange() {
  let file = SourceFile(name: "a.ordain", text: "ordain 1\nlet ahead = rhoo in 1 .. 2 ft\n")
  let start = "ordain 1\nlet ahead = ".utf8.count
  let diagnostic = Diagnostic(
    .unexpectedToken, "unknown input `rhoo`",
    at: .source(SourceRange(file: file, bytes: start..<start + 4)), cure: "did you mean `rho`?")
  #expect(
    DiagnosticRenderer(colours: false).render(diagnostic) == """
      error[ORD0102]: unknown input `rhoo`
        --> a.ordain:2:13
         |
       2 | let ahead = rhoo in 1 .. 2 ft
         |             ^^^^
         = help: did you mean `rho`?

      """)
}

/// Errors beyond the first twenty are counted; what weighs less is all there.
@Test func manyErrorsAreCut() {
  func text(_ errors: Int) -> String {
    let error = Diagnostic(.unexpectedToken, "wrong", at: .none)
    let note = Diagnostic(.notProved, "known", severity: .note, at: .none)
    let all = [note] + [Diagnostic](repeating: error, count: errors) + [note]
    return DiagnosticRenderer(colours: false).render(all)
  }
  func count(_ part: String, in text: String) -> Int { text.split(separator: "\n").count { $0 == part } }
  for (errors, last) in [(20, nil), (21, "1 more error"), (500, "480 more errors")] {
    let text = text(errors)
    #expect(count("error[ORD0102]: wrong", in: text) == 20 && count("note[ORD1305]: known", in: text) == 2)
    #expect(last.map { text.hasSuffix("\nerror: and \($0), not shown\n") } ?? !text.contains("not shown"))
  }
  #expect(text(0) == "note[ORD1305]: known\n\nnote[ORD1305]: known\n")
}

@Test func terminalEscapesInUserTextAreNotSent() {
  let diagnostic = Diagnostic(.invalidCharacter, "found `\u{1B}[31m`", at: .none)
  #expect(!DiagnosticRenderer(colours: false).render(diagnostic).contains("\u{1B}"))
}

@Test func suggestsNearNamesOnly() {
  #expect(suggestion(for: "wek_left", among: ["coc", "weak_left", "weak_right"]) == "weak_left")
  #expect(suggestion(for: "cco", among: ["coc", "weak_left"]) == "coc")
  #expect(suggestion(for: "altitude", among: ["coc", "weak_left"]) == nil)
}

@Test func hashIsSHA256() {
  #expect(
    ContentHash(of: Array("abc".utf8)).description
      == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
}
