import Foundation

/// How many random cases a test draws: `usual` in `swift test`, `full` with `ORDAIN_FULL=1`.
public func sampleCount(_ usual: Int, full: Int) -> Int {
  ProcessInfo.processInfo.environment["ORDAIN_FULL"] == "1" ? full : usual
}
