import ExactArithmetic

/// Decides from a point's scores whether a decision is kept within a distance, over the real numbers (NUMERICS, RTK).
///
/// Let K_ab bound the Lipschitz constant of y_a - y_b and T be the set of the k best outputs at x. At x' no further away
/// than r, y_a(x') - y_b(x') >= y_a(x) - y_b(x) - r K_ab. If that is positive for every a in T and every b outside,
/// T is the set of the k best at x' too, with scores that are strictly better than all others. So the decision is kept
/// if for some permitted k
///
///     y_a - y_b > r K_ab    for all a in T, b not in T.
///
/// Comparisons are of rationals and strict; a tie of the scores makes no margin. What the scores' errors leave open is
/// not answered.
public struct RobustnessHead: Sendable {
  private let decision: KeptDecision
  /// K, row-major; `nil` where there is no finite bound.
  private let constants: [Rational?]
  /// r K.
  private let thresholds: [Rational?]
  /// For each output its place in the tie order.
  private let tiePlaces: [Int]

  /// - Parameter pairwise: K for every pair of outputs, row-major.
  /// - Requires: as many rows as the decision has outputs; the radius is positive.
  public init(_ decision: KeptDecision, radius: Rational, pairwise: [UpperBound]) {
    let count = decision.tieOrder.count
    precondition(pairwise.count == count * count, "a bound for each pair of outputs")
    self.decision = decision
    constants = pairwise.map { $0.value.isFinite ? Rational($0.value) : nil }
    thresholds = constants.map { $0.map { radius * $0 } }
    var places = [Int](repeating: 0, count: count)
    for (place, output) in decision.tieOrder.enumerated() { places[output] = place }
    tiePlaces = places
  }

  /// - Returns: `nil` if the scores' errors leave the ranking or a comparison open; never for exact scores.
  /// - Requires: one score for each output.
  public func verdict(_ scores: EnclosedScores) -> PointVerdict? {
    guard let ranking = ranking(scores) else { return nil }
    var isCertified = false
    var isOpen = false
    var radius: Rational? = .zero
    for places in 1...decision.places where decision.permits(Set(ranking[..<places])) {
      let kept = keeps(best: ranking[..<places], of: ranking[places...], scores)
      if kept.holds == true { isCertified = true }
      if kept.holds == nil { isOpen = true }
      // `nil` is no limit at all.
      radius = radius.flatMap { old in kept.radius.map { max(old, $0) } }
    }
    if !isCertified, isOpen { return nil }
    return PointVerdict(
      choice: ranking[0], isCertified: isCertified,
      radius: radius.map { $0.doubleNotAbove ?? 0 } ?? .infinity)
  }

  /// The outputs, best first, as far as ``KeptDecision/places``; the others in any order. `nil` if the errors leave it
  /// open.
  private func ranking(_ scores: EnclosedScores) -> [Int]? {
    let centers = scores.centers
    func precedes(_ a: Int, _ b: Int) -> Bool {
      if centers[a] == centers[b] { return tiePlaces[a] < tiePlaces[b] }
      return (centers[a] > centers[b]) != decision.prefersLowest
    }
    let ranking = centers.indices.sorted(by: precedes)
    for place in 0..<decision.places {
      let a = ranking[place]
      for b in ranking[(place + 1)...] {
        let doubt = scores.errors[a] + scores.errors[b]
        if doubt.signum > 0, (centers[a] - centers[b]).magnitude <= doubt { return nil }
      }
    }
    return ranking
  }

  /// Whether every one of `best` stays above all of `others` (`nil` if the errors leave it open), and the distance below
  /// which that is sure (`nil` if at any distance).
  private func keeps(
    best: ArraySlice<Int>, of others: ArraySlice<Int>, _ scores: EnclosedScores
  ) -> (holds: Bool?, radius: Rational?) {
    var holds: Bool? = true
    var radius: Rational?
    for a in best {
      for b in others {
        let difference = scores.centers[a] - scores.centers[b]
        let margin = decision.prefersLowest ? -difference : difference
        let doubt = scores.errors[a] + scores.errors[b]
        let pair = a * tiePlaces.count + b
        guard let constant = constants[pair], let threshold = thresholds[pair] else { return (false, .zero) }
        if margin + doubt <= threshold {
          holds = false
        } else if margin - doubt <= threshold, holds == true {
          holds = nil
        }
        let least = margin - doubt
        if least.signum <= 0 { radius = .zero }
        if constant.signum > 0 {
          let limit = max(.zero, least / constant)
          radius = radius.map { min($0, limit) } ?? limit
        }
      }
    }
    return (holds, radius)
  }
}
