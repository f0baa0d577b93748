import Diagnostics
import Foundation

/// How a question's regions were split by an earlier search, in a cache. It proves nothing: a search that begins from it
/// bounds every part again. Only whoever damages it on purpose can have it cost time.
struct KeptSearch: Sendable {
  private let name: String
  private let cache: CacheFolder

  private static let mark = Array("ordain search 1\n".utf8)
  /// A tree's nodes are bounded, and take fewer bytes.
  private static let byteLimit = 64 << 20
  /// CPU seconds; a search that takes less is as soon made again.
  private static let least = 0.1

  /// - Parameter key: of the question.
  init?(key: ContentHash, in cache: CacheFolder?) {
    guard let cache else { return nil }
    name = "\(key)\(CacheFolder.searchSuffix)"
    self.cache = cache
  }

  /// What an earlier run kept, if it is whole.
  var bytes: [UInt8]? {
    guard let file = cache.bytes(named: name, limit: Self.byteLimit), file.starts(with: Self.mark) else {
      return nil
    }
    let rest = file.dropFirst(Self.mark.count)
    let hash = rest.prefix(Self.hash(of: []).count)
    let content = Array(rest.dropFirst(hash.count))
    return Array(hash) == Self.hash(of: content) ? content : nil
  }

  /// What a search that begins now is to call.
  var keeper: @Sendable ([UInt8]) -> Void {
    let start = clock()
    return { content in
      guard Double(clock() - start) >= Self.least * Double(CLOCKS_PER_SEC) else { return }
      cache.store(Self.mark + Self.hash(of: content) + content, named: name)
    }
  }

  private static func hash(of content: [UInt8]) -> [UInt8] { ContentHash(of: content).bytes }
}
