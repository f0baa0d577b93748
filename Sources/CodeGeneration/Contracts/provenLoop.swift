import LoopIR

/// A counting loop from `start` below `end`, with what its rounds keep: the index stays in its range, and what
/// is left of it shrinks.
///
/// - Parameters:
///   - changes: what a round changes besides the index and variables of its body.
///   - invariants: what holds at the start of each round.
func provenLoop(
  _ index: Identifier, from start: Int = 0, to end: Int, changes: [MemoryRange], invariants: [Formula] = [],
  @BlockBuilder _ body: () -> [Statement]
) -> [Statement] {
  let range = Formula.range(.integer(start), index.term, through: .integer(end))
  return [
    .annotation(
      .loop(
        LoopContract(
          invariants: [range] + invariants, assigns: [.one(index.term)] + changes,
          variant: .integer(end) - index.term))),
    .count(index, from: .count(start), to: .count(end), body()),
  ]
}

/// A loop over `starts[part] ..< starts[part + 1]`, the positions of a part in a list of all parts, one after
/// another; with what its rounds keep.
///
/// - Parameter atMost: the size of the largest part.
func provenLoop(
  _ index: Identifier, over starts: Identifier, part: (code: Expression, proof: Term), atMost: Int,
  changes: [MemoryRange], invariants: [Formula] = [], @BlockBuilder _ body: () -> [Statement]
) -> [Statement] {
  let end = starts.term[part.proof + 1]
  return [
    .annotation(
      .loop(
        LoopContract(
          invariants: [.range(starts.term[part.proof], index.term, through: end)] + invariants,
          assigns: [.one(index.term)] + changes, variant: end - index.term))),
    .loop(
      index, from: starts[part.code], while: index.expression < starts[part.code + 1],
      update: index.expression + 1, atMost: atMost, body()),
  ]
}

extension EmissionContext {
  /// The scores or whatever else an array holds for each output.
  func everyOutput(of array: Identifier) -> MemoryRange { .elements(array.term, count: outputCount) }

  /// The claim holds of some output `i`.
  func forSomeOutput(_ claim: Formula) -> Formula {
    .exists([Names.i], .all([.range(0, Names.i.term, below: .integer(outputCount)), claim]))
  }

  /// The claim holds of every output `i` below `end` (all, if it is `nil`).
  func forEveryOutput(below end: Term? = nil, _ claim: Formula) -> Formula {
    .forAll([Names.i], .implies(.range(0, Names.i.term, below: end ?? .integer(outputCount)), claim))
  }

  /// `a` is strictly better than `b`.
  func better(_ a: Term, _ b: Term) -> Formula { program.interface.better == .highest ? a > b : a < b }

  /// The first `count` elements are outputs (or ranks).
  func areOutputs(_ array: Identifier, first count: Term) -> Formula {
    forEveryOutput(below: count, .range(0, array.term[Names.i.term], below: .integer(outputCount)))
  }

  /// No two of the first `count` elements are equal.
  func areDistinct(_ array: Identifier, first count: Term) -> Formula {
    let (i, j) = (Names.i.term, Names.j.term)
    return .forAll(
      [Names.i, Names.j],
      .implies(
        .all([.range(0, i, below: j), j < count]), array.term[i] != array.term[j]))
  }
}
