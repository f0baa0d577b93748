import Foundation
import Testing

/// The protocol itself: the order of messages, and messages that are none.
@Suite struct LifecycleTests {
  let client: LanguageClient

  init() throws { client = try LanguageClient() }

  @Test func orderlySessionEndsWith0() throws {
    let capabilities = try client.initialize()
    #expect(capabilities["positionEncoding"] as? String == "utf-16")
    for name in [
      "hoverProvider", "definitionProvider", "referencesProvider", "documentSymbolProvider",
      "documentFormattingProvider",
    ] { #expect(capabilities[name] as? Bool == true, "\(name)") }
    #expect((capabilities["textDocumentSync"] as? JSONObject)?["change"] as? Int == 2)
    let response = try client.request("shutdown")
    #expect(response["result"] is NSNull && response["error"] == nil)
    #expect(client.errorCode(try client.request("textDocument/hover")) == -32600)
    #expect(try client.exit() == .exit(0))
  }

  @Test func exitWithoutShutdownEndsWith1() throws {
    _ = try client.initialize()
    #expect(try client.exit() == .exit(1))
  }

  @Test func clientThatGoesAwayEndsTheServer() throws {
    _ = try client.initialize()
    try client.closeInput()
    #expect(client.waitUntilExit() == .exit(1))
  }

  @Test func requestsBeforeInitializeAreRefused() throws {
    #expect(client.errorCode(try client.request("textDocument/hover")) == -32002)
    #expect(client.errorCode(try client.request("shutdown")) == -32002)
    // Notifications are dropped.
    try client.open("file:///a.ordain", "nonsense")
    #expect(client.errorCode(try client.request("initialize", ["capabilities": 3])) == -32602)
    _ = try client.initialize()
    #expect(client.errorCode(try client.request("initialize", ["capabilities": [:] as JSONObject])) == -32600)
    #expect(client.unread.isEmpty)
  }

  @Test func unknownMethods() throws {
    _ = try client.initialize()
    #expect(client.errorCode(try client.request("textDocument/implementation")) == -32601)
    #expect(client.errorCode(try client.request("$/mystery")) == -32601)
    try client.notify("$/mystery")
    try client.notify("textDocument/mystery")
    #expect(client.errorCode(try client.request("textDocument/hover", ["textDocument": 1])) == -32602)
    let closed: JSONObject = ["textDocument": ["uri": "file:///none.ordain"] as JSONObject]
    #expect(client.errorCode(try client.request("textDocument/formatting", closed)) == -32602)
    _ = try client.result("shutdown")
  }

  /// Bodies that are no message have an error with the identifier `null`, and the session goes on.
  @Test(arguments: [
    ("{", -32700), ("", -32700), ("\"\\ud800\"", -32700), (String(repeating: "[", count: 100_000), -32700),
    ("[]", -32600), ("1", -32600), ("null", -32600), ("{}", -32600), ("{\"jsonrpc\":\"2.0\"}", -32600),
    ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"shutdown\"}", -32600),
    ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"shutdown\"}", -32600),
    ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600),
    ("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", -32600),
  ]) func malformedMessages(_ body: String, _ code: Int) throws {
    _ = try client.initialize()
    client.send(body: body)
    let answer = try client.wait("an error") { $0["error"] != nil }
    #expect(client.errorCode(answer) == code && answer["id"] is NSNull)
    #expect(try client.request("shutdown")["error"] == nil)
  }

  @Test func bytesThatAreNoUTF8() throws {
    _ = try client.initialize()
    let body = Array("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"".utf8) + [0xFF, 0xFE] + Array("\"}".utf8)
    client.send(raw: Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    #expect(client.errorCode(try client.wait("an error") { $0["error"] != nil }) == -32700)
    #expect(try client.request("shutdown")["error"] == nil)
  }

  /// After a header that is none, the next message is found.
  @Test(arguments: [
    "Content-Length: 99999999999999999999\r\n\r\n", "Content-Length: 1000000000\r\n\r\n{\"a\":1}",
    "Content-Length: -1\r\n\r\n", "Content-Length: many\r\n\r\n{}", "Content-Type: text\r\n\r\n", "\r\n\r\n",
    "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", String(repeating: "x", count: 10_000),
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
  ]) func malformedHeaders(_ header: String) throws {
    _ = try client.initialize()
    client.send(raw: Array(header.utf8))
    let answer = try client.wait("an error") { $0["error"] != nil }
    #expect(client.errorCode(answer) == -32700 && answer["id"] is NSNull)
    #expect(try client.request("shutdown")["error"] == nil)
    #expect(try client.exit() == .exit(0))
  }

  @Test func headersInOtherForms() throws {
    _ = try client.initialize()
    let body = #"{"jsonrpc":"2.0","id":"text","method":"shutdown"}"#
    client.send(
      raw: Array(
        "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:\(body.utf8.count)\r\n\r\n"
          .utf8))
    for byte in body.utf8 { client.send(raw: [byte]) }
    let answer = try client.wait("the answer") { $0["id"] as? String == "text" }
    #expect(answer["result"] is NSNull)
  }

  /// 2,000 messages that were changed at random: nothing is answered twice, nothing crashes.
  @Test func mutatedMessages() throws {
    _ = try client.initialize()
    try client.open(Fixture.uri, Fixture.text)
    var random = SystemRandomNumberGenerator()
    let position: JSONObject = ["line": 3, "character": 5]
    let message: JSONObject = [
      "jsonrpc": "2.0", "id": 77, "method": "textDocument/hover",
      "params": ["textDocument": ["uri": Fixture.uri] as JSONObject, "position": position] as JSONObject,
    ]
    let body = Array(try JSONSerialization.data(withJSONObject: message, options: .sortedKeys))
    for _ in 0..<2_000 {
      var changed = body
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
          in: 0x20...0x7E, using: &random)
      }
      client.send(raw: Array("Content-Length: \(changed.count)\r\n\r\n".utf8) + changed)
    }
    #expect(try client.request("shutdown")["error"] == nil)
    #expect(try client.exit() == .exit(0))
  }
}
