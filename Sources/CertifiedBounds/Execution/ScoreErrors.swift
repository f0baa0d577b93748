import NetworkIR

/// E, the error of the differences of computed scores, and bounds of the scores themselves.
///
/// Where the outputs are W v + b of one row, perhaps with constants added (``Network/lastAffine``): with V the computed
/// operand, s_i = w_i V + b_i, and S_i the computed sum,
///
///     |(S_i - S_j) - (w_i - w_j) v - b_i + b_j| <= ||w_i - w_j|| ||V - v|| + |S_i - s_i| + |S_j - s_j|,
///
/// and |S_i - s_i| is what the sum rounds, with |b_i| + ||w_i|| ||V|| as the sum of the magnitudes. Each constant that is
/// added rounds once. Otherwise E is sqrt 2 times the error of the outputs, and 0 for i = j.
struct ScoreErrors {
  let pairwise: [UpperBound]
  let magnitudes: [UpperBound]

  /// - Throws: where a score may overflow.
  init(of network: Network, _ values: [ValueBound]) throws(ExecutionFailure) {
    let count = network.outputCount
    let output = values[network.output.index]
    guard let last = network.lastAffine,
      let rows = try? RealMatrix(
        rows: last.affine.inputCount, columns: last.affine.outputCount, elements: last.affine.weights
      ).transposed
    else {
      let distinct = output.error * UpperBound(2).squareRoot()
      pairwise = (0..<count * count).map { $0 / count == $0 % count ? .zero : distinct }
      magnitudes = [UpperBound](repeating: output.computed, count: count)
      return
    }
    let operand = values[last.node.operands[0].index]
    let rounding = SumRounding(network.semantics, count: last.affine.inputCount)
    var errors: [UpperBound] = []
    var sizes: [UpperBound] = []
    for i in 0..<count {
      let row = rows.elements[i * rows.columns..<(i + 1) * rows.columns]
      let size =
        UpperBound(Double(last.affine.bias[i].magnitude))
        + sumOfSquares(Array(row)).squareRoot() * operand.computed
      var error = rounding.error(magnitudes: size, result: size, sums: .one)
      var computed = size + error
      for constant in last.constants {
        let exact = computed + UpperBound(Double(constant[i].magnitude))
        error = error + SingleRounding.unit * exact
        computed = exact + SingleRounding.unit * exact
      }
      guard computed.value <= largestNumber else {
        throw ExecutionFailure(node: last.node.name, reason: .overflow)
      }
      errors.append(error)
      sizes.append(computed)
    }
    let distances = rowDistances(of: rows)
    pairwise = (0..<count * count).map { pair in
      let (i, j) = (pair / count, pair % count)
      return i == j ? .zero : distances[pair] * operand.error + errors[i] + errors[j]
    }
    magnitudes = sizes
  }
}
