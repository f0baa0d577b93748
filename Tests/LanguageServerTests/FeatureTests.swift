import Foundation
import TestSupport
import Testing

/// What editors ask about a document.
@Suite struct FeatureTests {
  let client: LanguageClient

  init() throws {
    client = try LanguageClient()
    _ = try client.initialize()
    try client.open(Fixture.uri, Fixture.text)
  }

  private func hover(_ word: String, _ occurrence: Int = 0, offset: Int = 0) throws -> String {
    let result = try client.result("textDocument/hover", Fixture.place(word, occurrence, offset: offset))
    return ((result as? JSONObject)?["contents"] as? JSONObject)?["value"] as? String ?? ""
  }

  @Test(arguments: [
    // A threshold: physical, and as the network sees it.
    ("0.5 m then", 0, ["`gap <= 0.5 m`: the network's input `-0.25`"]),
    ("4.5 m/s", 0, ["`speed > 4.5 m/s`: the network's input `0.9`"]),
    ("0.5 m then", 4, ["`1 m` = 1, a length in m", "`gap <= 0.5 m`"]),
    (">= v", 0, ["`speed >= 1 m/s`: the network's input `0.2`"]),
    (">= limit", 0, ["`gap >= 1 m`: the network's input `0`", "`gap >= 1.5 m`: the network's input `0.25`"]),
    ("gap <=", 0, ["**input** `gap`", "unit `m`", "domain `0 .. 2`", "`-0.5` .. `0.5`"]),
    ("pulse", 0, ["**input** `pulse`", "unit `beat/s`"]),
    (
      "near and", 0,
      ["**parameter** `near`", "param near = 25 cm in 10 .. 40 cm", "value 0.25, a length in m"]
    ),
    ("beat", 0, ["**unit** `beat`", "unit beat"]),
    ("fast(2", 0, ["**condition** `fast`", "let fast(v) = speed >= v"]),
    ("v\n", 0, ["**argument** `v`"]),
    (
      "p1", 0,
      [
        "**enforce property** `p1`", "somebody is there",
        "applies on 3 networks: `D[1,1]`, `D[1,2]`, `D[1,3]`",
      ]
    ),
    ("v1", 0, ["**verify property** `v1`", "applies on 6 networks"]),
    ("far", 0, ["**monitor property** `far`", "applies on 6 networks"]),
    ("moving", 1, ["**group** `moving`", "`slow`, `shut`"]),
    ("open,", 0, ["**output** `open`", "the highest score is best"]),
    ("Door", 0, ["**interface** `Door`", "3 inputs, 3 outputs"]),
    ("D[1, *]", 0, ["**network** `D`", "door_{side}_{age}.onnx"]),
    ("side}", 0, ["**index** `side`"]),
    ("limit then", 0, ["**variable** `limit`"]),
  ]) func hoverSays(_ word: String, _ offset: Int, _ parts: [String]) throws {
    let text = try hover(word, offset: offset)
    for part in parts { #expect(text.contains(part), "\(word): \(text)") }
  }

  @Test func hoverSaysNothingElsewhere() throws {
    for word in ["ordain 1", "\"doors\"", "choose highest"] {
      #expect(try client.result("textDocument/hover", Fixture.place(word)) is NSNull)
    }
  }

  /// What is used, and the `occurrence` of the same word that declares it.
  @Test(arguments: [
    ("gap", 2, 0), ("near", 1, 0), ("beat", 1, 0), ("fast", 2, 0), ("blocked", 1, 0), ("shut", 2, 0),
    ("moving", 1, 0), ("Door", 1, 0), ("p3", 1, 0), ("p2", 1, 0), ("p1", 1, 0), ("limit", 1, 0),
    ("side", 1, 0), ("age", 1, 0), ("gap", 5, 0), ("beat", 2, 0),
  ]) func definitions(_ word: String, _ use: Int, _ declaration: Int) throws {
    let found = try client.result("textDocument/definition", Fixture.place(word, use)) as? [JSONObject]
    let location = try #require(found?.first)
    #expect(found?.count == 1 && location["uri"] as? String == Fixture.uri)
    let start = (location["range"] as? JSONObject)?["start"] as? JSONObject
    let expected = try Fixture.position(word, declaration)
    #expect(start?["line"] as? Int == expected["line"] as? Int)
    #expect(start?["character"] as? Int == expected["character"] as? Int)
  }

  @Test(arguments: [
    ("gap", 6), ("near", 2), ("beat", 3), ("shut", 5), ("moving", 2), ("p2", 2), ("blocked", 2), ("limit", 2),
    ("side", 2), ("fast", 3),
  ]) func references(_ word: String, _ count: Int) throws {
    var place = try Fixture.place(word)
    for (includes, expected) in [(true, count), (false, count - 1)] {
      place["context"] = ["includeDeclaration": includes] as JSONObject
      let found = try client.result("textDocument/references", place) as? [JSONObject] ?? []
      #expect(found.count == expected, "\(word): \(found)")
      for location in found { #expect(try Fixture.excerpt(location["range"]) == word) }
    }
  }

  @Test func documentSymbols() throws {
    let document: JSONObject = ["textDocument": ["uri": Fixture.uri] as JSONObject]
    let symbols = try client.result("textDocument/documentSymbol", document) as? [JSONObject] ?? []
    #expect(
      symbols.compactMap { $0["name"] as? String } == [
        "beat", "near", "Door", "D", "fast", "blocked", "p1", "p2", "p3", "v1", "far",
      ])
    let children = symbols[2]["children"] as? [JSONObject] ?? []
    #expect(
      children.compactMap { $0["name"] as? String } == [
        "gap", "speed", "pulse", "open", "slow", "shut", "moving",
      ])
    for symbol in symbols {
      let name = try #require(symbol["name"] as? String)
      #expect(try Fixture.excerpt(symbol["selectionRange"]) == name)
      #expect(try Fixture.excerpt(symbol["range"]).contains(name))
    }
    #expect(try Fixture.excerpt(symbols[6]["range"]).hasPrefix("enforce p1"))
    #expect(try Fixture.excerpt(symbols[6]["range"]).hasSuffix("never choose shut }"))
    #expect(try Fixture.excerpt(symbols[5]["range"]) == "let blocked = gap <= near and not fast(2 m/s)")
    #expect(try Fixture.excerpt(symbols[10]["range"]).hasSuffix("open above shut }"))
  }

