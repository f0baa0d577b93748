import CertifiedBounds
import TestSupport

/// A generated matrix of binary32 numbers with the name of its kind.
struct GeneratedMatrix {
  let kind: Kind
  let rows: Int
  let columns: Int
  let elements: [Float]

  enum Kind: CaseIterable {
    case gaussian, orthogonal, rankOne, equalSingularValues, flat, sparse, singleElement, integers, zero, line
  }

  /// - Parameter sides: what both sides lie in; a `line` has one row or column.
  init(kind: Kind, sides: ClosedRange<Int>, _ generator: inout SplitMix64) {
    var rows = Int.random(in: sides, using: &generator)
    var columns = Bool.random(using: &generator) ? rows : Int.random(in: sides, using: &generator)
    if kind == .line {
      if Bool.random(using: &generator) { rows = 1 } else { columns = 1 }
    }
    var values = [Double](repeating: 0, count: rows * columns)
    func fill(_ make: (Int, Int) -> Double) {
      for row in 0..<rows { for column in 0..<columns { values[row * columns + column] = make(row, column) } }
    }
    switch kind {
    case .gaussian, .line: fill { _, _ in normal(&generator) }
    case .orthogonal: fill { $0 == $1 ? 1 : 0 }
    case .rankOne:
      let left = (0..<rows).map { _ in normal(&generator) }
      let right = (0..<columns).map { _ in normal(&generator) }
      fill { left[$0] * right[$1] }
    case .equalSingularValues: fill { $0 == $1 ? ($0 < 2 ? 1 : 0.5) : 0 }
    case .flat: fill { $0 == $1 ? 1 + 1e-4 * Double($0) / Double(rows) : 0 }
    case .sparse:
      fill { _, _ in Int.random(in: 0..<8, using: &generator) == 0 ? normal(&generator) : 0 }
      values[0] = 1
    case .singleElement:
      values[Int.random(in: values.indices, using: &generator)] = normal(&generator) + 10
    case .integers: fill { _, _ in Double(Int.random(in: -3...3, using: &generator)) }
    case .zero: break
    }
    if [.orthogonal, .equalSingularValues, .flat].contains(kind) {
      reflect(&values, rows, columns, &generator)
    }
    // 1e-30 to 1e30.
    var scale = 1.0
    if Bool.random(using: &generator) {
      let power = Int.random(in: -30...30, using: &generator)
      for _ in 0..<abs(power) { scale = power < 0 ? scale / 10 : scale * 10 }
    }
    self.kind = kind
    self.rows = rows
    self.columns = columns
    elements = values.map { Float($0 * scale) }
  }

  var matrix: RealMatrix {
    get throws { try RealMatrix(rows: rows, columns: columns, elements: elements) }
  }
}

/// Near enough to a normal distribution.
func normal(_ generator: inout SplitMix64) -> Double {
  (0..<6).reduce(-3) { sum, _ in sum + Double.random(in: 0..<1, using: &generator) } * 1.41421356
}

/// Multiplies by three random reflections from each side, which keep the singular values.
private func reflect(_ values: inout [Double], _ rows: Int, _ columns: Int, _ generator: inout SplitMix64) {
  for _ in 0..<3 {
    let left = unit(rows, &generator)
    for column in 0..<columns {
      let part = 2 * (0..<rows).reduce(0) { $0 + left[$1] * values[$1 * columns + column] }
      for row in 0..<rows { values[row * columns + column] -= part * left[row] }
    }
    let right = unit(columns, &generator)
    for row in 0..<rows {
      let part = 2 * (0..<columns).reduce(0) { $0 + right[$1] * values[row * columns + $1] }
      for column in 0..<columns { values[row * columns + column] -= part * right[column] }
    }
  }
}

private func unit(_ count: Int, _ generator: inout SplitMix64) -> [Double] {
  let vector = (0..<count).map { _ in normal(&generator) }
  let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  return length == 0 ? vector : vector.map { $0 / length }
}
