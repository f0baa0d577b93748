/// A relation over `0 ..< size`: a square matrix of bits, 64 columns a word. Unions and inclusions go
/// word by word, which keeps closures of 100 outputs in the microseconds; rows without a bit take no
/// space, which keeps 16,384 outputs in the megabytes.
struct BitMatrix: Sendable, Hashable {
  let size: Int
  /// INVARIANT: a row is empty iff it has no bit; otherwise it has `(size + 63) / 64` words.
  private var rows: [[UInt64]]

  init(size: Int) {
    self.size = size
    rows = [[UInt64]](repeating: [], count: size)
  }

  mutating func insert(_ row: Int, _ column: Int) {
    if rows[row].isEmpty { rows[row] = [UInt64](repeating: 0, count: (size + 63) / 64) }
    rows[row][column / 64] |= 1 << UInt64(column % 64)
  }

  mutating func formUnion(_ other: BitMatrix) {
    precondition(size == other.size, "relations over the same outputs")
    for row in rows.indices { formUnion(row: row, with: other.rows[row]) }
  }

  /// Adds row `source` to row `row`.
  mutating func formUnion(row: Int, withRow source: Int) {
    formUnion(row: row, with: rows[source])
  }

  private mutating func formUnion(row: Int, with words: [UInt64]) {
    if words.isEmpty { return }
    if rows[row].isEmpty {
      rows[row] = words
    } else {
      for word in words.indices { rows[row][word] |= words[word] }
    }
  }

  /// Removes from row `row` what row `source` of `other` has.
  mutating func subtract(row: Int, withRow source: Int, of other: BitMatrix) {
    if rows[row].isEmpty || other.rows[source].isEmpty { return }
    for word in rows[row].indices { rows[row][word] &= ~other.rows[source][word] }
    if rows[row].allSatisfy({ $0 == 0 }) { rows[row] = [] }
  }

  func isSuperset(of other: BitMatrix) -> Bool {
    for row in rows.indices where !other.rows[row].isEmpty {
      if rows[row].isEmpty { return false }
      for word in rows[row].indices where other.rows[row][word] & ~rows[row][word] != 0 { return false }
    }
    return true
  }

  var count: Int { rows.indices.reduce(0) { $0 + count(inRow: $1) } }

  func count(inRow row: Int) -> Int { rows[row].reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Calls `body` with each column that is set in `row`, ascending.
  func forEachColumn(inRow row: Int, _ body: (Int) -> Void) {
    for (word, bits) in rows[row].enumerated() {
      var rest = bits
      while rest != 0 {
        body(word * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// For each column, how many rows have it.
  var columnCounts: [Int] {
    var counts = [Int](repeating: 0, count: size)
    for row in rows.indices { forEachColumn(inRow: row) { counts[$0] += 1 } }
    return counts
  }

  /// 64 bits of which a superset's signature has all: a cheap first test of inclusion.
  var signature: UInt64 {
    // Turning each word by its place tells relations apart that differ in rows alone.
    var result: UInt64 = 0
    for (row, words) in rows.enumerated() {
      for (word, bits) in words.enumerated() {
        let turn = UInt64((row * 7 + word * 29) % 64)
        result |= turn == 0 ? bits : (bits << turn | bits >> (64 - turn))
      }
    }
    return result
  }
}
