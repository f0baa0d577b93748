import Glibc

/// The processor time of the running thread since the clock was made, as long as it is read on that thread.
package struct ThreadClock: Sendable {
  private let start = ThreadClock.now

  package init() {}

  package var seconds: Double { ThreadClock.now - start }

  private static var now: Double {
    var time = timespec()
    // Never fails for this clock.
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
