import Diagnostics
import Foundation
import SpecificationLanguage

/// The language server: specifications in editors, over the Language Server Protocol 3.17.
///
/// One thread works on messages in the order of arrival (this one), one reads them, one analyses. State belongs to
/// the first; the others only put events into its queue. Checking waits until no message is left or a request needs
/// its result, so changes that arrive together are checked once.
public struct Server {
  private let queue = EventQueue()
  private let background: BackgroundAnalysis
  private let writer: MessageWriter
  private let input: Int32
  private let version: String
  private var session = Session()

  /// - Parameters:
  ///   - input, output: descriptors of the streams to and from the client.
  ///   - version: the compiler's.
  public init(input: Int32, output: Int32, version: String) {
    self.input = input
    self.version = version
    writer = MessageWriter(descriptor: output)
    background = BackgroundAnalysis { [queue] in queue.add(.analysed($0)) }
  }

  /// Serves until the client says `exit` or goes away.
  ///
  /// - Returns: whether the client said `shutdown` and `exit`, in this order.
  public mutating func run() -> Bool {
    startReading()
    defer { background.stop() }
    while true {
      let answers: [any Encodable]
      switch queue.next() {
      case .analysed(let analysis):
        // Findings are about the present state, or about none.
        answers = session.refresh(background) + session.accept(analysis)
      case .cancelled(let id):
        answers = [Response(id: id, outcome: .failure(ResponseError(.requestCancelled, "cancelled")))]
      case .received(.end): return false
      case .received(.malformed(let reason)):
        answers = [Response(id: nil, outcome: .failure(ResponseError(.parseError, reason)))]
      case .received(.message(let bytes)):
        if let isOrderly = session.exit(Data(bytes)) { return isOrderly }
        answers = handle(Data(bytes))
      }
      guard send(answers) else { return false }
      if queue.isEmpty, !refresh() { return false }
    }
  }

  private func startReading() {
    let (queue, input) = (queue, input)
    Thread {
      var reader = MessageReader(descriptor: input)
      while true {
        let item = reader.next()
        switch RequestMention(item) {
        // Taken out of turn: the request is in the queue before its cancellation.
        case .cancellation(let id): queue.cancel(id)
        case .request(let id): queue.add(.received(item), request: id)
        case nil: queue.add(.received(item))
        }
        if item == .end { return }
      }
    }.start()
  }

  private mutating func handle(_ data: Data) -> [any Encodable] {
    let message: Envelope
    do {
      message = try JSONDecoder().decode(Envelope.self, from: data)
      guard message.jsonrpc == "2.0" else { throw ResponseError(.invalidRequest, "this is not JSON-RPC 2.0") }
    } catch {
      return [Response(id: nil, outcome: .failure(malformed(data, error)))]
    }
    // The answer to a request of ours.
    guard let method = message.method else {
      return message.id == nil
        ? [Response(id: nil, outcome: .failure(ResponseError(.invalidRequest, "the message has no method")))]
        : []
    }
    guard let id = message.id else {
      session.notify(method, data)
      return []
    }
    var answers = session.refresh(background).map { $0 as any Encodable }
    do throws(ResponseError) {
      answers.append(Response(id: id, outcome: .success(try session.answer(method, data, version: version))))
    } catch {
      answers.append(Response(id: id, outcome: .failure(error)))
    }
    return answers
  }

  private mutating func refresh() -> Bool { send(session.refresh(background)) }

  private func send(_ messages: [any Encodable]) -> Bool {
    messages.allSatisfy { writer.write($0) }
  }
}

/// Whether the text is no JSON, or JSON that is no message.
private func malformed(_ data: Data, _ error: any Error) -> ResponseError {
  if let error = error as? ResponseError { return error }
  let isJSON = (try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)) != nil
  return isJSON
    ? ResponseError(.invalidRequest, "this is no JSON-RPC message")
    : ResponseError(.parseError, "this is no JSON in UTF-8")
}
