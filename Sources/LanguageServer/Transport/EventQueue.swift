import Foundation

/// What the server's one thread works on, in the order of arrival.
enum Event: Sendable {
  case received(MessageReader.Item)
  case analysed(FinishedAnalysis)
  /// The request was received, and cancelled while it waited.
  case cancelled(RequestID)
}

/// Events from the threads that read and that analyse.
final class EventQueue: @unchecked Sendable {
  // INVARIANT: all that follows is touched only while the condition is locked.
  private let condition = NSCondition()
  private var events: [(event: Event, request: RequestID?)] = []
  private var first = 0

  /// - Parameter request: what ``cancel(_:)`` knows the event by.
  func add(_ event: Event, request: RequestID? = nil) {
    condition.withLock {
      events.append((event, request))
      condition.signal()
    }
  }

  /// Waits for an event.
  func next() -> Event {
    condition.withLock {
      while first == events.count { condition.wait() }
      let event = events[first].event
      first += 1
      if first == events.count || first > 1024 {
        events.removeFirst(first)
        first = 0
      }
      return event
    }
  }

  var isEmpty: Bool { condition.withLock { first == events.count } }

  /// Replaces a request that the client no longer wants, if it is still waiting here.
  func cancel(_ id: RequestID) {
    condition.withLock {
      if let place = events[first...].firstIndex(where: { $0.request == id }) {
        events[place] = (.cancelled(id), nil)
      }
    }
  }
}
