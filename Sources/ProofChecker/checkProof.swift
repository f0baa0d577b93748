// Trusted: what it accepts is true of the network and the regions that the file lists.
import CCrypto
import ExactArithmetic

/// What a proof proves: no input of any region has outputs on which all rows of a conjunction are at most zero.
public struct CheckedProof: Sendable {
  package let semantics: ProofSemantics
  /// The file's word: SHA-256 of the model, what the question is, and rows that programs compute exactly.
  public let model: [UInt8]
  public let question: String
  public let unroundedRows: Int
  /// Where network and regions are in the file.
  public let statement: Range<Int>
  public let regions, claims: Int
}

public let proofMagic = Array("ordain proof 3\n".utf8)
/// An exact claim's multipliers have fewer bytes: reading one takes time by the square of them.
package let multiplierLimit = 1 << 12

/// Checks a proof (see the article Evidence).
public func checkProof(_ bytes: [UInt8]) throws(ProofRejection) -> CheckedProof {
  try require(bytes.starts(with: proofMagic), "it is no proof")
  var reader = ProofReader(Array(bytes.dropLast(32)))
  var digest = [UInt8](repeating: 0, count: 32)
  _ = SHA256(reader.bytes, reader.left, &digest)
  try require(Array(bytes.suffix(32)) == digest, "the file was changed: its SHA-256 is another one")
  _ = try reader.take(proofMagic.count)
  guard let semantics = ProofSemantics(rawValue: try reader.number(below: 4)) else { preconditionFailure() }
  let (model, question) = (Array(try reader.take(32)), try reader.take(try reader.count(1)))
  try require(question.allSatisfy { 32..<127 ~= $0 }, "the question is no line of ASCII")
  let start = reader.position
  let graph = try ProofGraph(&reader, semantics)
  var regions: [ProofRegion] = []
  for _ in 0..<(try reader.count(1)) { regions.append(try ProofRegion(&reader, graph)) }
  let statement = start..<reader.position
  let bounds = ProofBounds(graph)
  var claims = 0
  for region in regions {
    var tree = ProofTree(bounds, region, reader)
    try tree.node(depth: 0)
    (reader, claims) = (tree.reader, claims + tree.claims)
  }
  try require(reader.left == 0, "something follows the proof")
  return CheckedProof(
    semantics: semantics, model: model, question: String(decoding: question, as: UTF8.self),
    unroundedRows: graph.unroundedRows, statement: statement, regions: regions.count, claims: claims)
}

/// A box and conjunctions of rows: sums of elements times factors, and a constant.
private struct ProofRegion {
  typealias Row = (isStrict: Bool, isRounded: Bool, constant: Double, terms: [(element: Int, factor: Double)])

  let box: ProofBox
  private(set) var conjunctions: [[Row]] = []

  init(_ reader: inout ProofReader, _ graph: ProofGraph) throws(ProofRejection) {
    box = (try reader.doubles(graph.inputs), try reader.doubles(graph.inputs))
    try require(zip(box.lower, box.upper).allSatisfy { $0 <= $1 }, "a box without inputs")
    for _ in 0..<(try reader.count(1)) {
      conjunctions.append([])
      for _ in 0..<(try reader.count(10)) {
        let kind = try reader.number(below: 4)
        var row: Row = (kind & 1 == 1, kind & 2 == 2, try reader.double(), [])
        for _ in 0..<(try reader.count(9)) {
          row.terms.append((try reader.number(below: graph.elements), try reader.double()))
          let isNormal = abs(row.terms[row.terms.count - 1].factor) >= 0x1p-1022
          try require(isNormal || !row.isRounded, "a factor that is rounded by more than one part in 2^53")
        }
        conjunctions[conjunctions.count - 1].append(row)
      }
    }
  }
}

/// The walk through a region's tree.
private struct ProofTree {
  private(set) var reader: ProofReader
  private(set) var claims = 0
  private let bounds: ProofBounds
  private let region: ProofRegion
  private var box: ProofBox
  private var splits: [ProofSplit] = []
  private var level: ProofLevel?
  private var memory = 0
  private var isClosed: [Bool]
  /// Of the claims that are not bounded yet.
  private var isStrict: [Bool] = []

  init(_ bounds: ProofBounds, _ region: ProofRegion, _ reader: ProofReader) {
    (self.reader, self.region, self.bounds, box) = (reader, region, bounds, region.box)
    isClosed = region.conjunctions.map { _ in false }
  }

