import Diagnostics

/// Where witnesses of earlier analyses are kept. What it returns is not trusted: bytes that are damaged,
/// old or of another specification change no result, only the time it takes.
public protocol AnalysisCache: Sendable {
  /// What was stored under `name` last; `nil` if there is nothing or it cannot be read.
  func bytes(named name: String) -> [UInt8]?
  /// Stores `bytes` under `name`, or does nothing if it cannot.
  func store(_ bytes: [UInt8], named name: String)
}
