import NetworkIR

/// A bound of the spectral norm of |W|, the matrix of the magnitudes: || |W| |x| || <= absoluteNormUpperBound ||x||.
///
/// With M = |W|, for any x > 0 the largest eigenvalue of M^T M is at most max_k (M^T M x)_k / x_k (Collatz and Wielandt).
/// The best of the vectors of a few power iterations is taken; any would do. The first, ones, gives no more than the
/// largest sum of a row times the largest of a column.
///
/// M x and then M^T (M x) are sums of terms that are not negative, through at most n + m roundings each, and the quotient
/// rounds once more: the exact value is at most the computed one times 1 + g / (1 - g) with g = g(n + m + 1). Nothing
/// underflows: x lies in [2^-100, 1] and weights that are not zero are at least 2^-149.
func absoluteNormUpperBound(of affine: Affine) -> UpperBound {
  let (inputs, outputs) = (affine.inputCount, affine.outputCount)
  let slack = UpperBound.one + RoundingError.gammaQuotient(inputs + outputs + 1)
  var x = [Double](repeating: 1, count: inputs)
  var best = UpperBound.infinity
  affine.weights.withUnsafeBufferPointer { weights in
    for _ in 0..<6 {
      var sums = [Double](repeating: 0, count: outputs)
      for k in 0..<inputs {
        let factor = x[k]
        for j in 0..<outputs { sums[j] += Double(weights[k * outputs + j].magnitude) * factor }
      }
      var next = [Double](repeating: 0, count: inputs)
      for k in 0..<inputs {
        var sum = 0.0
        for j in 0..<outputs { sum += Double(weights[k * outputs + j].magnitude) * sums[j] }
        next[k] = sum
      }
      let quotient = zip(next, x).reduce(0) { max($0, $1.0 / $1.1) }
      best = min(best, (UpperBound(quotient) * slack).squareRoot())
      let largest = next.reduce(0, max)
      if largest == 0 { break }
      x = next.map { max($0 / largest, 0x1p-100) }
    }
  }
  return best
}

/// The same for a convolution, by the largest sums of a row and of a column (Schur's test).
///
/// A row of the matrix, an output, has at most all weights of its channel. A column, an element of the operand, meets each
/// tap at one place at most: at most all weights that read its channel.
func absoluteNormUpperBound(of convolution: Convolution) -> UpperBound {
  let inputs = convolution.inputChannels / convolution.groups
  let outputs = convolution.outputChannels / convolution.groups
  var rows = [Double](repeating: 0, count: convolution.outputChannels)
  var columns = [Double](repeating: 0, count: convolution.inputChannels)
  for (index, weight) in convolution.weights.enumerated() {
    let output = index % convolution.outputChannels
    let input = output / outputs * inputs + index / convolution.outputChannels % inputs
    rows[output] += Double(weight.magnitude)
    columns[input] += Double(weight.magnitude)
  }
  // Sums of at most as many terms as there are weights, none of them negative.
  let slack = UpperBound.one + RoundingError.gammaQuotient(convolution.weights.count)
  return (UpperBound(rows.reduce(0, max)) * slack * (UpperBound(columns.reduce(0, max)) * slack)).squareRoot()
}
