/// An estimate of the largest eigenvalue of a positive semidefinite matrix of which only products with vectors are
/// known: Lanczos' method with full reorthogonalisation, from a fixed start. Untrusted.
///
/// It is not above the truth but for rounding. It may be far below, if the start has no part in the largest
/// eigenvectors.
///
/// - Parameters:
///   - accuracy: it stops where eight steps raise the estimate by less than this part of it.
///   - apply: the matrix times a vector of `size` elements.
func estimateLargestEigenvalue(
  size: Int, accuracy: Double = 1e-11, _ apply: ([Double]) -> [Double]
) -> Double {
  let stepLimit = min(size, 400)
  var basis: [[Double]] = []
  var tridiagonal = Tridiagonal()
  // Multiples of the golden ratio, modulo 1, are spread evenly and have no symmetry that a matrix might share.
  var next = (0..<size).map { index in
    let multiple = Double(index + 1) * 0.6180339887498949
    return (0.5 + multiple - multiple.rounded(.down)) * (index % 2 == 0 ? 1 : -1)
  }
  var previousEstimate = 0.0
  for step in 0..<stepLimit {
    let length = norm(next)
    guard length > 0, length.isFinite else { break }
    let vector = next.map { $0 / length }
    basis.append(vector)
    next = apply(vector)
    let alpha = inner(next, vector)
    // Twice is enough (Parlett).
    for _ in 0..<2 {
      for other in basis {
        let part = inner(next, other)
        for index in next.indices { next[index] -= part * other[index] }
      }
    }
    let beta = norm(next)
    tridiagonal.append(diagonal: alpha, beside: beta)
    let isLast = step + 1 == stepLimit || !(beta > 1e-14 * tridiagonal.scale)
    if isLast || step % 8 == 7 {
      let estimate = tridiagonal.largestEigenvalue()
      if isLast || estimate - previousEstimate <= accuracy * estimate { return estimate }
      previousEstimate = estimate
    }
  }
  return tridiagonal.largestEigenvalue()
}

private func inner(_ x: [Double], _ y: [Double]) -> Double {
  x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { y in
      guard let x = x.baseAddress, let other = y.baseAddress else { return 0 }
      return innerProduct(x, other, y.count)
    }
  }
}

private func norm(_ x: [Double]) -> Double { inner(x, x).squareRoot() }

private struct Tridiagonal {
  private var diagonal: [Double] = []
  /// The element beside each diagonal one and below it.
  private var beside: [Double] = []
  private(set) var scale = 0.0

  mutating func append(diagonal alpha: Double, beside beta: Double) {
    diagonal.append(alpha)
    beside.append(beta)
    scale = max(scale, alpha.magnitude + beta)
  }

  /// Bisection: there are as many eigenvalues above a number as the elimination has negative pivots.
  func largestEigenvalue() -> Double {
    var low = diagonal.max() ?? 0
    var high = 0.0
    for index in diagonal.indices {
      let left = index > 0 ? beside[index - 1] : 0
      let right = index + 1 < diagonal.count ? beside[index] : 0
      high = max(high, diagonal[index] + left + right)
    }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if hasEigenvalue(above: middle) { low = middle } else { high = middle }
    }
  }

  private func hasEigenvalue(above threshold: Double) -> Bool {
    var pivot = 1.0
    for index in diagonal.indices {
      let coupling = index > 0 ? beside[index - 1] * beside[index - 1] / pivot : 0
      pivot = threshold - diagonal[index] - coupling
      if !(pivot > 0) { return true }
    }
    return false
  }
}
