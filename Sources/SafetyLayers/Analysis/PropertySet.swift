/// A set of properties by index, 64 a word: inclusion goes word by word.
struct PropertySet: Sendable, Hashable {
  /// INVARIANT: the last word is not zero.
  private var words: [UInt64] = []

  init(_ members: some Sequence<Int>) {
    for member in members { insert(member) }
  }

  mutating func insert(_ member: Int) {
    while words.count <= member / 64 { words.append(0) }
    words[member / 64] |= 1 << UInt64(member % 64)
  }

  func contains(_ member: Int) -> Bool {
    member / 64 < words.count && words[member / 64] >> UInt64(member % 64) & 1 == 1
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Ascending.
  var members: [Int] {
    words.indices.flatMap { word in
      (0..<64).compactMap { words[word] >> UInt64($0) & 1 == 1 ? word * 64 + $0 : nil }
    }
  }

  func isSuperset(of other: PropertySet) -> Bool {
    other.words.count <= words.count && zip(words, other.words).allSatisfy { $1 & ~$0 == 0 }
  }

  func subtracting(_ other: PropertySet) -> PropertySet {
    var result = self
    for index in words.indices.prefix(other.words.count) { result.words[index] &= ~other.words[index] }
    result.trim()
    return result
  }

  mutating func formUnion(_ other: PropertySet) {
    while words.count < other.words.count { words.append(0) }
    for index in other.words.indices { words[index] |= other.words[index] }
  }

  func intersection(_ other: PropertySet) -> PropertySet {
    var result = self
    result.words = zip(words, other.words).map(&)
    result.trim()
    return result
  }

  private mutating func trim() {
    while words.last == 0 { words.removeLast() }
  }
}
