import ExactArithmetic

/// Decides from the scores that a program computed whether a decision is kept within a distance, with thresholds that
/// are known before any score (NUMERICS, theorem T6 in its static form).
///
/// Let y be the network's real scores, Y those that the program computes, K_ab bound the Lipschitz constant of
/// y_a - y_b, and E_ab bound |(Y_a - Y_b) - (y_a - y_b)| at every point of the inputs' domains. For points x and x' of
/// these, no further apart than r,
///
///     Y_a(x') - Y_b(x') >= y_a(x') - y_b(x') - E_ab >= y_a(x) - y_b(x) - r K_ab - E_ab >= Y_a(x) - Y_b(x) - r K_ab - 2 E_ab.
///
/// So with T the k best outputs at x, if Y_a - Y_b > r K_ab + 2 E_ab for every a in T and b outside, T is the set of the
/// k best that the program computes at x'. The difference is rounded to binary64, and its threshold is a binary64 number
/// not below: as rounding is monotone, a rounded difference above the threshold comes from a difference above it.
public struct StaticHead: Sendable {
  public let decision: KeptDecision
  /// r, or the largest binary32 number below it.
  public let radius: Float
  /// Row-major, not below r K_ab + 2 E_ab; infinite where there is no bound.
  public let thresholds: [Double]
  /// Row-major, not below 2 E_ab and what the rounding of the difference can hide; 0 where there is no bound.
  public let errors: [Double]
  /// Row-major, not above (1 - 2^-22) / K_ab; 0 where there is no bound, and at most 2^1000.
  public let inverses: [Double]

  /// - Parameters:
  ///   - pairwise: K for every pair of outputs, row-major.
  ///   - executionErrors: E, row-major.
  ///   - scoreMagnitudes: for each output, not below |Y_a| at any point of the domains.
  /// - Requires: as many rows as the decision has outputs; the radius is positive.
  public init(
    _ decision: KeptDecision, radius: Rational, pairwise: [UpperBound], executionErrors: [UpperBound],
    scoreMagnitudes: [UpperBound]
  ) {
    let count = decision.tieOrder.count
    precondition(
      pairwise.count == count * count && executionErrors.count == count * count
        && scoreMagnitudes.count == count, "a bound for each pair of outputs, and for each output")
    self.decision = decision
    self.radius = radius.floatNotAbove ?? .greatestFiniteMagnitude
    let length = UpperBound(notBelow: radius)
    var thresholds: [Double] = []
    var errors: [Double] = []
    var inverses: [Double] = []
    for pair in pairwise.indices {
      let constant = pairwise[pair]
      let execution = executionErrors[pair] + executionErrors[pair]
      let hidden =
        (scoreMagnitudes[pair / count] + scoreMagnitudes[pair % count]).scaled(byPowerOfTwo: -52)
      let error = execution + hidden
      let isBounded = constant < .infinity && error < .infinity
      thresholds.append(isBounded ? (length * constant + execution).value : .infinity)
      errors.append(isBounded ? error.value : 0)
      inverses.append(isBounded ? inverseNotAbove(constant) : 0)
    }
    self.thresholds = thresholds
    self.errors = errors
    self.inverses = inverses
  }

  /// What the emitted code computes, bit for bit; ``PointVerdict/radius`` is a binary32 number, and at most
  /// FLT_MAX.
  ///
  /// - Requires: one finite number for each output.
  public func verdict(_ scores: [Float]) -> PointVerdict {
    let ranking = ranking(scores)
    var isCertified = false
    var largest: Float = 0
    for places in 1...decision.places where decision.permits(Set(ranking[..<places])) {
      let kept = keeps(best: ranking[..<places], of: ranking[places...].sorted(), scores)
      isCertified = isCertified || kept.holds
      largest = max(largest, kept.radius)
    }
    if isCertified { largest = max(largest, radius) }
    return PointVerdict(choice: ranking[0], isCertified: isCertified, radius: Double(largest))
  }

  /// The outputs, best first; equal scores in the tie order.
  private func ranking(_ scores: [Float]) -> [Int] {
    precondition(scores.count == decision.tieOrder.count, "one score for each output")
    let places = decision.tieOrder.indices.sorted { p, q in
      let (a, b) = (scores[decision.tieOrder[p]], scores[decision.tieOrder[q]])
      return a == b ? p < q : (a > b) != decision.prefersLowest
    }
    return places.map { decision.tieOrder[$0] }
  }

  /// Whether output `a` stays strictly better than `b` within the distance, if `scores` are those that the program
  /// computed.
  public func keeps(_ a: Int, above b: Int, _ scores: [Float]) -> Bool {
    margin(of: a, above: b, scores) > thresholds[a * scores.count + b]
  }

  /// By how much `a` is better than `b`, rounded to binary64.
  private func margin(of a: Int, above b: Int, _ scores: [Float]) -> Double {
    let (x, y) = (Double(scores[a]), Double(scores[b]))
    return decision.prefersLowest ? y - x : x - y
  }

  /// Whether all margins are above their thresholds, and a distance below which `best` surely stays.
  ///
  /// For a margin m and a bound K, at a distance d < (m - 2 E) / K the real scores keep m - 2 E - d K > 0 apart from
  /// E on either side. What is computed passes through three roundings of a product of magnitudes, 2^-24 (1 + 2^-52)
  /// at most of it, less than the 2^-22 that the inverses lack.
  private func keeps(
    best: ArraySlice<Int>, of others: [Int], _ scores: [Float]
  ) -> (holds: Bool, radius: Float) {
    var holds = true
    var least = Double(Float.greatestFiniteMagnitude)
    for a in best {
      for b in others {
        if !keeps(a, above: b, scores) { holds = false }
        let pair = a * scores.count + b
        let limit = (margin(of: a, above: b, scores) - errors[pair]) * inverses[pair]
        least = limit < least ? limit : least
      }
    }
    return (holds, least >= Double(Float.leastNormalMagnitude) ? Float(least) : 0)
  }
}

/// (1 - 2^-22) / constant, rounded down, or 2^1000 if that is above.
private func inverseNotAbove(_ constant: UpperBound) -> Double {
  let largest = 0x1p1000
  return constant == .zero ? largest : min(largest, ((1 - 0x1p-22) / constant.value).nextDown)
}
