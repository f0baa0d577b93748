/// The search for a chain's quadratic forms: Lambda by Newton-like descent on the bounds that the best P_l for it give.
/// Untrusted.
///
/// Given Lambda, the best forms follow layer by layer. Slopes: P_l = Lambda - Lambda W P_(l-1)^-1 W^T Lambda / 4. Pairs,
/// with W_s and W_t the rows for sums and differences: Lambda itself for the differences, and for the sums the inverse
/// of W_s (P_(l-1) - W_t^T Lambda W_t)^-1 W_s^T. What is minimised is the mean of v^T P^-1 v over the last layer's pairs of
/// rows, each relative to the square of its product bound: a convex function of Lambda.
struct ChainSearch {
  private let chain: DenseChain
  /// The diagonal of P_0.
  private let input: [Double]
  /// The sum of v v^T over the pairs, weighted.
  private let pairs: SearchMatrix

  /// - Parameter product: the product bounds of the chain's pairs, row-major.
  init(_ chain: DenseChain, input: [Double], product: [UpperBound]) {
    self.chain = chain
    self.input = input
    let count = chain.last.rows
    var laplacian = SearchMatrix(rows: count, columns: count)
    let pairCount = Double(count * (count - 1) / 2)
    for i in 0..<count {
      for j in 0..<count where i != j && product[i * count + j].value > 0 {
        let weight = 1 / (product[i * count + j].value * product[i * count + j].value * pairCount)
        laplacian[i, j] -= weight
        laplacian[i, i] += weight
      }
    }
    let columns = SearchMatrix(chain.last.transposed)
    pairs = columns.timesTransposed(laplacian).timesTransposed(columns)
  }

  /// About how many products of two numbers one evaluation takes.
  var cost: Double {
    var previous = 0.0
    return chain.layers.reduce(0) { sum, layer in
      let (rows, columns) = (Double(layer.weights.rows), Double(layer.weights.columns))
      defer { previous = rows }
      let isDense = previous > 0 || layer.activation == .pairs
      let inverse = isDense ? columns * columns * columns / 2 : 0
      return sum + inverse + rows * (columns + rows) * (isDense ? columns * 1.5 : 0) + rows * rows * rows
    }
  }

  /// The forms for the best Lambda that was found, each a little less than what its layer allows.
  ///
  /// - Parameters:
  ///   - slack: by which part less.
  ///   - multipliers: as ``bestMultipliers()`` gives them.
  func certificate(_ multipliers: [[Double]], slack: Double) -> ChainCertificate? {
    var steps: [ChainCertificate.Step] = []
    var previous: SearchMatrix?
    for (layer, exact) in zip(chain.layers, multipliers) {
      let lambda = exact.map(\.withBits29)
      // What is left of P_(l-1) when some of its diagonal is taken away.
      if var matrix = previous {
        for index in 0..<matrix.rows { matrix[index, index] *= 1 - slack }
        previous = matrix
      }
      guard let result = SearchLayer(layer, after: previous, input, lambda) else { return nil }
      let form = result.form(slack: slack)
      steps.append(
        ChainCertificate.Step(
          multipliers: layer.activation == .slopes ? lambda : [],
          weights: SymmetricMatrix(size: form.rows, lower: form.elements)))
      previous = form
    }
    return ChainCertificate(input: input, steps: steps)
  }

  /// Lambda for each layer; `nil` where no start can be found.
  func bestMultipliers() -> [[Double]]? {
    guard let start = start() else { return nil }
    let budget = max(5, min(300, Int(1e10 / max(1, cost))))
    let logarithms = minimum(from: [Double](repeating: 0, count: start.joined().count), evaluations: budget) {
      gradient(at: multipliers(start, $0))
    }
    return multipliers(start, logarithms)
  }

  private func multipliers(_ start: [[Double]], _ logarithms: [Double]) -> [[Double]] {
    var next = 0
    return start.map { layer in
      layer.map { element in
        defer { next += 1 }
        return element * exponential(logarithms[next])
      }
    }
  }

  /// The closed form (ECLipsE-Fast): all multipliers of a layer are alike.
  private func start() -> [[Double]]? {
    var result: [[Double]] = []
    var previous: SearchMatrix?
    for layer in chain.layers {
      guard let gram = SearchLayer.gram(layer.weights, after: previous, input) else { return nil }
      let symmetric = SymmetricMatrix(size: gram.rows, lower: gram.elements)
      let largest = estimateLargestEigenvalue(size: gram.rows, accuracy: 1e-4) { symmetric.times($0) }
      guard largest > 0, largest.isFinite else { return nil }
      let count = layer.activation == .slopes ? layer.weights.rows : layer.weights.rows / 2
      let multiplier = (layer.activation == .slopes ? 2 : 0.7) / largest
      result.append([Double](repeating: multiplier, count: count))
      guard let next = SearchLayer(layer, after: previous, input, result[result.count - 1]) else {
        return nil
      }
      previous = next.form(slack: 1e-9)
    }
    return result
  }

  /// The value and its gradient by the logarithms of Lambda; `nil` where the forms are not positive.
  private func gradient(at multipliers: [[Double]]) -> (value: Double, gradient: [Double])? {
    var layers: [SearchLayer] = []
    var previous: SearchMatrix?
    for (layer, lambda) in zip(chain.layers, multipliers) {
      guard let result = SearchLayer(layer, after: previous, input, lambda) else { return nil }
      previous = result.form(slack: 0)
      layers.append(result)
    }
    guard let last = previous, let inverse = last.inverse() else { return nil }
    let product = inverse.timesTransposed(pairs)
    let value = (0..<product.rows).reduce(0) { $0 + product[$1, $1] }
    guard value > 0, value.isFinite else { return nil }
    // d tr(C P^-1) = - tr(P^-1 C P^-1 dP).
    var sensitivity = product.timesTransposed(inverse)
    for index in sensitivity.elements.indices { sensitivity.elements[index] *= -1 / value }
    var gradients: [[Double]] = []
    for (index, layer) in layers.enumerated().reversed() {
      let (own, earlier) = layer.propagate(sensitivity, isFirst: index == 0)
      gradients.append(own)
      sensitivity = earlier
    }
    return (value, Array(gradients.reversed().joined()))
  }
}
