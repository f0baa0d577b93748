import ProofChecker

/// What a proof claims: rows, and combinations of them, that the checker's own bounds find positive.
extension ProofPlanner {
  /// Rows of a conjunction with multipliers, 1 for a single row.
  struct Claim {
    let conjunction: Int
    let parts: [(index: Int, factor: Double)]
  }

  /// What can be closed in a part of the place's box, and the forms of each open conjunction's rows there.
  func close(_ place: Place, _ box: Box) -> ([Claim], [[[Double]]]) {
    guard let level = place.level else { return ([], []) }
    var result: [Claim] = []
    let single = place.open.flatMap { conjunction in
      region.conjunctions[conjunction].indices.map { Claim(conjunction: conjunction, parts: [($0, 1)]) }
    }
    let values = least(single, place, box, level)
    var all: [[[Double]]] = []
    var next = 0
    for conjunction in place.open {
      let rows = region.conjunctions[conjunction]
      let own = Array(values[next..<next + rows.count])
      all.append(own.map(\.form))
      if let row = rows.indices.max(by: { own[$0].least < own[$1].least }),
        own[row].least > 0 || (rows[row].isStrict && own[row].least >= 0)
      {
        result.append(single[next + row])
      } else if let claim = combination(conjunction, own.map(\.form), place, box, level) {
        result.append(claim)
      }
      next += rows.count
    }
    return (result, all)
  }

  /// A combination of several rows that is positive.
  private func combination(
    _ conjunction: Int, _ rows: [[Double]], _ place: Place, _ box: Box, _ level: ProofLevel
  ) -> Claim? {
    guard rows.count + region.inputForms.count > 1 else { return nil }
    let forms = BoxForms(rows + region.inputForms, inputs: box.lower.count)
    guard let multipliers = forms.refutation(box, rounds: 24) else { return nil }
    let largest = multipliers.max() ?? 0
    let parts = multipliers.enumerated().filter { $0.element > largest * 1e-6 }
      .map { (index: $0.offset, factor: $0.element) }
    let claim = Claim(
      conjunction: conjunction, parts: parts.count == 1 ? [(parts[0].index, 1)] : parts)
    return least([claim], place, box, level)[0].least > 0 ? claim : nil
  }

  private func least(
    _ claims: [Claim], _ place: Place, _ box: Box, _ level: ProofLevel
  ) -> [(form: [Double], least: Double)] {
    var result: [(form: [Double], least: Double)] = []
    func flush() {
      for (lane, least) in bounds.flush(level).enumerated() { result.append((bounds.form(lane), least)) }
    }
    for claim in claims {
      if bounds.lanes == ProofBounds.laneLimit { flush() }
      bounds.add(box.proofBox)
      for part in claim.parts {
        let row = rows[claim.conjunction][part.index]
        bounds.constant(part.factor * row.constant)
        for term in row.terms { bounds.term(term.element, part.factor * term.factor, level) }
      }
    }
    if bounds.lanes > 0 { flush() }
    return result
  }

  func write(_ claims: [Claim], to writer: inout ProofWriter) {
    writer.number(claims.count)
    for claim in claims {
      writer.number(claim.conjunction)
      writer.number(claim.parts.count)
      for part in claim.parts {
        writer.number(part.index)
        if claim.parts.count > 1 { writer.double(part.factor) }
      }
    }
  }
}
