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
