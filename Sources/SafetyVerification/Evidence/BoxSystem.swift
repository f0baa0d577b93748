import ExactArithmetic
import SMTSolving

/// Rows over the inputs in a box, as a linear program in rationals.
struct BoxSystem {
  private let box: Box
  private let varying: [Int]
  /// The sides of the box.
  private var sides: [LinearRow] = []

  init(_ box: Box) {
    self.box = box
    varying = box.lower.indices.filter { box.lower[$0] < box.upper[$0] }
    for (variable, input) in varying.enumerated() {
      for (sign, end) in [(Rational(-1), box.lower[input]), (.one, box.upper[input])] {
        let coefficients = varying.indices.map { $0 == variable ? sign : .zero }
        sides.append(LinearRow(coefficients, constant: -sign * Rational(end)))
      }
    }
  }

  enum Answer {
    /// Integers for the rows, of which none is negative, with which their sum is above zero in the box, or not below it if it
    /// has to be: no input satisfies all.
    case refuted([Rational])
    case feasible
    case unknown
  }

  func solve(_ rows: [LinearRow], in context: SolverContext) -> Answer {
    let own = rows.map { row in
      let fixed = box.lower.indices.filter { box.lower[$0] == box.upper[$0] }
      return LinearRow(
        varying.map { row.coefficients[$0] },
        constant: fixed.reduce(row.constant) { $0 + row.coefficients[$1] * Rational(box.lower[$1]) },
        isStrict: row.isStrict)
    }
    let system = ExactSystem(variableCount: varying.count, rows: sides + own)
    switch system.solve(timeoutMilliseconds: 10_000, in: context) {
    case .feasible: return .feasible
    case .unknown: return .unknown
    case .infeasible(let vector):
      let multipliers = vector.multipliers[sides.count...]
      let scale = multipliers.reduce(Rational.one) { $0 * ($0 * $1).denominator }
      return .refuted(multipliers.map { $0 * scale })
    }
  }
}
