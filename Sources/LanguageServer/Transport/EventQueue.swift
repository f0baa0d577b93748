import Foundation

/// What the server's one thread works on, in the order of arrival.
enum Event: Sendable {
  case received(MessageReader.Item)
  case analysed(FinishedAnalysis)
}

/// Events from the threads that read and that analyse.
final class EventQueue: @unchecked Sendable {
  // INVARIANT: all that follows is touched only while the condition is locked.
  private let condition = NSCondition()
  private var events: [Event] = []
  private var first = 0
  private var cancelled: Set<RequestID> = []

  func add(_ event: Event) {
    condition.withLock {
      events.append(event)
      condition.signal()
    }
  }

  /// Waits for an event.
  func next() -> Event {
    condition.withLock {
      while first == events.count { condition.wait() }
      let event = events[first]
      first += 1
      if first == events.count || first > 1024 {
        events.removeFirst(first)
        first = 0
      }
      return event
    }
  }

  var isEmpty: Bool { condition.withLock { first == events.count } }

  /// A request that the client no longer wants, if it is still waiting here.
  func cancel(_ id: RequestID) {
    _ = condition.withLock { cancelled.insert(id) }
  }

  /// Whether the request was cancelled; forgets it.
  func takeCancelled(_ id: RequestID) -> Bool {
    condition.withLock { cancelled.remove(id) != nil }
  }
}
