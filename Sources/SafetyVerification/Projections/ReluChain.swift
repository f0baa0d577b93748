/// A network y -> W_L relu(... relu(W_1 y + b_1) ...) + b_L, with what a program loses in its layers' sums.
struct ReluChain: Sendable {
  struct Layer: Sendable {
    /// Outputs x inputs.
    let weights: PaddedMatrix
    let magnitudes: PaddedMatrix
    let bias: PaddedVector
    let biasMagnitudes: PaddedVector
    let rounding: SumErrors

    init(weights: PaddedMatrix, bias: [Double], rounding: SumErrors) {
      self.weights = weights
      self.bias = PaddedVector(bias)
      self.rounding = rounding
      magnitudes = weights.magnitude
      biasMagnitudes = PaddedVector(bias.map(\.magnitude))
    }

    var width: Int { weights.rowCount }
  }

  /// A sum s = b + w_1 x_1 + ... that the program computes is off by at most relative (|b| + sum |w_k| |x_k|) + ofResult
  /// |s| + absolute.
  struct SumErrors: Sendable {
    let relative: Double
    let ofResult: Double
    let absolute: Double
  }

  let layers: [Layer]
  /// Not below the Euclidean norms of the first layer's rows.
  let rowNorms: [Double]
  /// Not below eight times what a sum with a term for each element of all values is off by in binary64, as a part of the
  /// terms' magnitudes.
  let rounding: Double

  /// - Requires: at least one layer; each reads what the one before it makes.
  init(layers: [Layer]) {
    self.layers = layers
    let first = layers[0].weights
    let count = layers.reduce(first.columnCount + 64) { $0 + $1.width }
    let rounding = Double(count) * 0x1p-50
    self.rounding = rounding
    rowNorms = (0..<first.rowCount).map {
      first.squaredNorm(ofRow: $0).squareRoot() * (1 + rounding) + 0x1p-500
    }
  }

  /// The layers before the last have neurons, whose sums are cut at 0.
  var hiddenLayers: Range<Int> { 0..<layers.count - 1 }
}
