import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// The files for editors.
@Suite struct EditorFileTests {
  static let folder = packageRoot + "/Sources/LanguageServer/Editors/vscode/"

  private func object(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: Self.folder + name))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func theExtensionContributesTheLanguage() throws {
    let package = try object("package.json")
    let contributes = try #require(package["contributes"] as? [String: Any])
    let language = try #require((contributes["languages"] as? [[String: Any]])?.first)
    #expect(language["id"] as? String == "ordain" && language["extensions"] as? [String] == [".ordain"])
    let grammar = try #require((contributes["grammars"] as? [[String: Any]])?.first)
    #expect(
      grammar["scopeName"] as? String == (try object("syntaxes/ordain.tmLanguage.json"))["scopeName"]
        as? String)
    #expect((package["dependencies"] as? [String: String])?["vscode-languageclient"] != nil)
    let configuration = try #require(contributes["configuration"] as? [String: Any])
    #expect((configuration["properties"] as? [String: Any])?["ordain.path"] != nil)
    for path in [package["main"], language["configuration"], grammar["path"]] {
      #expect(FileManager.default.fileExists(atPath: Self.folder + (try #require(path as? String))))
    }
    #expect(
      (try object("language-configuration.json")["comments"] as? [String: String])?["lineComment"] == "//")
    let script = try String(contentsOfFile: Self.folder + "extension.js", encoding: .utf8)
    #expect(script.contains("args: ['lsp']") && script.contains("ordain"))
  }

  /// All patterns of the grammar.
  private func patterns(_ value: Any) -> [String] {
    if let list = value as? [Any] { return list.flatMap(patterns) }
    guard let object = value as? [String: Any] else { return [] }
    let own = ["match", "begin", "end"].compactMap { object[$0] as? String }
    return own + object.values.flatMap(patterns)
  }

  @Test func patternsAreRegularExpressions() throws {
    let all = patterns(try object("syntaxes/ordain.tmLanguage.json"))
    #expect(all.count > 10)
    for pattern in all { #expect(throws: Never.self) { try NSRegularExpression(pattern: pattern) } }
  }

  @Test func everyWordOfTheLanguageIsColoured() throws {
    let keywords = try #require(
      ((try object("syntaxes/ordain.tmLanguage.json")["repository"] as? [String: Any])?["keywords"]
        as? [String: Any]))
    let expressions = try patterns(keywords).map { try NSRegularExpression(pattern: $0) }
    for word in Keyword.allCases.map(\.rawValue) {
      let range = NSRange(location: 0, length: word.utf16.count)
      let matches = expressions.filter { $0.firstMatch(in: word, range: range)?.range == range }
      #expect(matches.count == 1, "\(word) is matched by \(matches.count) patterns")
    }
    for name in ["when_", "_then", "ended", "rho"] {
      let range = NSRange(location: 0, length: name.utf16.count)
      #expect(expressions.allSatisfy { $0.firstMatch(in: name, range: range) == nil }, "\(name)")
    }
  }

  @Test func includesExist() throws {
    let grammar = try object("syntaxes/ordain.tmLanguage.json")
    let repository = try #require(grammar["repository"] as? [String: Any])
    func includes(_ value: Any) -> [String] {
      if let list = value as? [Any] { return list.flatMap(includes) }
      guard let object = value as? [String: Any] else { return [] }
      return ((object["include"] as? String).map { [$0] } ?? []) + object.values.flatMap(includes)
    }
    for name in includes(grammar) { #expect(repository[String(name.dropFirst())] != nil, "\(name)") }
  }
}
