/// One layer of a chain in ``ChainSearch``: P_l from P_(l-1), and how it depends on that and on Lambda. Untrusted.
struct SearchLayer {
  private let activation: DenseChain.Activation
  private let multipliers: [Double]
  /// Slopes: Lambda W P^-1 W^T Lambda. Pairs: the form of the sums.
  private let inner: SearchMatrix
  /// X^T, where dP_l = X^T dP_(l-1) X / 4 (slopes), or so for the form of the sums, without the 4.
  private let response: SearchMatrix?
  /// Pairs: W_t.
  private let differences: SearchMatrix?

  /// - Parameter previous: P_(l-1); the diagonal `input` if it is `nil`.
  /// - Returns: `nil` if what has to be positive definite is not.
  init?(
    _ layer: DenseChain.Layer, after previous: SearchMatrix?, _ input: [Double], _ multipliers: [Double]
  ) {
    activation = layer.activation
    self.multipliers = multipliers
    let weights = SearchMatrix(layer.weights)
    switch layer.activation {
    case .slopes:
      differences = nil
      let scaled = weights.scalingRows(by: multipliers)
      guard let (half, factor) = Self.half(scaled, previous, input) else { return nil }
      inner = half.timesTransposed(half)
      response = factor.map { half.timesTransposed($0.transposed) }
    case .pairs:
      let rows = Self.turned(weights)
      let (sums, differences) = (rows.sums, rows.differences)
      self.differences = differences
      var rest = previous ?? SearchMatrix(rows: input.count, columns: input.count)
      if previous == nil { for (index, element) in input.enumerated() { rest[index, index] = element } }
      let scaled = differences.scalingRows(by: multipliers.map { $0.squareRoot() }).transposed
      let taken = scaled.timesTransposed(scaled)
      for index in rest.elements.indices { rest.elements[index] -= taken.elements[index] }
      guard let factor = rest.inverseFactor() else { return nil }
      let half = sums.timesTransposed(factor)
      var gram = half.timesTransposed(half)
      // If there are more sums than inputs, they are not independent.
      let trace = (0..<gram.rows).reduce(0) { $0 + gram[$1, $1] }
      for index in 0..<gram.rows { gram[index, index] += 1e-9 * trace / Double(gram.rows) }
      guard let form = gram.inverse() else { return nil }
      inner = form
      response = form.timesTransposed(half.timesTransposed(factor.transposed).transposed)
    }
  }

  /// W P^-1 W^T.
  static func gram(_ weights: RealMatrix, after previous: SearchMatrix?, _ input: [Double]) -> SearchMatrix? {
    half(SearchMatrix(weights), previous, input).map { $0.half.timesTransposed($0.half) }
  }

  /// B L^-T, with P = L L^T, and L^-1 unless P is the input's.
  private static func half(
    _ matrix: SearchMatrix, _ previous: SearchMatrix?, _ input: [Double]
  ) -> (half: SearchMatrix, factor: SearchMatrix?)? {
    guard let previous else {
      var half = matrix
      let roots = input.map { $0.squareRoot() }
      for index in half.elements.indices { half.elements[index] /= roots[index % matrix.columns] }
      return (half, nil)
    }
    return previous.inverseFactor().map { (matrix.timesTransposed($0), $0) }
  }

  /// The rows for sums and differences of pairs, each divided by the root of 2.
  private static func turned(_ weights: SearchMatrix) -> (sums: SearchMatrix, differences: SearchMatrix) {
    var sums = SearchMatrix(rows: weights.rows / 2, columns: weights.columns)
    var differences = sums
    let scale = 0.5.squareRoot()
    for row in 0..<sums.rows {
      for column in 0..<sums.columns {
        let (a, b) = (weights[2 * row, column], weights[2 * row + 1, column])
        sums[row, column] = (b + a) * scale
        differences[row, column] = (b - a) * scale
      }
    }
    return (sums, differences)
  }

  /// P_l, a little less than the best by `slack`.
  func form(slack: Double) -> SearchMatrix {
    switch activation {
    case .slopes:
      var form = inner
      for index in form.elements.indices { form.elements[index] *= -0.25 }
      for index in 0..<form.rows {
        form[index, index] = multipliers[index] - 0.25 * (1 + 2 * slack) * inner[index, index]
      }
      return form
    case .pairs:
      let size = 2 * inner.rows
      let scale = 0.5 * (1 - slack)
      var form = SearchMatrix(rows: size, columns: size)
      for row in 0..<size {
        for column in 0..<size { form[row, column] = scale * inner[row / 2, column / 2] }
        let own = scale * multipliers[row / 2]
        form[row, row] += own
        form[row, row ^ 1] -= own
      }
      return form
    }
  }

  /// The gradient by the logarithms of Lambda and by P_(l-1), given the one by P_l.
  func propagate(
    _ sensitivity: SearchMatrix, isFirst: Bool
  ) -> (own: [Double], earlier: SearchMatrix) {
    let turned = response?.transposed
    switch activation {
    case .slopes:
      let own = multipliers.indices.map { row in
        (0..<inner.columns).reduce(sensitivity[row, row] * multipliers[row]) {
          $0 - 0.5 * sensitivity[row, $1] * inner[$1, row]
        }
      }
      guard !isFirst, let turned else { return (own, sensitivity) }
      var earlier = turned.timesTransposed(sensitivity).timesTransposed(turned)
      for index in earlier.elements.indices { earlier.elements[index] *= 0.25 }
      return (own, earlier)
    case .pairs:
      guard let turned, let differences else { return ([], sensitivity) }
      var ofSums = SearchMatrix(rows: inner.rows, columns: inner.columns)
      for row in 0..<sensitivity.rows {
        for column in 0..<sensitivity.columns {
          ofSums[row / 2, column / 2] += 0.5 * sensitivity[row, column]
        }
      }
      let earlier = turned.timesTransposed(ofSums).timesTransposed(turned)
      let moved = differences.timesTransposed(earlier)
      let own = multipliers.indices.map { g in
        let (a, b) = (2 * g, 2 * g + 1)
        let direct = 0.5 * (sensitivity[a, a] + sensitivity[b, b]) - sensitivity[a, b]
        let through = (0..<differences.columns).reduce(0) { $0 + moved[g, $1] * differences[g, $1] }
        return multipliers[g] * (direct - through)
      }
      return (own, earlier)
    }
  }
}
