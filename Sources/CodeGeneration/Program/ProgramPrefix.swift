/// The beginning of every name that linkers and other files of a program see, and of its files' names. For example:
/// `acas_xu_n_1_1`.
///
/// INVARIANT: ASCII letters, digits and single underscores, starting with a letter and not ending with an
/// underscore; with an underscore and anything behind it, it is no keyword and no name of libc, and with `.h` behind
/// it no header of the standard library.
public struct ProgramPrefix: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  /// The longest prefix that is accepted.
  public static let maximumLength = 100

  /// A prefix that a user chose.
  ///
  /// - Throws: what is wrong with it, in words that follow its name.
  public init(checking text: String) throws(InvalidPrefix) {
    let utf8 = Array(text.utf8)
    guard utf8.count <= Self.maximumLength else {
      throw InvalidPrefix("has more than \(Self.maximumLength) characters")
    }
    guard let first = utf8.first, isLetter(first),
      utf8.allSatisfy({ isLetter($0) || isDigit($0) || $0 == underscore })
    else { throw InvalidPrefix("is no name in C: letters, digits and `_`, a letter first") }
    guard utf8.last != underscore,
      !zip(utf8, utf8.dropFirst()).contains(where: { $0 == underscore && $1 == underscore })
    else { throw InvalidPrefix("would make names with `__`, which belong to the compiler") }
    if keywords.contains(text) { throw InvalidPrefix("is a keyword") }
    guard Self.isFree(text) else { throw InvalidPrefix("belongs to the standard library") }
    description = text
  }

  /// The prefix of a network of a specification, told apart from those of all others of `networks`.
  init(spec: String, network: String, among networks: [String]) {
    self.init(stem: Self.stem(spec, orElse: "spec", marker: "s"), network: network, among: networks)
  }

  /// The prefix of a network that stands alone.
  init(ofNetwork name: String) {
    let stem = Self.stem(name, orElse: "network", marker: "n")
    description = keywords.contains(stem) || !Self.isFree(stem) ? stem + "_net" : stem
  }

  /// The prefix of a network whose specification's part is chosen by the user.
  init(stem: ProgramPrefix, network: String, among networks: [String]) {
    self.init(stem: stem.description, network: network, among: networks)
  }

  /// The stem and the sanitised name of the network. Networks that would look alike get their names' bytes in
  /// hexadecimal as well.
  ///
  /// Injective: networks with different names get different prefixes.
  private init(stem: String, network: String, among networks: [String]) {
    let all = networks.contains(network) ? networks : networks + [network]
    let base = all.map { nameWords($0, orElse: "network").joined(separator: "_") }
    var uses: [String: Int] = [:]
    for name in base { uses[name, default: 0] += 1 }
    let bytes = all.map { "x" + $0.utf8.map { String(256 + Int($0), radix: 16).dropFirst() }.joined() }
    // The names of the other files of a program end like this.
    let isTaken = { (name: String) in
      ["_weights", "_selfcheck"].contains {
        name.hasSuffix($0) && uses[String(name.dropLast($0.count))] != nil
      }
    }
    var chosen = all.indices.map {
      uses[base[$0]] == 1 && !isTaken(base[$0]) ? base[$0] : "\(base[$0])_\(bytes[$0])"
    }
    if Set(chosen).count < all.count { chosen = bytes }
    let name = all.firstIndex(of: network).map { chosen[$0] } ?? base[base.count - 1]
    description = stem + "_" + name
  }

  private static func stem(_ name: String, orElse fallback: String, marker: String) -> String {
    let start = nameWords(name, orElse: fallback).joined(separator: "_")
    let startsWithLetter = start.utf8.first.map { $0 >= UInt8(ascii: "a") } ?? false
    return startsWithLetter ? start : marker + start
  }

  /// Whether names that start with `text` and an underscore, and files named for it, are ours to give.
  private static func isFree(_ text: String) -> Bool {
    !standardHeaders.contains(text.lowercased())
      && !reservedStems.contains { text == $0 || text.hasPrefix($0 + "_") }
  }
}

/// What is wrong with a prefix.
public struct InvalidPrefix: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

private let underscore = UInt8(ascii: "_")

private func isLetter(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// The keywords of C and C++ that a prefix can spell.
private let keywords: Set<String> = Set(
  """
  alignas alignof and asm auto bool break case catch char class compl concept const consteval constexpr constinit \
  continue decltype default delete do double else enum explicit export extern false float for friend goto if inline \
  int long mutable namespace new noexcept not nullptr operator or private protected public register requires restrict \
  return short signed sizeof static struct switch template this throw true try typedef typeid typename typeof union \
  unsigned using virtual void volatile while xor
  """.split(separator: " ").map(String.init))

/// Headers of C and POSIX whose names a prefix can spell: a file of ours would be found in their place.
private let standardHeaders: Set<String> = Set(
  """
  aio assert complex cpio ctype dirent dlfcn endian errno fcntl features fenv float fmtmsg fnmatch ftw getopt glob grp \
  iconv inttypes iso646 langinfo libgen limits locale malloc math memory monetary mqueue ndbm netdb poll pthread pwd \
  regex sched search semaphore setjmp signal spawn stdalign stdarg stdatomic stdbit stdbool stdckdint stddef stdint \
  stdio stdlib stdnoreturn string strings stropts syslog tar termios tgmath threads time trace uchar ulimit unistd \
  utime utmpx wchar wctype wordexp
  """.split(separator: " ").map(String.init))

/// What the standard reserves for names of its own, behind an underscore.
private let reservedStems: Set<String> = ["atomic", "memory_order", "pthread", "posix"]
