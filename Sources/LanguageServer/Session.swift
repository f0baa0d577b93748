import Diagnostics
import Foundation
import SpecificationLanguage

/// The state of a client's session: between `initialize` and `shutdown` there is a workspace.
struct Session {
  private enum State {
    case new
    case serving(Workspace)
    case shutDown
  }

  private var state = State.new
  private var refreshesLenses = false
  private var ownRequests = 0

  private var workspace: Workspace? {
    get { if case .serving(let workspace) = state { workspace } else { nil } }
    set {
      guard let newValue else { return }
      state = .serving(newValue)
    }
  }

  /// Whether the message ends the session: `true` after `shutdown`.
  func exit(_ data: Data) -> Bool? {
    guard data.count < 4096, let message = try? JSONDecoder().decode(Envelope.self, from: data),
      message.method == "exit", message.id == nil
    else { return nil }
    if case .shutDown = state { return true }
    return false
  }

  // MARK: Diagnostics

  /// Checks what has changed and hands it to the solver; gives the diagnostics that are others now.
  mutating func refresh(_ background: BackgroundAnalysis) -> [any Encodable] {
    guard var workspace else { return [] }
    let result = workspace.refresh()
    for file in result.removed { background.cancel(root: file) }
    for file in result.checked {
      guard let specification = workspace.specifications[file] else { continue }
      if let checked = specification.checked {
        background.schedule(checked, root: file, generation: specification.generation)
      } else {
        background.cancel(root: file)
      }
    }
    let updates = workspace.diagnosticsToPublish()
    self.workspace = workspace
    return updates.map(Self.publish)
  }

  mutating func accept(_ analysis: FinishedAnalysis) -> [any Encodable] {
    guard var workspace, workspace.accept(analysis) else { return [] }
    var messages: [any Encodable] = workspace.diagnosticsToPublish().map(Self.publish)
    self.workspace = workspace
    if refreshesLenses {
      ownRequests += 1
      messages.append(
        OutgoingMessage(
          id: .text("ordain-\(ownRequests)"), method: "workspace/codeLens/refresh", params: [String: String]()
        ))
    }
    return messages
  }

  private static func publish(_ update: Wire.PublishDiagnostics) -> OutgoingMessage<Wire.PublishDiagnostics> {
    OutgoingMessage(method: "textDocument/publishDiagnostics", params: update)
  }

  // MARK: Notifications

  /// What is malformed or unknown is ignored: a notification has no answer.
  mutating func notify(_ method: String, _ data: Data) {
    guard var workspace else { return }
    switch method {
    case "textDocument/didOpen":
      if let open = try? parameters(Wire.DidOpen.self, data) { workspace.open(open.textDocument) }
    case "textDocument/didChange":
      if let change = try? parameters(Wire.DidChange.self, data) { workspace.change(change) }
    case "textDocument/didClose":
      if let close = try? parameters(Wire.DocumentPlace.self, data) {
        workspace.close(uri: close.textDocument.uri)
      }
    case "workspace/didChangeWatchedFiles", "textDocument/didSave": workspace.invalidate()
    default: return
    }
    self.workspace = workspace
  }

  // MARK: Requests

  mutating func answer(
    _ method: String, _ data: Data, version: String
  ) throws(ResponseError) -> any Encodable & Sendable {
    if method == "initialize" { return try initialize(data, version: version) }
    switch state {
    case .new: throw ResponseError(.serverNotInitialized, "the first request is `initialize`")
    case .shutDown: throw ResponseError(.invalidRequest, "the server was shut down")
    case .serving(let workspace):
      if method == "shutdown" {
        state = .shutDown
        return NoResult()
      }
      return try RequestHandler(workspace: workspace).answer(method, data)
    }
  }

  private mutating func initialize(
    _ data: Data, version: String
  ) throws(ResponseError) -> any Encodable & Sendable {
    guard case .new = state else { throw ResponseError(.invalidRequest, "the server was initialized before") }
    let capabilities = try parameters(Wire.Initialize.self, data).capabilities
    // Ours are bytes of UTF-8; UTF-16 is what every client knows.
    let offered = (capabilities.general?.positionEncodings ?? []).compactMap(PositionEncoding.init)
    let encoding = offered.contains(.utf8) ? .utf8 : offered.first ?? .utf16
    refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport ?? false
    state = .serving(Workspace(encoding: encoding))
    return Wire.InitializeResult(
      capabilities: Wire.InitializeResult.Capabilities(positionEncoding: encoding.rawValue),
      serverInfo: Wire.InitializeResult.Server(version: version))
  }
}

/// - Throws: that the message's parameters are others.
func parameters<P: Decodable>(_: P.Type, _ data: Data) throws(ResponseError) -> P {
  do {
    return try JSONDecoder().decode(Parameters<P>.self, from: data).params
  } catch {
    throw ResponseError(.invalidParams, "the parameters do not fit the method")
  }
}
