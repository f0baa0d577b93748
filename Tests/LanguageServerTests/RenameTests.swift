import Foundation
import Testing

/// Renaming and completion.
@Suite struct RenameTests {
  let client: LanguageClient

  init() throws {
    client = try LanguageClient()
    _ = try client.initialize()
    try client.open(Fixture.uri, Fixture.text)
  }

  private func rename(_ word: String, _ occurrence: Int = 0, to name: String) throws -> JSONObject {
    var request = try Fixture.place(word, occurrence)
    request["newName"] = name
    return try client.request("textDocument/rename", request)
  }

  /// The text after the edits, which must not overlap.
  private func edited(_ response: JSONObject) throws -> String {
    let result = try #require(response["result"] as? JSONObject, "\(response)")
    let edits = try #require((result["changes"] as? [String: [JSONObject]])?[Fixture.uri])
    var lines = Fixture.text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf16) }
    let places = try edits.map { edit -> (Int, Int, Int, String) in
      let range = try #require(edit["range"] as? JSONObject)
      let start = try #require(range["start"] as? JSONObject)
      let end = try #require(range["end"] as? JSONObject)
      return (
        try #require(start["line"] as? Int), try #require(start["character"] as? Int),
        try #require(end["character"] as? Int), try #require(edit["newText"] as? String)
      )
    }
    for (line, start, end, new) in places.sorted(by: { ($0.0, $0.1) > ($1.0, $1.1) }) {
      lines[line].replaceSubrange(start..<end, with: Array(new.utf16))
    }
    return lines.map { String(decoding: $0, as: UTF16.self) }.joined(separator: "\n")
  }

  @Test(arguments: [
    ("gap", 2), ("near", 1), ("beat", 1), ("fast", 1), ("blocked", 0), ("shut", 1), ("moving", 1),
    ("Door", 1),
    ("p3", 1), ("p1", 1), ("limit", 1), ("side", 1), ("age", 0), ("speed", 0), ("far", 0), ("v1", 0),
  ]) func everyUseIsRenamed(_ word: String, _ occurrence: Int) throws {
    // `beat` stands behind a number without a blank, too; other words stand in words.
    let expected =
      word == "beat"
      ? Fixture.text.replacing(word, with: "another_name")
      : Fixture.text.replacing(try Regex("\\b\(word)\\b"), with: "another_name")
    #expect(try edited(rename(word, occurrence, to: "another_name")) == expected)
  }

  @Test(arguments: [
    ("gap", "enforce"), ("gap", "true"), ("gap", ""), ("gap", "3d"), ("gap", "a b"), ("gap", "h\u{F6}he"),
    ("gap", "a-b"),
    ("gap", String(repeating: "a", count: 101)),
    // Clashes, in one namespace or where one name would hide the other.
    ("gap", "speed"), ("near", "blocked"), ("open", "slow"), ("open", "moving"), ("p1", "p2"), ("beat", "m"),
    ("near", "gap"), ("side", "age"), ("limit", "gap"), ("fast", "near"),
    // Behind a number it would be an exponent.
    ("beat", "e5"),
  ]) func refusals(_ word: String, _ name: String) throws {
    let response = try rename(word, to: name)
    #expect(client.errorCode(response) == -32803, "\(response)")
    #expect(((response["error"] as? JSONObject)?["message"] as? String)?.contains("`\(name)`") == true)
  }

  @Test func whatIsNoNameIsNotRenamed() throws {
    for word in ["ordain", "enforce", "1.0.0", "25 cm"] {
      #expect(client.errorCode(try rename(word, to: "x")) == -32803)
      #expect(try client.result("textDocument/prepareRename", Fixture.place(word)) is NSNull)
    }
    let range = try client.result("textDocument/prepareRename", Fixture.place("blocked", 1, offset: 3))
    #expect(try Fixture.excerpt(range) == "blocked")
  }

  /// `|` is the cursor.
  @Test(arguments: [
    ("\n|", ["enforce", "let", "param", "import", "robust", "lipschitz"], ["when", "gap", "shut", "m"]),
    ("\nenf|", ["enforce"], ["when", "gap"]),
    ("\nenforce |", [], ["when", "gap", "enforce"]),
    ("\nenforce q |", ["on"], ["gap"]),
    ("\nenforce q on |", ["D", "except"], ["gap", "shut", "p1"]),
    ("\nenforce q on D { |", ["when"], ["gap"]),
    (
      "\nenforce q on D { when |", ["gap", "blocked", "fast", "near", "not", "raw"], ["shut", "enforce", "D"]
    ),
    ("\nenforce q on D { when gap <= 3 |", ["m", "ft", "beat"], ["gap", "shut"]),
    ("\nenforce q on D { when gap <= 3 m |", ["and", "or", "then"], ["shut"]),
    (
      "\nenforce q on D { when blocked then |", ["choose", "never", "shut", "moving"],
      ["gap", "blocked", "enforce"]
    ),
    ("\nenforce q on D { when blocked then choose o|", ["open"], ["gap"]),
    ("\nparam far_away = |", ["near"], ["gap", "shut"]),
    ("\nparam far_away = 3 |", ["m", "kmh"], ["near"]),
    ("\nlet other = |", ["gap", "blocked", "near"], ["shut"]),
    ("\nnetwork M : |", ["Door"], ["gap"]),
    ("\ninterface Other { |", ["inputs", "outputs"], ["gap"]),
    ("\ninterface Other { inputs { a : |", ["m", "rad", "beat"], ["gap", "shut"]),
    ("\ninterface Other { inputs { a : m } outputs { b, c |", ["choose", "group", "ties"], ["gap"]),
    ("\np1 overrides |", ["p2", "p3"], ["gap", "shut"]),
    ("\nexpect |", ["p1", "conflicts", "at"], ["gap"]),
    ("\nexpect at { |", ["gap", "speed"], ["shut", "p1"]),
    ("\nrobust r { |", ["within", "keep"], ["gap"]),
    ("\nlipschitz l { |", ["L2", "margins"], ["gap", "keep"]),
    ("\nfor i in { 1..2 } { |", ["enforce", "verify"], ["param", "gap"]),
    ("\n// |", [], ["enforce", "gap"]),
    ("\nspec \"|", [], ["enforce", "gap"]),
  ]) func completion(_ text: String, _ offered: [String], _ not: [String]) throws {
    let full = Fixture.text + text
    let written = full.replacing("|", with: "")
    try client.change(Fixture.uri, version: 2, [(nil, written)])
    let position = try Fixture.place("|", in: full)
    let items = try client.result("textDocument/completion", position) as? [JSONObject] ?? []
    let labels = items.compactMap { $0["label"] as? String }
    #expect(Set(labels).isSuperset(of: offered), "\(labels)")
    #expect(Set(labels).isDisjoint(with: not), "\(labels)")
    #expect(Set(labels).count == labels.count)
  }
}