  /// A node: flags (1: bounds, 2: claims, 16: exact claims, 4: split of an input, 8: split of an element), then these.
  mutating func node(depth: Int) throws(ProofRejection) {
    try require(depth < 500, "the tree is too deep")
    let flags = try reader.number(below: 28)
    try require(flags & 12 != 12, "two splits")
    let outer = (level, isClosed)
    if flags & 1 != 0 {
      try flush()
      let layers = try reader.number(below: 1 << 20)
      let new = try bounds.level(box, in: level, splits, refining: layers)
      (level, memory) = (new, memory + new.memory)
      try require(memory < 1 << 31, "too many bounds")
    }
    if flags & 2 != 0 { for _ in 0..<(try reader.count(3)) { try claim() } }
    if flags & 16 != 0 { for _ in 0..<(try reader.count(3)) { try exactClaim() } }
    if flags & 4 != 0 {
      let input = try reader.number(below: box.lower.count)
      let (low, middle, high) = (box.lower[input], try reader.double(), box.upper[input])
      try require(low <= middle && middle <= high, "a split outside the box")
      box.upper[input] = middle
      try node(depth: depth + 1)
      (box.lower[input], box.upper[input]) = (middle, high)
      try node(depth: depth + 1)
      box.lower[input] = low
    } else if flags & 8 != 0 {
      let element = try reader.number(below: bounds.graph.elements)
      for isPositive in [true, false] {
        splits.append((element, isPositive))
        try node(depth: depth + 1)
        splits.removeLast()
      }
    } else {
      try require(level?.isEmpty == true || !isClosed.contains(false), "a part of a region is not closed")
    }
    if flags & 1 != 0, let level {
      try flush()
      memory -= level.memory
      bounds.recycle(level)
    }
    (level, isClosed) = outer
  }

  /// A combination of a conjunction's rows, with multipliers, that is positive: so not all are at most zero. Of a single
  /// one the multiplier is 1.
  private mutating func claim() throws(ProofRejection) {
    let (rows, level) = try conjunction()
    if bounds.lanes == ProofBounds.laneLimit { try flush() }
    bounds.add(box)
    let parts = try reader.count(1)
    var (strict, terms) = (false, 0)
    for _ in 0..<parts {
      let row = rows[try reader.number(below: rows.count)]
      let factor = parts == 1 ? 1 : try reader.double()
      try require(factor >= 0, "a negative multiplier")
      strict = strict || row.isStrict && factor > 0
      bounds.constant(factor * row.constant)
      for term in row.terms { bounds.term(term.element, factor * term.factor, level) }
      terms += 1 + row.terms.count
    }
    try require(terms <= bounds.graph.elements + 64, "a combination of too many terms")
    isStrict.append(strict)
  }

  /// The rows of a conjunction that is not closed yet, and now is.
  private mutating func conjunction() throws(ProofRejection) -> ([ProofRegion.Row], ProofLevel) {
    let conjunction = try reader.number(below: isClosed.count)
    try require(!isClosed[conjunction], "a conjunction is closed twice")
    guard let level else { throw ProofRejection(reason: "a claim without bounds") }
    (isClosed[conjunction], claims) = (true, claims + 1)
    return (region.conjunctions[conjunction], level)
  }

  /// The same in rationals, where all weights and rows are listed as they are meant. After rows come the splits of elements on the
  /// way, whose sums, or on the sides where they are not negative their negatives, are at most zero.
  private mutating func exactClaim() throws(ProofRejection) {
    try require(bounds.graph.isExact, "an exact claim about floats or rounded weights")
    let (rows, level) = try conjunction()
    var (combination, strict) = (ExactCombination(bounds.graph), false)
    for _ in 0..<(try reader.count(2)) {
      let part = try reader.number(below: rows.count + splits.count)
      let factor = try reader.take(try reader.number(below: multiplierLimit)).reduce(Rational.zero) {
        Rational(256) * $0 + Rational(Int($1))
      }
      if part < rows.count {
        try require(!rows[part].isRounded, "an exact claim about a rounded row")
        strict = strict || rows[part].isStrict && factor.signum > 0
        combination.add(rows[part].constant, factor)
        for term in rows[part].terms {
          combination.add(element: term.element, Rational(term.factor) * factor)
        }
      } else {
        let split = splits[part - rows.count]
        combination.add(sumOf: split.element, split.isPositive ? -factor : factor)
      }
    }
    let least = try combination.least(in: box, level).signum
    try require(least > 0 || strict && least == 0, "an exact combination that may be negative")
  }

  private mutating func flush() throws(ProofRejection) {
    guard let level, bounds.lanes > 0 else { return }
    let isProved = zip(bounds.flush(level), isStrict).allSatisfy { $0 > 0 || $1 && $0 == 0 }
    try require(isProved, "a combination that may be negative")
    isStrict.removeAll(keepingCapacity: true)
  }
}
