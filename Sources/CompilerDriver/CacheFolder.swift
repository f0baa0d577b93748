import Glibc
import SafetyLayers

/// A folder of analyses' witnesses, of violations that were found, and of trees of searches. Whatever goes wrong with it is
/// passed over: without a cache everything is the same, and takes longer.
///
/// An entry is written beside its place and renamed, so that a reader sees a whole one, whoever writes at the
/// same time; of several writers the last one counts.
public struct CacheFolder: AnalysisCache {
  private let path: String

  /// The most entries that are kept; the oldest go first.
  static let entryLimit = 64
  /// The most bytes of an entry that are read.
  private static let byteLimit = 4 << 20
  private static let suffix = ".witnesses"
  /// Of entries of a few numbers; see ``KeptViolation``.
  static let violationSuffix = ".violation"
  /// The most of them that are kept.
  static let violationLimit = 4096
  /// Of trees of searches; see ``KeptSearch``.
  static let searchSuffix = ".search"
  /// The most of them that are kept.
  static let searchLimit = 16

  public init(path: String) {
    self.path = path
  }

  /// The user's own cache: `$XDG_CACHE_HOME/ordain` or `~/.cache/ordain`; `nil` where neither is known.
  public static var standard: CacheFolder? {
    let variable = { (name: String) in getenv(name).map { String(cString: $0) } ?? "" }
    // The XDG specification: a relative path is ignored.
    let shared = variable("XDG_CACHE_HOME")
    if shared.hasPrefix("/") { return CacheFolder(path: shared + "/ordain") }
    let home = variable("HOME")
    return home.hasPrefix("/") ? CacheFolder(path: home + "/.cache/ordain") : nil
  }

  public func bytes(named name: String) -> [UInt8]? { bytes(named: name, limit: Self.byteLimit) }

  /// - Parameter limit: the most bytes that are read.
  func bytes(named name: String, limit: Int) -> [UInt8]? {
    // O_NONBLOCK: opening a pipe must not wait for a writer.
    let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= limit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { read(descriptor, $0 + filled, buffer.count - filled) } ?? 0
      }
      guard count > 0 else { return nil }
      filled += count
    }
    return bytes
  }

  public func store(_ bytes: [UInt8], named name: String) {
    guard (try? writeFiles([OutputFile(name: name, contents: bytes)], to: path)) != nil else { return }
    removeOldest([Self.suffix, ".partial"], beyond: Self.entryLimit)
    removeOldest([Self.violationSuffix], beyond: Self.violationLimit)
    removeOldest([Self.searchSuffix], beyond: Self.searchLimit)
  }

  /// Keeps the newest files. One that a process left when it ended while it wrote (`.partial`) counts like an
  /// entry, so it goes once it is old enough, and one that is being written stays.
  private func removeOldest(_ suffixes: [String], beyond limit: Int) {
    var entries: [(name: String, time: Int)] = []
    for name in names where suffixes.contains(where: name.hasSuffix) {
      var status = stat()
      guard stat(path + "/" + name, &status) == 0 else { continue }
      entries.append((name, status.st_mtim.tv_sec))
    }
    let newestFirst = entries.sorted { ($0.time, $0.name) > ($1.time, $1.name) }
    for entry in newestFirst.dropFirst(limit) { unlink(path + "/" + entry.name) }
  }

  private var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }
}
