import NetworkIR

/// A bound of a pooling's Lipschitz constant.
///
/// Maximum: an output moves by at most the largest movement in its window, so the squared distance is at most that of
/// the inputs times the number of windows that see an input, at most.
///
/// Average: the map is the Kronecker product of one matrix a spatial dimension, on each channel, as the divisor of a
/// window is the product of one number a dimension (with or without the padding that it sees); its norm is the product
/// of their norms. Their elements are not negative, so rounding them up does not lower the norm.
///
/// - Parameter input: the operand's shape, [1, spatial dimensions..., channels].
func poolingNorm(of pooling: Pooling, input: TensorShape) throws(NormFailure) -> UpperBound {
  var result = UpperBound.one
  for dimension in pooling.window.kernel.indices {
    let windows = WindowPositions(pooling.window, dimension, input: input)
    switch pooling.kind {
    case .maximum:
      var seen = [Int](repeating: 0, count: windows.inputSize)
      for taps in windows.taps { for tap in taps { seen[tap.input] += 1 } }
      result = result * UpperBound(seen.max() ?? 0).squareRoot()
    case .average(let countsPadding):
      result = result * (try averagingNorm(windows, countsPadding: countsPadding))
    }
  }
  return result
}

/// A bound of the norm of the averages along one dimension: of the matrix, or on long dimensions the root of the
/// largest sum of a row times the largest of a column (Schur's test).
private func averagingNorm(
  _ windows: WindowPositions, countsPadding: Bool
) throws(NormFailure) -> UpperBound {
  func share(_ output: Int) -> UpperBound {
    .quotient(1, Double(countsPadding ? windows.kernel : windows.taps[output].count))
  }
  if min(windows.outputSize, windows.inputSize) > 500 || windows.outputSize * windows.inputSize > 1 << 24 {
    var columns = [UpperBound](repeating: .zero, count: windows.inputSize)
    var row = UpperBound.zero
    for (output, taps) in windows.taps.enumerated() {
      row = max(row, UpperBound(taps.count) * share(output))
      for tap in taps { columns[tap.input] = columns[tap.input] + share(output) }
    }
    return (row * columns.reduce(.zero, max)).squareRoot()
  }
  var elements = [Double](repeating: 0, count: windows.outputSize * windows.inputSize)
  for (output, taps) in windows.taps.enumerated() {
    for tap in taps { elements[output * windows.inputSize + tap.input] = share(output).value }
  }
  return try spectralNormUpperBound(
    of: RealMatrix(rows: windows.outputSize, columns: windows.inputSize, elements: elements))
}
