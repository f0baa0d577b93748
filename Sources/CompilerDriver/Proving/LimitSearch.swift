/// How far one bound of a property's condition can be moved: bisection between a place where the property holds and one
/// where it is violated.
///
/// A condition whose bound lies further out holds of more inputs, so what holds further out holds further in, and an
/// input that violates the property does so for every bound that admits it: the nearest place with a violation is the
/// input's own coordinate.
struct LimitSearch<Evidence> {
  /// What is known of a bound.
  enum Finding {
    case holds
    /// - Parameter coordinate: the violating input's own.
    case violated(coordinate: Float, Evidence)
    /// - Parameter isCostly: whether it took long.
    case undecided(String, isCostly: Bool)
    /// It was not asked, and nothing more is to be.
    case outOfTime(String)
  }

  let bound: MovableBound
  /// The search ends when the places are this close, in relation to how far the outer (or inner) one is from the
  /// specification's.
  let tolerance: Double
  /// How many more costly questions may stay undecided before the search ends: what time or precision left open at one
  /// place, they rarely decide near it.
  private var patience = 3

  /// The furthest place at which the property was proved.
  private(set) var holds: Float?
  /// The nearest place at which it was refuted.
  private(set) var violated: (place: Float, evidence: Evidence)?
  /// The nearest place that stayed undecided, where no violation is as near.
  private(set) var undecided: (place: Float, reason: String)?
  /// Whether ``undecided`` was not asked.
  private(set) var isOutOfTime = false
  private(set) var questions = 0

  /// - Parameter holdsAsSpecified: whether that was proved already.
  init(_ bound: MovableBound, tolerance: Double, holdsAsSpecified: Bool) {
    self.bound = bound
    self.tolerance = tolerance
    holds = holdsAsSpecified ? bound.specified : nil
  }

  mutating func run<Failure: Error>(_ ask: (Float) throws(Failure) -> Finding) throws(Failure) {
    if holds == nil { try record(bound.specified, ask) }
    if patience == 0 { return }
    if holds != nil {
      if bound.isOutside(bound.outermost, of: bound.specified) { try record(bound.outermost, ask) }
    } else if let violated {
      if violated.place != bound.innermost { try record(bound.innermost, ask) }
    }
    while let next { try record(next, ask) }
  }

  /// The place to ask about; `nil` at the end.
  private var next: Float? {
    guard let holds, patience > 0, let limit = nearest else { return nil }
    let gap = abs(Double(limit) - Double(holds))
    let moved = max(
      abs(Double(holds) - Double(bound.specified)), abs(Double(limit) - Double(bound.specified)))
    return gap <= tolerance * moved ? nil : bound.middle(holds, limit)
  }

  /// The nearest place at which the property is not known to hold.
  private var nearest: Float? {
    [violated?.place, undecided?.place].compactMap { $0 }.min { bound.isOutside($1, of: $0) }
  }

  private mutating func record<Failure: Error>(
    _ place: Float, _ ask: (Float) throws(Failure) -> Finding
  ) throws(Failure) {
    switch try ask(place) {
    case .holds: holds = place
    case .violated(let coordinate, let evidence):
      violated = (coordinate, evidence)
      if let known = undecided, !bound.isOutside(coordinate, of: known.place) { undecided = nil }
    case .undecided(let reason, let isCostly):
      undecided = (place, reason)
      if isCostly { patience -= 1 }
    case .outOfTime(let reason):
      undecided = (place, reason)
      isOutOfTime = true
      patience = 0
      return
    }
    questions += 1
  }
}
