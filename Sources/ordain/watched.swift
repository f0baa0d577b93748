import CompilerDriver
import Dispatch
import Glibc

/// Does long work on this thread, and shows on a terminal how long it has been going on.
///
/// - Parameters:
///   - limit: CPU seconds of the process; the process ends as undecided if they are over when the work is done, or before.
///     `nil` for no limit.
///   - expired: what is printed then.
func watched<T, Failure: Error>(
  _ title: String, limit: Double?, expired: String, _ work: () throws(Failure) -> T
) throws(Failure) -> T {
  let look: @Sendable () -> Void = {
    let seconds = Double(clock()) / Double(CLOCKS_PER_SEC)
    guard let limit, seconds >= limit else { return Console.progress("\(title) (\(Int(seconds)) s)") }
    Console.progress("")
    Console.print(expired, unwritten: .undecided)
    // The work may go on meanwhile: nothing that it uses is torn down.
    _exit(ExitStatus.undecided.rawValue)
  }
  let queue = DispatchQueue(label: "watched")
  let timer = DispatchSource.makeTimerSource(queue: queue)
  timer.setEventHandler(handler: look)
  timer.schedule(deadline: .now() + 0.1, repeating: 0.1)
  timer.resume()
  defer {
    queue.sync {
      timer.cancel()
      look()
    }
    Console.progress("")
  }
  return try work()
}
