import Foundation

/// What the thread that reads has to know of a message: the request that it is, or that it cancels.
enum RequestMention {
  case request(RequestID)
  case cancellation(RequestID)

  /// The most bytes of a message that is looked at: a longer request is just not cancelled.
  private static let sizeLimit = 1 << 16

  /// `nil` for anything else, malformed messages among it.
  init?(_ item: MessageReader.Item) {
    guard case .message(let bytes) = item, bytes.count < Self.sizeLimit,
      let message = try? JSONDecoder().decode(Envelope.self, from: Data(bytes)), let method = message.method
    else { return nil }
    if method == "$/cancelRequest" {
      guard
        let cancel = try? JSONDecoder().decode(Parameters<Wire.CancelRequest>.self, from: Data(bytes))
      else { return nil }
      self = .cancellation(cancel.params.id)
    } else if let id = message.id {
      self = .request(id)
    } else {
      return nil
    }
  }
}
