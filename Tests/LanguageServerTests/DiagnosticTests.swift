import Foundation
import TestSupport
import Testing

/// Diagnostics as you type, and the solver's.
@Suite struct PublishedDiagnosticTests {
  let client: LanguageClient

  init() throws {
    client = try LanguageClient()
    _ = try client.initialize()
  }

  private func codes(_ diagnostics: [JSONObject]) -> [String] {
    diagnostics.compactMap { $0["code"] as? String }
  }

  @Test func mistakesAreShownAsTheyAreTyped() throws {
    try client.open(Fixture.uri, Fixture.text)
    #expect(try client.diagnostics(Fixture.uri).isEmpty)
    let start = try Fixture.position("near and")
    var end = start
    end["character"] = (start["character"] as? Int ?? 0) + 4
    try client.change(Fixture.uri, version: 2, [(["start": start, "end": end], "neer")])
    let wrong = try client.diagnostics(Fixture.uri) { !$0.isEmpty && codes($0) != ["ORD0801"] }
    #expect(codes(wrong) == ["ORD0201"])
    #expect(wrong[0]["severity"] as? Int == 1 && wrong[0]["source"] as? String == "ordain")
    #expect(
      wrong[0]["message"] as? String
        == "unknown input, parameter or condition `neer`\nhelp: did you mean `near`?")
    let changed = Fixture.text.replacing("near and", with: "neer and")
    #expect(try Fixture.excerpt(wrong[0]["range"], of: changed) == "neer")
    try client.change(Fixture.uri, version: 3, [(["start": start, "end": end], "near")])
    _ = try client.diagnostics(Fixture.uri) { codes($0) == ["ORD0801"] || $0.isEmpty }
  }

  /// Names are checked although the syntax is wrong elsewhere.
  @Test func syntaxErrorsDoNotHideOthers() throws {
    let text = Fixture.text.replacing("choose shut }", with: "choose shut").replacing("25 cm", with: "25 kg")
    try client.open(Fixture.uri, text)
    let found = Set(codes(try client.diagnostics(Fixture.uri)))
    #expect(found.isSuperset(of: ["ORD0102", "ORD0302"]), "\(found)")
  }

  @Test func closedDocumentsHaveNoDiagnostics() throws {
    try client.open(Fixture.uri, "nonsense")
    #expect(!(try client.diagnostics(Fixture.uri)).isEmpty)
    try client.notify("textDocument/didClose", ["textDocument": ["uri": Fixture.uri] as JSONObject])
    #expect(try client.diagnostics(Fixture.uri).isEmpty)
  }

  @Test func conflictsArriveFromTheBackground() throws {
    try client.open(Fixture.uri, Fixture.text)
    let found = try client.diagnostics(Fixture.uri) { codes($0).contains("ORD0801") }
    let conflict = try #require(found.first { $0["code"] as? String == "ORD0801" })
    #expect((conflict["message"] as? String)?.contains("for example at") == true)
    let related = try #require((conflict["relatedInformation"] as? [JSONObject])?.first)
    let location = try #require(related["location"] as? JSONObject)
    #expect(location["uri"] as? String == Fixture.uri)
    #expect(try Fixture.excerpt(location["range"]) == "p2")
    _ = try client.wait("a refresh of the lenses") { $0["method"] as? String == "workspace/codeLens/refresh" }
  }

  /// A specification on which Z3 works for long: an edit stops it, and its findings never arrive.
  @Test func editsCancelTheSolver() throws {
    let uri = "file:///folder/hard.ordain"
    let hard = Self.hardSpecification
    try client.open(uri, hard)
    #expect(try client.diagnostics(uri).isEmpty)
    // The work has begun by now.
    Thread.sleep(forTimeInterval: 1.5)
    try client.change(uri, version: 2, [(nil, Fixture.text)])
    // The client waits for a minute only: far less than the old analysis would take.
    let found = try client.diagnostics(uri) { !$0.isEmpty }
    #expect(codes(found) == ["ORD0801"])
    #expect(!found.contains { $0["code"] as? String == "ORD0807" })
    #expect(try client.request("shutdown")["error"] == nil)
    #expect(try client.exit() == .exit(0))
  }

  @Test func exitDoesNotWaitForTheSolver() throws {
    try client.open("file:///folder/hard.ordain", Self.hardSpecification)
    _ = try client.diagnostics("file:///folder/hard.ordain")
    Thread.sleep(forTimeInterval: 1)
    let start = ContinuousClock.now
    #expect(try client.request("shutdown")["error"] == nil)
    #expect(try client.exit() == .exit(0))
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  /// Dense linear conditions over many inputs: Z3 needs half a minute for each of eight networks.
  static let hardSpecification: String = {
    let inputs = (0..<24).map { "    x\($0) : 1 in -1 .. 1" }.joined(separator: "\n")
    let properties = (0..<24).map { property in
      let terms = (0..<24).map { input -> String in
        let number = (property * 37 + input * 101 + property * input * 13) % 97 + 1
        return "\(number % 3 == 0 ? "-" : "+") \(number) * x\(input)"
      }
      return
        "enforce p\(property) { when 0 \(terms.joined(separator: " ")) >= \(property % 7) then a above b }"
    }
    let own = (1...8).map { "enforce q\($0) on N[\($0)] { when x\($0) > 0 then a above b }" }
    return """
      ordain 1
      spec "hard" 1.0.0
      interface I {
        inputs {
      \(inputs)
        }
        outputs { a, b choose highest }
      }
      networks N[i: 1..8] : I from "n_{i}.onnx"
      \((properties + own).joined(separator: "\n"))

      """
  }()

  // MARK: Texts

  /// Edits at positions in UTF-16, UTF-8 and UTF-32, in lines with characters of every length and all line ends.
  @Test(arguments: ["utf-16", "utf-8", "utf-32"]) func incrementalChanges(_ encoding: String) throws {
    let client = try LanguageClient()
    let capabilities = try client.initialize(encodings: [encoding])
    #expect(capabilities["positionEncoding"] as? String == encoding)
    var random = SplitMix64(seed: 7)
    let pieces = ["a", "\u{E9}", "\u{20AC}", "\u{1F6AA}", "e\u{301}", "x y", "// "]
    let head = "ordain 1\r\nspec \"t\" 1.0.0\n"
    var text = head + "// start \u{1F6AA}\u{E9} end\n// second \u{20AC}\n"
    let uri = "file:///folder/%C3%A9.ordain"
    try client.open(uri, text)
    for version in 2..<200 {
      var scalars = Array(text.unicodeScalars)
      // Between `// ` and the line's end, so that the text stays a specification.
      let places = scalars.indices.filter { index in
        let line = scalars[..<index].split(separator: "\n", omittingEmptySubsequences: false).last ?? []
        return index > head.unicodeScalars.count && line.starts(with: Array("// ".unicodeScalars))
      }
      let place = try #require(places.randomElement(using: &random))
      var end = place
      while end < scalars.count, end < place + 2, scalars[end] != "\n" { end += 1 }
      let new = pieces.randomElement(using: &random) ?? ""
      let range: JSONObject = [
        "start": Self.position(of: place, in: scalars, encoding),
        "end": Self.position(of: end, in: scalars, encoding),
      ]
      scalars.replaceSubrange(place..<end, with: Array(new.unicodeScalars))
      text = String(String.UnicodeScalarView(scalars))
      try client.change(uri, version: version, [(range, new)])
    }
    let edits = try client.result("textDocument/formatting", ["textDocument": ["uri": uri] as JSONObject])
    let formatted = try #require((edits as? [JSONObject])?.first?["newText"] as? String)
    let expected = text.replacing("\r\n", with: "\n").split(separator: "\n").map { line in
      String(line).trimmingCharacters(in: .whitespaces)
    }
    #expect(formatted.split(separator: "\n").map(String.init) == expected)
  }

  private static func position(of place: Int, in scalars: [Unicode.Scalar], _ encoding: String) -> JSONObject
  {
    let before = scalars[..<place].split(separator: "\n", omittingEmptySubsequences: false)
    let line = String(String.UnicodeScalarView(before.last ?? []))
    let column: Int
    switch encoding {
    case "utf-8": column = line.utf8.count
    case "utf-16": column = line.utf16.count
    default: column = line.unicodeScalars.count
    }
    return ["line": before.count - 1, "character": column]
  }

  /// Positions that do not exist are taken for the nearest that does.
  @Test func impossiblePositions() throws {
    try client.open(Fixture.uri, "ordain 1\nspec \"\u{1F6AA}\" 1.0.0\n")
    for (line, character) in [(0, 99), (99, 0), (1, 7), (-1, -1), (0, -5), (99, 99)] {
      let position: JSONObject = ["line": line, "character": character]
      try client.change(Fixture.uri, version: 2, [(["start": position, "end": position], "")])
      let inverted: JSONObject = ["start": position, "end": ["line": 0, "character": 0] as JSONObject]
      try client.change(Fixture.uri, version: 3, [(inverted, "")])
      let place: JSONObject = ["textDocument": ["uri": Fixture.uri] as JSONObject, "position": position]
      for method in ["hover", "definition", "completion", "references", "prepareRename"] {
        #expect(try client.request("textDocument/" + method, place)["error"] == nil)
      }
    }
  }

  /// Of requests that wait, one can be taken back.
  @Test func cancelledRequests() throws {
    let lines = (0..<4_000).map { "let a\($0) = gap <= \($0) mm\n" }.joined()
    try client.open(Fixture.uri, Fixture.text + lines)
    let symbols: JSONObject = ["textDocument": ["uri": Fixture.uri] as JSONObject]
    let first = try client.start("textDocument/documentSymbol", symbols)
    let ids = try (0..<20).map { _ in try client.start("textDocument/documentSymbol", symbols) }
    try client.notify("$/cancelRequest", ["id": ids[19]])
    #expect(try client.response(to: first)["result"] != nil)
    #expect(client.errorCode(try client.response(to: ids[19])) == -32800)
    #expect(try client.response(to: ids[18])["result"] != nil)
  }

  /// A cancellation of what is not waiting, or not yet, cancels nothing.
  @Test func lateCancellations() throws {
    try client.open(Fixture.uri, Fixture.text)
    let symbols: JSONObject = ["textDocument": ["uri": Fixture.uri] as JSONObject]
    let answered = try client.start("textDocument/documentSymbol", symbols)
    #expect(try client.response(to: answered)["result"] != nil)
    try client.notify("$/cancelRequest", ["id": answered])
    try client.notify("$/cancelRequest", ["id": answered + 1])
    let next = try client.start("textDocument/documentSymbol", symbols)
    #expect(next == answered + 1)
    #expect(try client.response(to: next)["result"] != nil)
  }
}
