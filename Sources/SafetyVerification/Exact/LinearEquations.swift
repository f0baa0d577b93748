import ExactArithmetic

/// The solution of as many linear equations as unknowns, by Gaussian elimination; `nil` if there is not just one.
///
/// - Parameter equations: each has one coefficient an unknown, then the right-hand side.
func solveEquations(_ equations: [[Rational]]) -> [Rational]? {
  var rows = equations
  let count = rows.count
  precondition(rows.allSatisfy { $0.count == count + 1 }, "as many equations as unknowns")
  for pivot in 0..<count {
    guard let found = (pivot..<count).first(where: { rows[$0][pivot].signum != 0 }) else { return nil }
    rows.swapAt(pivot, found)
    for row in pivot + 1..<count where rows[row][pivot].signum != 0 {
      let factor = rows[row][pivot] / rows[pivot][pivot]
      for column in pivot...count where rows[pivot][column].signum != 0 {
        rows[row][column] = rows[row][column] - factor * rows[pivot][column]
      }
    }
  }
  var solution = [Rational](repeating: .zero, count: count)
  for row in (0..<count).reversed() {
    var sum = rows[row][count]
    for column in row + 1..<count where rows[row][column].signum != 0 {
      sum = sum - rows[row][column] * solution[column]
    }
    solution[row] = sum / rows[row][row]
  }
  return solution
}