  @Test func lensesSayWhereRulesApplyAndConflict() throws {
    _ = try client.wait("the analysis") { $0["method"] as? String == "workspace/codeLens/refresh" }
    let document: JSONObject = ["textDocument": ["uri": Fixture.uri] as JSONObject]
    let lenses = try client.result("textDocument/codeLens", document) as? [JSONObject] ?? []
    let titles = try lenses.map { lens in
      let title = (lens["command"] as? JSONObject)?["title"] as? String ?? ""
      return try Fixture.excerpt(lens["range"]) + ": " + title
    }
    #expect(
      titles == [
        "p1: applies on 3 networks", "p1: conflicts with p2 on 2 networks", "p2: applies on 2 networks",
        "p2: conflicts with p1 on 2 networks", "p3: applies on 2 networks", "v1: applies on 6 networks",
        "far: applies on 6 networks",
      ])
  }

  @Test func formatting() throws {
    let uri = "file:///folder/untidy.ordain"
    try client.open(uri, "ordain 1 spec \"t\" 1.0.0 // \u{1F6AA}\nparam  a=3   m")
    let document: JSONObject = [
      "textDocument": ["uri": uri] as JSONObject, "options": ["tabSize": 2] as JSONObject,
    ]
    let edits = try client.result("textDocument/formatting", document) as? [JSONObject] ?? []
    #expect(edits.count == 1)
    #expect(edits.first?["newText"] as? String == "ordain 1\nspec \"t\" 1.0.0  // \u{1F6AA}\nparam a = 3 m\n")
    #expect(((edits.first?["range"] as? JSONObject)?["end"] as? JSONObject)?["line"] as? Int == 1)
    try client.change(uri, version: 2, [(nil, "ordain 1\nspec \"t\" 1.0.0\n")])
    #expect((try client.result("textDocument/formatting", document) as? [JSONObject])?.isEmpty == true)
    try client.change(uri, version: 3, [(nil, "ordain   1 spec param")])
    #expect((try client.result("textDocument/formatting", document) as? [JSONObject])?.isEmpty == true)
  }

  /// Every request at random places of texts that were changed at random: an answer, never a crash.
  @Test func mutatedTexts() throws {
    let folder = packageRoot + "/Tests/SpecificationLanguageTests/Golden/"
    let texts =
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      // Those that expand to millions of parts are slow by design.
      .filter { !$0.hasPrefix("ORD0208") && !$0.hasPrefix("ORD0105") }
      .compactMap { FileManager.default.contents(atPath: folder + $0 + "/input.ordain").map(Array.init) }
      .filter { $0.count < 8_000 } + [Array(Fixture.text.utf8)]
    let uri = "file:///folder/mutated.ordain"
    try client.open(uri, "")
    for seed in 0..<sampleCount(150, full: 3_000) {
      var random = SplitMix64(seed: UInt64(seed))
      let text = try #require(texts.randomElement(using: &random))
      let bytes = mutated(text, with: try #require(texts.randomElement(using: &random)), using: &random)
      try client.change(uri, version: seed, [(nil, String(decoding: bytes, as: UTF8.self))])
      let position: JSONObject = [
        "line": Int.random(in: 0...30, using: &random), "character": Int.random(in: 0...60, using: &random),
      ]
      let place: JSONObject = [
        "textDocument": ["uri": uri] as JSONObject, "position": position, "newName": "new_name",
      ]
      for method in [
        "hover", "definition", "references", "completion", "prepareRename", "formatting", "codeLens",
        "documentSymbol",
      ] {
        let response = try client.request("textDocument/" + method, place)
        #expect(response["result"] != nil, "seed \(seed): \(response)")
      }
      let code = client.errorCode(try client.request("textDocument/rename", place))
      #expect(code == nil || code == -32803, "seed \(seed)")
    }
    #expect(try client.request("shutdown")["error"] == nil)
    #expect(try client.exit() == .exit(0))
  }
}
