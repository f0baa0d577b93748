/// A conjunction of order literals as they are written: precedences, and for each output the places
/// that windows leave. Conjoining two windows of an output intersects them, so a conjunction of
/// cardinality literals never expands.
struct OrderConjunction: Sendable, Hashable {
  let outputCount: Int
  /// Row `a` holds the outputs that `a` must be strictly better than.
  private(set) var precedences: BitMatrix
  /// For each output: at least so many others are strictly better.
  private(set) var earliest: [Int]
  /// For each output: at least `outputCount - end` others are strictly worse.
  private(set) var end: [Int]

  /// The conjunction of no literals.
  init(outputCount: Int) {
    self.outputCount = outputCount
    precedences = BitMatrix(size: outputCount)
    earliest = [Int](repeating: 0, count: outputCount)
    end = [Int](repeating: outputCount, count: outputCount)
  }

  init(
    outputCount: Int, precedences: some Sequence<OrderConstraint.Precedence>,
    windows: some Sequence<OrderConstraint.Window>
  ) {
    self.init(outputCount: outputCount)
    for precedence in precedences { require(precedence.before, above: precedence.after) }
    for window in windows {
      require(window.output, notBefore: window.earliest)
      require(window.output, before: window.end)
    }
  }

  mutating func require(_ before: Int, above after: Int) {
    precedences.insert(before, after)
  }

  mutating func require(_ output: Int, notBefore start: Int) {
    earliest[output] = max(earliest[output], start)
  }

  mutating func require(_ output: Int, before place: Int) {
    end[output] = min(end[output], place)
  }

  mutating func formConjunction(_ other: OrderConjunction) {
    precedences.formUnion(other.precedences)
    for output in 0..<outputCount {
      require(output, notBefore: other.earliest[output])
      require(output, before: other.end[output])
    }
  }

  func conjoined(with other: OrderConjunction) -> OrderConjunction {
    var result = self
    result.formConjunction(other)
    return result
  }
}
