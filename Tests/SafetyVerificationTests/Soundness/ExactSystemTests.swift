import ExactArithmetic
import SafetyVerification
import TestSupport
import Testing

/// Rows `numbers[0] * x0 + ... + last number <= 0`.
private func rows(_ numbers: [[Int]], strict: Set<Int> = []) -> [LinearRow] {
  numbers.enumerated().map { index, row in
    LinearRow(
      row.dropLast().map { Rational($0) }, constant: Rational(row[row.count - 1]),
      isStrict: strict.contains(index))
  }
}

/// Whether the system has a point, with its evidence checked here.
private func isFeasible(_ rows: [LinearRow], _ place: SourceLocation = #_sourceLocation) -> Bool? {
  switch ExactSystem(variableCount: rows[0].coefficients.count, rows: rows).solve(timeoutMilliseconds: 10_000)
  {
  case .feasible(let point):
    #expect(rows.allSatisfy { $0.holds(at: point) }, sourceLocation: place)
    return true
  case .infeasible(let vector):
    for variable in rows[0].coefficients.indices {
      let sum = zip(vector.multipliers, rows).reduce(Rational.zero) {
        $0 + $1.0 * $1.1.coefficients[variable]
      }
      #expect(sum == .zero, sourceLocation: place)
    }
    let constant = zip(vector.multipliers, rows).reduce(Rational.zero) { $0 + $1.0 * $1.1.constant }
    let isStrict = zip(vector.multipliers, rows).contains { $0.signum > 0 && $1.isStrict }
    #expect(vector.multipliers.allSatisfy { $0.signum >= 0 }, sourceLocation: place)
    #expect(constant.signum > 0 || constant == .zero && isStrict, sourceLocation: place)
    return false
  case .unknown(let reason):
    Issue.record("\(reason)", sourceLocation: place)
    return nil
  }
}

@Test func systemsThatTouchAreDecidedByTheirStrictRows() {
  let square = [[1, 0, -1], [-1, 0, 0], [0, 1, -1], [0, -1, 0]]
  // x + y >= 2 touches the unit square at (1, 1).
  #expect(isFeasible(rows(square + [[-1, -1, 2]])) == true)
  #expect(isFeasible(rows(square + [[-1, -1, 2]], strict: [4])) == false)
  #expect(isFeasible(rows(square + [[-1, -1, 2]], strict: [0])) == false)
  #expect(isFeasible(rows(square + [[-1, -1, 2]], strict: [1])) == true)
  #expect(isFeasible(rows(square + [[-1, -1, 3]])) == false)
}

@Test func systemsWithoutABoxAreDecided() {
  #expect(isFeasible(rows([[1, -1, 1], [-1, 1, 1]])) == false)
  #expect(isFeasible(rows([[1, -1, 0], [-1, 1, 0]])) == true)
  #expect(isFeasible(rows([[1, -1, 0], [-1, 1, 0]], strict: [1])) == false)
  #expect(isFeasible(rows([[0, 0, 1]])) == false)
  #expect(isFeasible(rows([[0, 0, 0]], strict: [0])) == false)
  #expect(isFeasible(rows([[0, 0, 0], [5, 0, 3]])) == true)
}

/// A gap of one unit in the last place at 1e16, which binary64 does not see.
@Test func systemsWithNumbersThatBinary64ConfusesAreDecided() {
  let large = 10_000_000_000_000_000
  let box = [[1, 0, -large], [-1, 0, -large], [0, 1, -large], [0, -1, -large]]
  #expect(isFeasible(rows(box + [[large + 1, -large, 0], [-large - 1, large, 1]])) == false)
  // 0 <= large (y - x) - x <= 1 and y - x >= 1 leave (large - 1, large) alone.
  let point = [[large + 1, -large, 0], [-large - 1, large, -1], [1, -1, 1]]
  #expect(isFeasible(rows(box + point)) == true)
  #expect(isFeasible(rows(box + point, strict: [5])) == false)
}

@Test(arguments: 0..<60 as Range<UInt64>)
func randomSystemsAroundAPointAreDecided(seed: UInt64) {
  var random = SplitMix64(seed: seed)
  let variables = Int.random(in: 1...6, using: &random)
  let point = (0..<variables).map { _ in Int.random(in: -4...4, using: &random) }
  func row(_ value: Int) -> [Int] {
    let coefficients = (0..<variables).map { _ in Int.random(in: -9...9, using: &random) }
    return coefficients + [value - zip(coefficients, point).reduce(0) { $0 + $1.0 * $1.1 }]
  }
  // Rows that are 0 or below at the point, and then the negation of a sum of two of them.
  let around = (0..<2 * variables + 3).map { _ in row(Int.random(in: -3...0, using: &random)) }
  let box = (0..<variables).flatMap { variable in
    [1, -1].map { sign in (0..<variables).map { $0 == variable ? sign : 0 } + [-5] }
  }
  #expect(isFeasible(rows(box + around)) == true)
  let sum = zip(around[0], around[1]).map { -$0 - $1 }
  #expect(isFeasible(rows(box + around + [sum], strict: [box.count + around.count])) == false)
  #expect(isFeasible(rows(around + [sum], strict: [around.count])) == false)
}
