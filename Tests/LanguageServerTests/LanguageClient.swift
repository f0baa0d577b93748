import Foundation
import Subprocesses
import Testing

/// The executable beside the test bundle.
let ordainExecutable: String = {
  let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let path = folder.appending(path: "ordain").path()
  precondition(
    FileManager.default.isExecutableFile(atPath: path), "no executable at \(path): build `ordain` first")
  return path
}()

typealias JSONObject = [String: any Sendable]

/// An editor for tests: runs `ordain lsp` and speaks with it over pipes. Waits have a limit of a minute, so a server
/// that says nothing is a failure, not a test that hangs.
final class LanguageClient {
  struct Silence: Error {
    let waitingFor: String
  }

  private let process: Subprocess
  private let input: FileHandle
  private let inbox = Inbox()
  private var lastID = 0

  init() throws {
    let (toServer, fromServer) = try (Subprocess.pipe(), Subprocess.pipe())
    input = FileHandle(fileDescriptor: toServer.writing, closeOnDealloc: true)
    let reading = FileHandle(fileDescriptor: fromServer.reading, closeOnDealloc: true)
    defer {
      close(toServer.reading)
      close(fromServer.writing)
    }
    process = try Subprocess(
      ordainExecutable, ["lsp"], environment: ["PATH": "/usr/bin:/bin"],
      streams: (toServer.reading, fromServer.writing, STDERR_FILENO))
    let inbox = inbox
    Thread {
      var buffer = Data()
      while case let chunk = reading.availableData, !chunk.isEmpty {
        buffer += chunk
        while let message = takeMessage(&buffer) { inbox.add(message) }
      }
      inbox.close()
    }.start()
  }

  deinit {
    process.terminate()
  }

  // MARK: Sending

  func send(raw bytes: [UInt8]) { try? input.write(contentsOf: Data(bytes)) }

  func send(body: String) { send(raw: Array("Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)) }

  private func send(_ message: JSONObject) throws {
    let body = try JSONSerialization.data(withJSONObject: message)
    send(raw: Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  func notify(_ method: String, _ params: JSONObject = [:]) throws {
    try send(["jsonrpc": "2.0", "method": method, "params": params])
  }

  /// Sends a request and does not wait.
  @discardableResult func start(_ method: String, _ params: JSONObject = [:]) throws -> Int {
    lastID += 1
    try send(["jsonrpc": "2.0", "id": lastID, "method": method, "params": params])
    return lastID
  }

  /// The whole response.
  func request(_ method: String, _ params: JSONObject = [:]) throws -> JSONObject {
    try response(to: try start(method, params))
  }

  /// The result; a failure of the test where there is an error instead.
  func result(_ method: String, _ params: JSONObject = [:]) throws -> any Sendable {
    let response = try request(method, params)
    return try #require(response["result"], "\(method): \(response)")
  }

  func response(to id: Int) throws -> JSONObject {
    try wait("the response to \(id)") { $0["method"] == nil && $0["id"] as? Int == id }
  }

  func errorCode(_ response: JSONObject) -> Int? { (response["error"] as? JSONObject)?["code"] as? Int }

  // MARK: Receiving

  /// The first message of that kind; takes it out of the inbox.
  func wait(_ what: String, _ isWanted: (JSONObject) -> Bool) throws -> JSONObject {
    guard let message = inbox.take(before: Date(timeIntervalSinceNow: 60), isWanted) else {
      throw Silence(waitingFor: what)
    }
    return message
  }

  /// The diagnostics that are published next for a document.
  func diagnostics(_ uri: String) throws -> [JSONObject] {
    let message = try wait("diagnostics of \(uri)") { message in
      message["method"] as? String == "textDocument/publishDiagnostics"
        && (message["params"] as? JSONObject)?["uri"] as? String == uri
    }
    return (message["params"] as? JSONObject)?["diagnostics"] as? [JSONObject] ?? []
  }

  /// Diagnostics of a document, published until some fit.
  func diagnostics(_ uri: String, until isWanted: ([JSONObject]) -> Bool) throws -> [JSONObject] {
    while true {
      let published = try diagnostics(uri)
      if isWanted(published) { return published }
    }
  }

  /// Messages that nobody has waited for.
  var unread: [JSONObject] { inbox.unread }

  // MARK: Sessions

  func initialize(encodings: [String] = ["utf-16"]) throws -> JSONObject {
    let capabilities: JSONObject = [
      "general": ["positionEncodings": encodings] as JSONObject,
      "workspace": ["codeLens": ["refreshSupport": true] as JSONObject] as JSONObject,
    ]
    let result = try result("initialize", ["capabilities": capabilities]) as? JSONObject
    try notify("initialized")
    return try #require(result?["capabilities"] as? JSONObject)
  }

  func open(_ uri: String, _ text: String) throws {
    let document: JSONObject = ["uri": uri, "languageId": "ordain", "version": 1, "text": text]
    try notify("textDocument/didOpen", ["textDocument": document])
  }

  /// - Parameter changes: each with the range (`nil`: the whole text) and the new text.
  func change(_ uri: String, version: Int, _ changes: [(range: JSONObject?, text: String)]) throws {
    let contentChanges = changes.map { change -> JSONObject in
      var object: JSONObject = ["text": change.text]
      if let range = change.range { object["range"] = range }
      return object
    }
    try notify(
      "textDocument/didChange",
      ["textDocument": ["uri": uri, "version": version] as JSONObject, "contentChanges": contentChanges])
  }

  /// Ends the session.
  func exit() throws -> Subprocess.Ending {
    try notify("exit")
    return process.wait(limit: 60)
  }

  func closeInput() throws { try input.close() }

  func waitUntilExit() -> Subprocess.Ending { process.wait(limit: 60) }
}

/// Takes the first complete message off the buffer.
private func takeMessage(_ buffer: inout Data) -> JSONObject? {
  guard let end = buffer.firstRange(of: Data("\r\n\r\n".utf8)) else { return nil }
  let header = String(decoding: buffer[buffer.startIndex..<end.lowerBound], as: UTF8.self)
  guard let length = header.split(separator: ": ").last.flatMap({ Int($0) }),
    buffer.endIndex - end.upperBound >= length
  else { return nil }
  let body = Data(buffer[end.upperBound..<end.upperBound + length])
  buffer = Data(buffer[(end.upperBound + length)...])
  return (try? JSONSerialization.jsonObject(with: body)) as? JSONObject
}

/// Messages from the server.
private final class Inbox: @unchecked Sendable {
  // INVARIANT: all that follows is touched only while the condition is locked.
  private let condition = NSCondition()
  private var messages: [JSONObject] = []
  private var isClosed = false

  func add(_ message: JSONObject) {
    condition.withLock {
      messages.append(message)
      condition.broadcast()
    }
  }

  func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  var unread: [JSONObject] { condition.withLock { messages } }

  func take(before limit: Date, _ isWanted: (JSONObject) -> Bool) -> JSONObject? {
    condition.withLock {
      while true {
        if let index = messages.firstIndex(where: isWanted) { return messages.remove(at: index) }
        if isClosed || !condition.wait(until: limit) { return nil }
      }
    }
  }
}
