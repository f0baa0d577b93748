/// An upper bound of the norm of one group of a convolution by its frequencies (NUMERICS, theorem T3).
///
/// Space to depth: with stride s, the padded input at s q + a is channel a of a new input at q, and tap t reads channel
/// (t d) mod s at an offset of (t d) div s blocks. That only moves elements, and gives a convolution with stride 1. On a
/// torus large enough that no block outside the image is read as one inside it (see ``Torus``), the convolution is a
/// part of the circular one: the rows and columns of places that exist. So its norm is at most that of the circular one,
/// which is block diagonal in the Fourier basis: the largest norm of K(theta) = sum_b K_b e^(i theta b) over the torus'
/// frequencies. As K is real, K(-theta) is the conjugate of K(theta) and has its norm.
///
/// The computed K(theta) is off by at most (delta + g(taps) (1 + delta)) sum |K_b| in the real and in the imaginary part of
/// each element, with delta the error of the cosines and sines; in norm by at most sqrt 2 times the Frobenius norm
/// of that. Its own norm is that of the real matrix [[Re, -Im], [Im, Re]], bounded by theorem T1, whose eigenvalues
/// all come twice.
///
/// Any torus that is large enough will do, and the least bound is taken: of three, where they take little time.
///
/// - Requires: the largest weight is in [1/2, 1).
func fourierNorm(of map: ConvolutionMap) throws(NormFailure) -> UpperBound {
  let first = Torus(map)
  guard var best = try norm(of: map, on: first, below: .infinity) else { throw .notProved }
  let channels = Double(map.inputChannels * map.rows.stride * map.columns.stride + map.outputChannels)
  let isCheap = Double(first.rows * first.columns) * channels * channels * channels <= 2e9
  for torus in isCheap ? first.larger : [] {
    if let other = try norm(of: map, on: torus, below: best) { best = min(best, other) }
  }
  return best
}

/// The bound on one torus; `nil` if it is seen not to be below `limit`.
private func norm(
  of map: ConvolutionMap, on torus: Torus, below limit: UpperBound
) throws(NormFailure) -> UpperBound? {
  let squaredLimit = limit * limit
  let symbol = ConvolutionSymbol(map, torus)
  // The largest first: then most others are seen to be smaller without a factorisation.
  let frequencies = torus.frequencies.map {
    (frequency: $0, size: symbol.matrix(at: $0).squaredFrobeniusNorm)
  }
  .enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
  // INVARIANT: `best` is not below the squared norm of any frequency so far; `threshold` is what was proved of one.
  var best = UpperBound.zero
  var threshold = 0.0
  for (_, entry) in frequencies {
    if entry.size <= best { continue }
    let matrix = symbol.matrix(at: entry.frequency)
    let gram = SymmetricMatrix(productOfRowsOf: matrix)
    let error = gramError(sums: matrix.columns, cells: matrix.elements.count, trace: gram.trace)
    // lambda sqrt 2 <= ||G||_F, as every eigenvalue comes twice; the factor is above the root of 1/2.
    if (gram.frobeniusNorm + error) * UpperBound(0.7071067811865476) <= best { continue }
    var proved = eigenvalueUpperBound(of: gram, threshold: threshold)
    if proved == nil {
      proved = provedEigenvalue(of: gram)
      threshold = max(threshold, proved?.value ?? 0)
    }
    guard let proved else { throw .notProved }
    best = max(best, proved + error)
    if best > squaredLimit { return nil }
  }
  return best.squareRoot() + symbol.error
}

private func provedEigenvalue(of gram: SymmetricMatrix) -> UpperBound? {
  let estimate = estimateLargestEigenvalue(size: gram.size) { gram.times($0) }
  return leastProvedThreshold(above: estimate, firstSlack: 1e-7, goodEnough: 1e-6) {
    eigenvalueUpperBound(of: gram, threshold: $0)
  }
}
