/// The scores of a repair (guarantee 6 of the article Guarantees): the raw scores, best first, are handed out
/// along the chosen order; where a tie would break a constraint or the order, a score moves to the next float.
///
/// For example, with `choose highest`, tie priority by index, order 1, 0, 2 and precedence 1 before 0,
/// raw scores (5, 5, 3) become (5 - ulp, 5, 3).
///
/// Why the result satisfies the constraint: each run compares every place with all places that it must
/// be strictly worse (better) than, directly for precedences, and for windows through one place: going
/// down, values never improve, so "strictly worse than the value at place r - 1" is "strictly worse
/// than r values". Why some run stays finite: a run leaves the range only by a chain of neighbouring
/// floats from the range's end. If the downward and the upward run from the raw scores both leave it,
/// both ends hold such chains; the last run starts from values whose chain at the better end is already
/// resolved, and the chain that it builds at the worse end has fewer floats than there are outputs.
struct RepairedScores {
  let order: [Int]
  let constraint: OrderConstraint
  let preference: OutputPreference
  /// For each output its place in the order.
  private let place: [Int]
  /// For each place, the places of the outputs that must be strictly better.
  private let placesAbove: [[Int]]
  private let placesBelow: [[Int]]

  /// - Requires: `order` satisfies `constraint`.
  init(order: [Int], constraint: OrderConstraint, preference: OutputPreference) {
    self.order = order
    self.constraint = constraint
    self.preference = preference
    var place = [Int](repeating: 0, count: order.count)
    for (position, output) in order.enumerated() { place[output] = position }
    var above = [[Int]](repeating: [], count: order.count)
    var below = above
    for precedence in constraint.precedences {
      above[place[precedence.after]].append(place[precedence.before])
      below[place[precedence.before]].append(place[precedence.after])
    }
    self.place = place
    placesAbove = above
    placesBelow = below
  }

  /// One score an output.
  /// - Parameter sorted: the raw scores, best first.
  func scores(from sorted: [Float]) -> [Float] {
    var values = downward(from: sorted)
    if !values.allSatisfy(\.isFinite) {
      let upwards = upward(from: sorted)
      if upwards.allSatisfy(\.isFinite) {
        values = upwards
      } else {
        values = upward(from: values.map { $0.isFinite ? $0 : preference.worstFinite })
      }
    }
    // INVARIANT: finite; the type's documentation says why.
    precondition(values.allSatisfy(\.isFinite), "a repair stays in the finite range")
    var scores = values
    for (position, output) in order.enumerated() { scores[output] = values[position] }
    return scores
  }

  /// Each place from the best gets the best value that is not above its start.
  private func downward(from start: [Float]) -> [Float] {
    var values: [Float] = []
    for position in order.indices {
      let output = order[position]
      var value = start[position]
      func lower(below limit: Float) {
        if preference.isBetter(value, limit) { value = limit }
      }
      if position > 0 {
        let previous = values[position - 1]
        lower(below: isInTieOrder(position - 1) ? previous : preference.worse(previous))
      }
      for other in placesAbove[position] { lower(below: preference.worse(values[other])) }
      for window in constraint.windows {
        if window.output == output, window.earliest > 0 {
          lower(below: preference.worse(values[window.earliest - 1]))
        }
        if window.end <= position { lower(below: preference.worse(values[place[window.output]])) }
      }
      values.append(value)
    }
    return values
  }

  /// Each place from the worst gets the worst value that is not below its start: ``downward(from:)``
  /// mirrored.
  private func upward(from start: [Float]) -> [Float] {
    var values = start
    for position in order.indices.reversed() {
      let output = order[position]
      var value = start[position]
      func raise(above limit: Float) {
        if preference.isBetter(limit, value) { value = limit }
      }
      if position + 1 < order.count {
        let next = values[position + 1]
        raise(above: isInTieOrder(position) ? next : preference.improved(next))
      }
      for other in placesBelow[position] { raise(above: preference.improved(values[other])) }
      for window in constraint.windows {
        if window.output == output, window.end < order.count {
          raise(above: preference.improved(values[window.end]))
        }
        if position < window.earliest { raise(above: preference.improved(values[place[window.output]])) }
      }
      values[position] = value
    }
    return values
  }

  /// Whether equal values at `position` and the next place rank in the order's direction.
  private func isInTieOrder(_ position: Int) -> Bool {
    preference.tiePriority[order[position]] < preference.tiePriority[order[position + 1]]
  }
}
