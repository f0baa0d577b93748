// Trusted: what it accepts is true of the network and the questions that the file lists.
/// What a proof proves: no input of any region has outputs on which all rows of a conjunction are at most zero.
public struct CheckedProof: Sendable {
  /// `real`, or how the programs round that it holds of.
  public let semantics: String
  /// The file's word: SHA-256 of the model, what the question is, and linear steps that programs compute exactly.
  public let model: [UInt8]
  public let question: String
  public let unroundedSteps: Int
  /// Where the network is in the file.
  public let network: Range<Int>
  public let regions: Int
  public let claims: Int
}

public let proofMagic = Array("ordain proof 1\n".utf8)

/// Checks a proof (see the article Evidence).
public func checkProof(_ bytes: [UInt8]) throws(ProofRejection) -> CheckedProof {
  var reader = ProofReader(bytes)
  try require(Array(try reader.take(proofMagic.count)) == proofMagic, "it is no proof")
  guard let semantics = ProofSemantics(rawValue: try reader.byte()) else {
    throw ProofRejection(reason: "unknown semantics")
  }
  let model = Array(try reader.take(32))
  let question = try reader.take(try reader.count(1))
  try require(question.allSatisfy { 32..<127 ~= $0 }, "the question is no line of ASCII")
  let start = reader.position
  let graph = try ProofGraph(&reader, semantics)
  let network = start..<reader.position
  let regions = try reader.count(16)
  var claims = 0
  for _ in 0..<regions {
    var check = try ProofTree(graph, reader)
    try check.node(depth: 0)
    (reader, claims) = (check.reader, claims + check.claims)
  }
  try require(reader.left == 0, "something follows the proof")
  return CheckedProof(
    semantics: "\(semantics)", model: model, question: String(decoding: question, as: UTF8.self),
    unroundedSteps: graph.unroundedSteps, network: network, regions: regions, claims: claims)
}

/// A region and the walk through its tree.
private struct ProofTree {
  typealias Row = (isStrict: Bool, constant: Double, terms: [(index: Int, factor: Double)])

  var reader: ProofReader
  private(set) var claims = 0
  private let bounds: ProofBounds
  /// Functionals of the inputs that are at most zero on what counts.
  private var forms: [Row] = []
  private var conjunctions: [[Row]] = []
  private var box: ProofBox
  private var splits: [ProofSplit] = []
  private var level: ProofLevel?
  /// How many splits the level knows.
  private var known = 0
  private var memory = 0
  private var isClosed: [Bool] = []
  private var openCount = 0
  private var isStrict: [Bool] = []

  init(_ graph: ProofGraph, _ reader: ProofReader) throws(ProofRejection) {
    self.reader = reader
    bounds = ProofBounds(graph)
    let inputs = graph.counts[0]
    box = ProofBox(lower: try self.reader.doubles(inputs), upper: try self.reader.doubles(inputs))
    try require(zip(box.lower, box.upper).allSatisfy { $0 <= $1 }, "a box without inputs")
    for _ in 0..<(try self.reader.count(9)) { forms.append(try row(below: inputs)) }
    for _ in 0..<(try self.reader.count(1)) {
      var rows: [Row] = []
      for _ in 0..<(try self.reader.count(9)) { rows.append(try row(below: graph.counts[graph.output])) }
      conjunctions.append(rows)
    }
    isClosed = conjunctions.map { _ in false }
    openCount = conjunctions.count
  }

  private mutating func row(below limit: Int) throws(ProofRejection) -> Row {
    var result: Row = (try reader.byte() != 0, try reader.double(), [])
    for _ in 0..<(try reader.count(9)) {
      result.terms.append((try reader.number(below: limit), try reader.double()))
    }
    return result
  }

  /// A node: flags (1: bounds, 2: claims, 4: split of an input, 8: split of a neuron), then these.
  mutating func node(depth: Int) throws(ProofRejection) {
    try require(depth < 500, "the tree is too deep")
    let flags = try reader.byte()
    try require(flags < 12, "an unknown kind of node")
    let outer = (level, known)
    if flags & 1 != 0 {
      try flush()
      let new = try bounds.level(box, in: level, splits)
      memory += new.memory
      try require(memory < 1 << 31, "too many bounds")
      (level, known) = (new, splits.count)
    }
    var closed: [Int] = []
    if flags & 2 != 0 {
      for _ in 0..<(try reader.count(3)) { closed.append(try claim()) }
    }
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
      let neuron = try reader.number(below: bounds.graph.elements)
      for side in [true, false] {
        splits.append(ProofSplit(neuron: neuron, isPositive: side))
        try node(depth: depth + 1)
        splits.removeLast()
      }
    } else {
      try require(openCount == 0 || level?.isEmpty == true, "a part of a region is not closed")
    }
    for conjunction in closed { isClosed[conjunction] = false }
    openCount += closed.count
    if flags & 1 != 0 {
      try flush()
      if let level {
        memory -= level.memory
        bounds.recycle(level)
      }
      (level, known) = outer
    }
  }

  /// A combination of a conjunction's rows and of input forms, with multipliers, that is positive: so not all are at most
  /// zero. Of a single one the multiplier is 1.
  private mutating func claim() throws(ProofRejection) -> Int {
    let conjunction = try reader.number(below: conjunctions.count)
    try require(!isClosed[conjunction], "a conjunction is closed twice")
    let rows = conjunctions[conjunction]
    let parts = try reader.count(1)
    try require(parts > 0, "a combination of nothing")
    guard level != nil else { throw ProofRejection(reason: "a claim without bounds") }
    if bounds.lanes == ProofBounds.laneLimit { try flush() }
    bounds.add(box, splits[known...])
    var strict = false
    for _ in 0..<parts {
      let index = try reader.number(below: rows.count + forms.count)
      let factor = parts == 1 ? 1 : try reader.double()
      try require(factor >= 0, "a negative multiplier")
      let row = index < rows.count ? rows[index] : forms[index - rows.count]
      strict = strict || row.isStrict && factor > 0
      bounds.constant(factor * row.constant)
      for term in row.terms { bounds.term(index < rows.count, term.index, factor * term.factor) }
    }
    isStrict.append(strict)
    isClosed[conjunction] = true
    openCount -= 1
    claims += 1
    return conjunction
  }

  private mutating func flush() throws(ProofRejection) {
    guard let level, bounds.lanes > 0 else { return }
    var (place, isProved) = (0, true)
    bounds.flush(level) { least, _ in
      isProved = isProved && (least > 0 || isStrict[place] && least == 0)
      place += 1
    }
    try require(isProved, "a combination that may be negative")
    isStrict.removeAll(keepingCapacity: true)
  }
}
