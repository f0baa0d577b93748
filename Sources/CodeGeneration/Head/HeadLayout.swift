import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

/// What the certified heads of a program need; what several clauses ask in common once.
struct HeadLayout: Sendable {
  /// The inputs within a distance. Clauses of one ball share thresholds and guards.
  struct Ball: Sendable {
    let norm: Norm
    let space: NormSpace
    let radius: Rational
    /// How many best outputs its clauses ask about.
    var places: Int
    /// Row-major; finite: no difference of scores is above the largest number.
    let thresholds: [Double]
    /// Position in ``HeadLayout/scales``.
    let scale: Int
    let surely: [Condition]
    let possibly: [Condition]
  }

  /// What radii are computed with: the same for all balls of one norm and space.
  struct Scale: Sendable {
    let norm: Norm
    let space: NormSpace
    let errors: [Double]
    let inverses: [Double]
  }

  let clauses: [CertifiedClause]
  /// For each clause the position of its ball.
  let ballOfClause: [Int]
  let balls: [Ball]
  let scales: [Scale]
  /// One a row of the repair table.
  let rows: [Certification.Row]

  init(_ certification: Certification) {
    var balls: [Ball] = []
    var scales: [Scale] = []
    ballOfClause = certification.clauses.map { certified in
      let (clause, head) = (certified.clause, certified.head)
      let known = balls.firstIndex {
        $0.norm == clause.norm && $0.space == clause.space && $0.radius == clause.radius
      }
      if let known {
        balls[known].places = max(balls[known].places, clause.places)
        return known
      }
      let scale = scales.firstIndex { $0.norm == clause.norm && $0.space == clause.space } ?? scales.count
      if scale == scales.count {
        scales.append(
          Scale(norm: clause.norm, space: clause.space, errors: head.errors, inverses: head.inverses))
      }
      balls.append(
        Ball(
          norm: clause.norm, space: clause.space, radius: clause.radius, places: clause.places,
          thresholds: head.thresholds.map { min($0, .greatestFiniteMagnitude) }, scale: scale,
          surely: certified.surely, possibly: certified.possibly))
      return balls.count - 1
    }
    clauses = certification.clauses
    self.balls = balls
    self.scales = scales
    rows = certification.rows
  }

  var isEmpty: Bool { clauses.isEmpty }
  var words: Int { (clauses.count + 31) / 32 }
  /// How many best outputs the clauses ask about.
  var places: Int { balls.map(\.places).max() ?? 0 }
  /// Whether certificates depend on the row: some row that answers asks for something.
  var readsRows: Bool { rows.contains { !$0.isFree && !$0.firsts.isEmpty } }
  /// Whether a row can ask for more than the best output.
  var readsFreeRows: Bool { readsRows && places > 1 }

  /// The guards' conditions for each ball: what holds everywhere in it, then what holds somewhere.
  var conditions: [Condition] { balls.flatMap { $0.surely + $0.possibly } }

  /// The position of a ball's conditions in ``conditions``.
  func firstCondition(ofBall ball: Int) -> Int {
    balls[..<ball].reduce(0) { $0 + $1.surely.count + $1.possibly.count }
  }
}
