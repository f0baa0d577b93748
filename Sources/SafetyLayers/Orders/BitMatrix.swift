/// A relation over `0 ..< size`: a square matrix of bits, 64 columns a word. Unions and inclusions go
/// word by word, which keeps closures of 100 outputs in the microseconds.
struct BitMatrix: Sendable, Hashable {
  let size: Int
  private let rowWords: Int
  private var words: [UInt64]

  init(size: Int) {
    self.size = size
    rowWords = (size + 63) / 64
    words = [UInt64](repeating: 0, count: rowWords * size)
  }

  subscript(row: Int, column: Int) -> Bool {
    get { words[row * rowWords + column / 64] >> UInt64(column % 64) & 1 == 1 }
    set {
      let bit = UInt64(1) << UInt64(column % 64)
      if newValue {
        words[row * rowWords + column / 64] |= bit
      } else {
        words[row * rowWords + column / 64] &= ~bit
      }
    }
  }

  mutating func formUnion(_ other: BitMatrix) {
    precondition(size == other.size, "relations over the same outputs")
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Adds row `source` of `other` to row `row`.
  mutating func formUnion(row: Int, with source: Int, of other: BitMatrix) {
    for word in 0..<rowWords { words[row * rowWords + word] |= other.words[source * rowWords + word] }
  }

  /// Adds row `source` to row `row`.
  mutating func formUnion(row: Int, with source: Int) {
    for word in 0..<rowWords { words[row * rowWords + word] |= words[source * rowWords + word] }
  }

  /// Removes from row `row` what row `source` of `other` has.
  mutating func subtract(row: Int, with source: Int, of other: BitMatrix) {
    for word in 0..<rowWords { words[row * rowWords + word] &= ~other.words[source * rowWords + word] }
  }

  func isSuperset(of other: BitMatrix) -> Bool {
    for index in words.indices where other.words[index] & ~words[index] != 0 { return false }
    return true
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  func count(inRow row: Int) -> Int {
    (0..<rowWords).reduce(0) { $0 + words[row * rowWords + $1].nonzeroBitCount }
  }

  /// Calls `body` with each column that is set in `row`, ascending.
  func forEachColumn(inRow row: Int, _ body: (Int) -> Void) {
    for word in 0..<rowWords {
      var rest = words[row * rowWords + word]
      while rest != 0 {
        body(word * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// For each column, how many rows have it.
  var columnCounts: [Int] {
    var counts = [Int](repeating: 0, count: size)
    for row in 0..<size { forEachColumn(inRow: row) { counts[$0] += 1 } }
    return counts
  }

  /// All words combined so that `fold & ~other.fold != 0` shows that `other` lacks a pair of this one.
  var signature: UInt64 {
    // Rotating by the row spreads relations that differ in rows alone.
    var result: UInt64 = 0
    for row in 0..<size {
      for word in 0..<rowWords {
        let bits = words[row * rowWords + word]
        let turn = UInt64((row * 7 + word * 29) % 64)
        result |= turn == 0 ? bits : (bits << turn | bits >> (64 - turn))
      }
    }
    return result
  }
}
