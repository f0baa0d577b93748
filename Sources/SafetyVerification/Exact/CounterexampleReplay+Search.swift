import ExactArithmetic

extension CounterexampleReplay {
  /// A float input near a real one that is in the box and violates in floats; `nil` if none is found.
  ///
  /// Each coordinate is rounded down and up, in all combinations up to 2^10 of them; then the one that comes closest to
  /// a violation moves by single coordinates and growing steps while that brings it closer.
  ///
  /// - Parameter evaluations: how often the network may be run.
  public func nearbyViolation(of witness: [Rational], evaluations: Int = 4_000) -> ReplayedCounterexample? {
    guard let box = floatBox() else { return nil }
    var left = evaluations
    let choices = zip(witness, box).map { value, bounds in
      let below = max(bounds.lowerBound, min(bounds.upperBound, value.floatNotAbove ?? bounds.lowerBound))
      let above = max(bounds.lowerBound, min(bounds.upperBound, value.floatNotBelow ?? bounds.upperBound))
      return below == above ? [below] : [below, above]
    }
    let free = choices.indices.filter { choices[$0].count > 1 }.prefix(10)
    var best = choices.map { $0[0] }
    var bestExcess = Double.infinity
    for combination in 0..<(1 << free.count) where left > 0 {
      var candidate = choices.map { $0[0] }
      for (bit, index) in free.enumerated() { candidate[index] = choices[index][combination >> bit & 1] }
      left -= 1
      let excess: Double
      switch probe(candidate) {
      case .violation(let found): return found
      case .excess(let value): excess = value
      }
      if excess < bestExcess { (best, bestExcess) = (candidate, excess) }
    }
    return descend(from: best, bestExcess, in: box, evaluations: left)
  }

  private func descend(
    from start: [Float], _ startExcess: Double, in box: [ClosedRange<Float>], evaluations: Int
  ) -> ReplayedCounterexample? {
    var (best, bestExcess) = (start, startExcess)
    var left = evaluations
    var step: Float = 1
    while left > 0, step <= 4_096 {
      var hasMoved = false
      for index in best.indices {
        for sign in [Float(1), -1] where left > 0 {
          var candidate = best
          let moved = candidate[index] + sign * step * candidate[index].ulp
          candidate[index] = max(box[index].lowerBound, min(box[index].upperBound, moved))
          if candidate[index] == best[index] { continue }
          left -= 1
          let excess: Double
          switch probe(candidate) {
          case .violation(let found): return found
          case .excess(let value): excess = value
          }
          if excess < bestExcess { (best, bestExcess, hasMoved) = (candidate, excess, true) }
        }
      }
      step = hasMoved ? 1 : step * 2
    }
    return nil
  }

  /// The floats between the bounds; `nil` if an input has none.
  private func floatBox() -> [ClosedRange<Float>]? {
    var box: [ClosedRange<Float>] = []
    for (lower, upper) in zip(lower, upper) {
      guard let first = lower.floatNotBelow, let last = upper.floatNotAbove, first <= last else { return nil }
      box.append(first...last)
    }
    return box
  }

  private enum Probe {
    case violation(ReplayedCounterexample)
    /// How far the row that is furthest from holding is from that, about.
    case excess(Double)
  }

  /// - Requires: the input is in the box.
  private func probe(_ input: [Float]) -> Probe {
    let scores = scores(of: input)
    if isViolation(input, scores) { return .violation(self(input)) }
    let values = (input + scores).map(Double.init)
    var largest = -Double.infinity
    for row in approximateRows {
      var sum = row.constant
      for (coefficient, value) in zip(row.coefficients, values) { sum += coefficient * value }
      // Not a number is as far as can be.
      largest = sum.isNaN ? .infinity : max(largest, sum)
    }
    return .excess(largest)
  }
}
