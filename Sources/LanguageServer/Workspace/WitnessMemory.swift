import SafetyLayers
import Synchronization

/// Keeps what analyses found, so that the next one of a specification that hardly changed is fast. In memory: an
/// editor writes nothing to disk.
final class WitnessMemory: AnalysisCache {
  /// One entry an interface; beyond so many, old versions of interfaces are what fills it.
  private static let limit = 32

  private let entries = Mutex<[String: [UInt8]]>([:])

  func bytes(named name: String) -> [UInt8]? { entries.withLock { $0[name] } }

  func store(_ bytes: [UInt8], named name: String) {
    entries.withLock { entries in
      if entries.count >= Self.limit { entries = [:] }
      entries[name] = bytes
    }
  }
}
