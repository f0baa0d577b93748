import Foundation
import Testing

/// Specifications of several files.
@Suite struct ImportTests {
  let client: LanguageClient
  let folder: URL

  static let common = """
    ordain 1
    spec "common" 1.0.0
    param near = 3 m
    interface Car {
      inputs {
        gap : m  in 0 .. 200
      }
      outputs {
        stop, go
        choose highest
      }
    }

    """
  static let main = """
    ordain 1
    spec "main" 1.0.0
    import "parts/common.ordain"
    network N : Car from "n.onnx"
    enforce p { when gap < near then choose stop }

    """

  init() throws {
    client = try LanguageClient()
    _ = try client.initialize()
    folder = FileManager.default.temporaryDirectory.appending(path: "ordain lsp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "parts"), withIntermediateDirectories: true)
    try Self.common.write(
      to: folder.appending(path: "parts/common.ordain"), atomically: true, encoding: .utf8)
  }

  private var mainURI: String { folder.appending(path: "main.ordain").absoluteString }
  private var commonURI: String { folder.appending(path: "parts/common.ordain").absoluteString }

  private func codes(_ diagnostics: [JSONObject]) -> [String] {
    diagnostics.compactMap { $0["code"] as? String }
  }

  @Test func definitionsLieInOtherFiles() throws {
    try client.open(mainURI, Self.main)
    #expect(try client.diagnostics(mainURI).isEmpty)
    for word in ["near", "Car", "stop", "gap"] {
      let place = try Fixture.place(word, in: Self.main, uri: mainURI)
      let found = try client.result("textDocument/definition", place) as? [JSONObject]
      #expect(found?.first?["uri"] as? String == commonURI)
      #expect(try Fixture.excerpt(found?.first?["range"], of: Self.common) == word)
    }
    let path = try Fixture.place("parts", in: Self.main, uri: mainURI)
    let file = try client.result("textDocument/definition", path) as? [JSONObject]
    #expect(file?.first?["uri"] as? String == commonURI)
    try FileManager.default.removeItem(at: folder)
  }

  /// An open document comes before the file on disk, saved or not.
  @Test func openDocumentsComeFirst() throws {
    try client.open(mainURI, Self.main)
    #expect(try client.diagnostics(mainURI).isEmpty)
    try client.open(commonURI, Self.common.replacing("near", with: "close"))
    #expect(codes(try client.diagnostics(mainURI)) == ["ORD0201"])
    // Its own mistakes are its own, although it is checked as part of the other.
    try client.change(commonURI, version: 2, [(nil, Self.common.replacing("3 m", with: "3 parsecs"))])
    let wrong = try client.diagnostics(commonURI) { !$0.isEmpty }
    #expect(codes(wrong) == ["ORD0301"])
    #expect(try client.diagnostics(mainURI).isEmpty)
    try client.notify("textDocument/didClose", ["textDocument": ["uri": commonURI] as JSONObject])
    #expect(try client.diagnostics(commonURI).isEmpty)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func renamingGoesThroughAllFiles() throws {
    try client.open(mainURI, Self.main)
    try client.open(commonURI, Self.common)
    var request = try Fixture.place("near", in: Self.common, uri: commonURI)
    request["newName"] = "close"
    let result = try client.result("textDocument/rename", request) as? JSONObject
    let changes = try #require(result?["changes"] as? [String: [JSONObject]])
    #expect(Set(changes.keys) == [mainURI, commonURI])
    #expect(try Fixture.excerpt(changes[mainURI]?.first?["range"], of: Self.main) == "near")
    #expect(try Fixture.excerpt(changes[commonURI]?.first?["range"], of: Self.common) == "near")
    // A clash in the other file counts.
    request["newName"] = "gap"
    #expect(client.errorCode(try client.request("textDocument/rename", request)) == -32803)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func filesOnDiskAreReadAgain() throws {
    try client.open(mainURI, Self.main.replacing("common.ordain", with: "late.ordain"))
    #expect(codes(try client.diagnostics(mainURI)).contains("ORD0211"))
    try Self.common.write(to: folder.appending(path: "parts/late.ordain"), atomically: true, encoding: .utf8)
    try client.notify("workspace/didChangeWatchedFiles", ["changes": [JSONObject]()])
    #expect(try client.diagnostics(mainURI).isEmpty)
    try FileManager.default.removeItem(at: folder)
  }

  /// Documents that import each other, themselves, a device, or standard input.
  @Test func strangeImports() throws {
    let untitled = "untitled:Untitled-1"
    try client.open(untitled, Self.main.replacing("parts/common.ordain", with: "-"))
    #expect(codes(try client.diagnostics(untitled)).contains("ORD0211"))
    try client.open(mainURI, Self.main.replacing("parts/common.ordain", with: "main.ordain"))
    #expect(codes(try client.diagnostics(mainURI)).contains("ORD0210"))
    let device = folder.appending(path: "device.ordain").absoluteString
    let up = String(repeating: "../", count: 20)
    try client.open(device, Self.main.replacing("parts/common.ordain", with: up + "dev/zero"))
    #expect(codes(try client.diagnostics(device)).contains("ORD0211"))
    for (name, other) in [("a", "b"), ("b", "a")] {
      try client.open(
        folder.appending(path: "\(name).ordain").absoluteString,
        Self.main.replacing("parts/common.ordain", with: "\(other).ordain"))
    }
    #expect(try client.request("shutdown")["error"] == nil)
    try FileManager.default.removeItem(at: folder)
  }
}
