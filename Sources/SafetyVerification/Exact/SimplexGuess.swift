import ExactArithmetic

/// What the simplex method finds in binary64 about rows a x + b <= 0: a point, and the rows that bind there. Nothing
/// here is trusted, and the answer may be none.
///
/// It solves min s over x and s with a x + b <= s for every row, by its dual: max of the sum of l b over l >= 0 with
/// the sum of l a = 0 and the sum of l = 1. A basis of that is as many rows as there are variables, plus one. Where s is
/// above zero its multipliers refute the rows (see ``FarkasVector``); where s is below zero x satisfies them all, with
/// a margin that rounding hardly uses up.
struct SimplexGuess {
  /// Of min s.
  private(set) var point: [Double] = []
  /// s, with each row scaled to coefficients of at most 2.
  private(set) var excess = 0.0
  /// Positions of the rows of the last basis.
  private(set) var basis: [Int]
  /// Theirs, for the rows as the system has them.
  private(set) var multipliers: [Double] = []
  /// For each variable a row that bounds it, and nothing else, from below and one from above.
  let box: [(lower: Int, upper: Int)]

  /// INVARIANT: each row's coefficients, followed by 1.
  private var columns: [[Double]] = []
  private var constants: [Double] = []
  /// What each row was multiplied by.
  private var scales: [Double] = []
  /// Row-major.
  private var inverse: [Double] = []
  private let size: Int
  /// The right-hand sides. The small numbers keep multipliers off zero, where the method could go round in circles.
  private let sides: [Double]

  private static let tolerance = 1e-9
  private static let stepLimit = 2_000
  private static let stepsBetweenInversions = 40

  /// `nil` if the rows bound no box, do not fit binary64, or the method does not end.
  init?(_ system: ExactSystem) {
    let count = system.variableCount
    size = count + 1
    sides = (0..<count).map { 1e-6 * (1 + Double($0 % 17) / 16) / Double(count) } + [1]
    guard count > 0, let box = Self.box(of: system) else { return nil }
    self.box = box
    basis = box.map(\.upper) + [box[0].lower]
    for row in system.rows {
      let numbers = (row.coefficients + [row.constant]).compactMap(\.nearestDouble)
      let largest = numbers.prefix(count).reduce(0) { max($0, $1.magnitude) }
      guard numbers.count == count + 1, largest > 0 else { return nil }
      let scale = 1 / Double(sign: .plus, exponent: largest.exponent, significand: 1)
      guard scale.isFinite, (numbers[count] * scale).isFinite else { return nil }
      columns.append(numbers.prefix(count).map { $0 * scale } + [1])
      constants.append(numbers[count] * scale)
      scales.append(scale)
    }
    guard run() else { return nil }
  }

  private static func box(of system: ExactSystem) -> [(lower: Int, upper: Int)]? {
    var lower = [Int?](repeating: nil, count: system.variableCount)
    var upper = lower
    for (index, row) in system.rows.enumerated() {
      let variables = row.coefficients.indices.filter { row.coefficients[$0].signum != 0 }
      // A row without variables that is left holds.
      guard let variable = variables.first else { return nil }
      if variables.count > 1 { continue }
      if row.coefficients[variable].signum > 0 {
        upper[variable] = upper[variable] ?? index
      } else {
        lower[variable] = lower[variable] ?? index
      }
    }
    let pairs = zip(lower, upper).compactMap { pair in
      if let lower = pair.0, let upper = pair.1 { (lower: lower, upper: upper) } else { nil }
    }
    return pairs.count == system.variableCount ? pairs : nil
  }

  private mutating func run() -> Bool {
    for step in 0..<Self.stepLimit {
      if step % Self.stepsBetweenInversions == 0, !invert() { return false }
      let prices = prices()
      var entering: Int?
      var largest = Self.tolerance
      for index in columns.indices {
        let gain = constants[index] - dot(prices, columns[index])
        if gain > largest { (entering, largest) = (index, gain) }
      }
      guard let entering else {
        point = prices.dropLast().map { -$0 }
        excess = prices[size - 1]
        multipliers = basis.enumerated().map { max(0, inverse[$0 * size + size - 1]) * scales[$1] }
        return excess.isFinite && (point + multipliers).allSatisfy(\.isFinite)
      }
      guard exchange(entering) else { return false }
    }
    return false
  }

  private func prices() -> [Double] {
    var result = [Double](repeating: 0, count: size)
    for (row, index) in basis.enumerated() {
      for column in 0..<size { result[column] += constants[index] * inverse[row * size + column] }
    }
    return result
  }

  /// Takes `entering` into the basis in place of the row whose multiplier reaches zero first.
  private mutating func exchange(_ entering: Int) -> Bool {
    let direction = (0..<size).map { dot(inverse[($0 * size)..<($0 * size + size)], columns[entering]) }
    var leaving: Int?
    var shortest = Double.infinity
    for row in 0..<size where direction[row] > Self.tolerance {
      let multiplier = max(0, dot(inverse[(row * size)..<(row * size + size)], sides))
      let ratio = multiplier / direction[row]
      if ratio < shortest { (leaving, shortest) = (row, ratio) }
    }
    guard let leaving else { return false }
    basis[leaving] = entering
    let pivot = 1 / direction[leaving]
    for column in 0..<size { inverse[leaving * size + column] *= pivot }
    for row in 0..<size where row != leaving && direction[row] != 0 {
      for column in 0..<size {
        inverse[row * size + column] -= direction[row] * inverse[leaving * size + column]
      }
    }
    return true
  }

  /// Computes the inverse of the basis, whose columns are those of its rows, anew.
  private mutating func invert() -> Bool {
    let width = 2 * size
    var matrix = [Double](repeating: 0, count: size * width)
    for row in 0..<size {
      for (column, index) in basis.enumerated() { matrix[row * width + column] = columns[index][row] }
      matrix[row * width + size + row] = 1
    }
    for pivot in 0..<size {
      let magnitude = { (row: Int) in matrix[row * width + pivot].magnitude }
      guard let best = (pivot..<size).max(by: { magnitude($0) < magnitude($1) }), magnitude(best) > 1e-12
      else {
        return false
      }
      let factor = 1 / matrix[best * width + pivot]
      for column in 0..<width {
        matrix.swapAt(best * width + column, pivot * width + column)
        matrix[pivot * width + column] *= factor
      }
      for row in 0..<size where row != pivot {
        let factor = matrix[row * width + pivot]
        if factor == 0 { continue }
        for column in 0..<width {
          matrix[row * width + column] -= factor * matrix[pivot * width + column]
        }
      }
    }
    inverse = (0..<size).flatMap { matrix[($0 * width + size)..<($0 * width + width)] }
    return true
  }

  private func dot(_ a: some RandomAccessCollection<Double>, _ b: [Double]) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += x * y }
    return sum
  }
}
