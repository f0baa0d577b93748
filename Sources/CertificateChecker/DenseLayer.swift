// Trusted: the integers prove the bound.
/// y = W^T x + b. Holding one means that ||W|| <= ``bound``, by integers p, e, T, L of the file:
///
/// Let A be W 2^(p+e) or its transpose, whichever has no more rows than columns (W's if it is square), each element
/// rounded to the nearest integer: n x m. Let L be lower triangular, row by row, D = T I - A A^T - L L^T, and rho the
/// largest sum of magnitudes of a row of D. As L L^T >= 0 and D >= -rho I (Gershgorin), A A^T <= (T + rho) I, and the
/// rounding is off by at most 1/2 an element:
///
///     ||W|| 2^(p+e) <= sqrt(T + rho) + (sqrt(n m) / 2 if an element was rounded).
struct DenseLayer {
  let inputs, outputs: Int
  /// W: from input k to output j at `k * outputs + j`.
  let weights: [Binary32]
  let bound: Dyadic

  init(_ layer: CertificateFile.Layer) throws(Rejection) {
    guard let inputs = layer.inputs, let outputs = layer.outputs, let bytes = layer.weights,
      let p = layer.fractionBits, let e = layer.exponent, let factor = layer.factor,
      let threshold = Int128(layer.threshold ?? ""), let bound = layer.bound
    else { throw Rejection(reason: "a dense layer lacks a field") }
    let (n, m) = (min(inputs, outputs), max(inputs, outputs))
    try require(n >= 1 && m <= 1 << 28 && 1...60 ~= p && -1000...1000 ~= e && threshold >= 0, "out of range")
    try require(bytes.count == 4 * n * m && factor.count == 4 * n * (n + 1), "a matrix has another size")
    try require(layer.sha256 == sha256(bytes), "the weights of a layer have another hash")
    (self.inputs, self.outputs, self.bound) = (inputs, outputs, try Dyadic(hexadecimal: bound))
    weights = try littleEndian(bytes, UInt32.self).map { bits throws(Rejection) in try Binary32(bits: bits) }
    var (a, isExact): ([Int64], Bool) = ([], true)
    for index in 0..<n * m {
      let weight = weights[inputs <= outputs ? index : index % m * outputs + index / m]
      let scaled = try weight.scaled(by: p + e, limit: 1 << p)
      a.append(scaled.integer)
      isExact = isExact && scaled.isExact
    }
    let l = littleEndian(factor, Int64.self)
    // No sum is above (n + 1) (T + m 2^2p + n max|L|^2); with these three at most 2^123 each, Int128 holds it.
    let (size, largest) = (Dyadic(UInt128(n + 1)), Dyadic(UInt128(l.reduce(0) { max($0, $1.magnitude) })))
    let products = Dyadic(UInt128(m), exponent: 2 * p)
    for term in [Dyadic(UInt128(threshold)), products, size * largest * largest] {
      try require(term * size <= Dyadic(1 << 123), "numbers so large that a sum could overflow")
    }
    var root = leastRoot(UInt128(threshold + largestRowSum(threshold, a, n, m, l)))
    if !isExact { root += leastRoot((UInt128(n) * UInt128(m) + 3) / 4) }
    try require(Dyadic(root, exponent: -p - e) <= self.bound, "the bound of a layer is not proved")
  }
}

/// rho.
private func largestRowSum(_ threshold: Int128, _ a: [Int64], _ n: Int, _ m: Int, _ l: [Int64]) -> Int128 {
  var sums = [Int128](repeating: 0, count: n)
  for i in 0..<n {
    for j in 0...i {
      var d = i == j ? threshold : 0
      for k in 0..<m { d &-= Int128(a[i * m + k]) &* Int128(a[j * m + k]) }
      for k in 0...j { d &-= Int128(l[i * (i + 1) / 2 + k]) &* Int128(l[j * (j + 1) / 2 + k]) }
      sums[i] += Int128(d.magnitude)
      if i != j { sums[j] += Int128(d.magnitude) }
    }
  }
  return sums.max() ?? 0
}

/// The least integer whose square is not below a value of at most 2^126.
private func leastRoot(_ value: UInt128) -> UInt128 {
  var (low, high): (UInt128, UInt128) = (0, 1 << 63)
  while low < high {
    let middle = (low + high) / 2
    if middle * middle >= value { high = middle } else { low = middle + 1 }
  }
  return high
}
