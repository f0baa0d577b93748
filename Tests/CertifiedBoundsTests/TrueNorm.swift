import ExactArithmetic

/// What is known of a matrix's spectral norm without any code of `CertifiedBounds`: rationals and the textbook.
struct TrueNorm {
  let rows: Int
  let columns: Int
  let elements: [Rational]
  private let approximate: [Double]

  init(rows: Int, columns: Int, elements: [Rational]) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
    // Doubles near 1 in magnitude, for the search of a vector.
    let largest = elements.reduce(.zero) { max($0, $1.magnitude) }
    approximate = elements.map { largest.signum == 0 ? 0 : ($0 / largest).nearestDouble ?? 0 }
  }

  init(_ matrix: GeneratedMatrix) {
    self.init(rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { Rational($0) })
  }

  /// ||W x||^2 / ||x||^2 for an x near the first singular vector: not above the squared norm, and short of it by about
  /// the square of x's error.
  func squaredLowerBound() -> Rational {
    let vector = columns <= 100 ? jacobiVector() : powerVector()
    // Integers of 50 bits, so that products stay short.
    let largest = vector.reduce(0) { max($0, $1.magnitude) }
    let x = vector.map { Rational(Int(($0 / largest * 0x1p50).rounded())) }
    var numerator = Rational.zero
    for row in 0..<rows {
      var sum = Rational.zero
      for column in 0..<columns where elements[row * columns + column].signum != 0 {
        sum = sum + elements[row * columns + column] * x[column]
      }
      numerator = numerator + sum * sum
    }
    return numerator / x.reduce(.zero) { $0 + $1 * $1 }
  }

  /// Whether `bound` is not below the norm, by elimination on bound^2 I - W^T W in fixed point with 240 bits (72
  /// digits): all pivots positive.
  func isAtMost(_ bound: Double) -> Bool {
    let squared = Rational(bound) * Rational(bound)
    let unit = Rational(powerOfTwo: 240)
    let (n, m) = (min(rows, columns), max(rows, columns))
    func element(_ i: Int, _ k: Int) -> Rational {
      columns <= rows ? elements[k * columns + i] : elements[i * columns + k]
    }
    var s = [[Rational]](repeating: [], count: n)
    for i in 0..<n {
      for j in 0...i {
        var sum = Rational.zero
        for k in 0..<m { sum = sum + element(i, k) * element(j, k) }
        let exact = ((i == j ? squared : .zero) - sum) / squared
        s[i].append((exact * unit).floor)
      }
    }
    for k in 0..<n {
      let pivot = s[k][k]
      if pivot.signum <= 0 { return false }
      for i in k + 1..<max(n, k + 1) where s[i][k].signum != 0 {
        let quotient = (s[i][k] * unit / pivot).floor
        for j in k + 1...i { s[i][j] = s[i][j] - (quotient * s[j][k] / unit).floor }
      }
    }
    return true
  }

  /// The last eigenvector of W^T W by Jacobi's rotations, all cyclically, ten times.
  private func jacobiVector() -> [Double] {
    let n = columns
    var a = gram()
    var v = [Double](repeating: 0, count: n * n)
    for i in 0..<n { v[i * n + i] = 1 }
    for _ in 0..<10 {
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 {
          let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
          let sign: Double = theta < 0 ? -1 : 1
          let t = sign / (theta.magnitude + (theta * theta + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          let s = t * c
          for k in 0..<n {
            let (x, y) = (a[k * n + p], a[k * n + q])
            a[k * n + p] = c * x - s * y
            a[k * n + q] = s * x + c * y
          }
          for k in 0..<n {
            let (x, y) = (a[p * n + k], a[q * n + k])
            a[p * n + k] = c * x - s * y
            a[q * n + k] = s * x + c * y
            let (z, w) = (v[k * n + p], v[k * n + q])
            v[k * n + p] = c * z - s * w
            v[k * n + q] = s * z + c * w
          }
        }
      }
    }
    let best = (0..<n).max { a[$0 * n + $0] < a[$1 * n + $1] } ?? 0
    return (0..<n).map { v[$0 * n + best] }
  }

  /// A column of (W^T W)^(2^30), by squaring: nothing but singular values within 1e-9 of the first is left.
  private func powerVector() -> [Double] {
    let n = columns
    var a = gram()
    for _ in 0..<30 {
      let trace = (0..<n).reduce(0) { $0 + a[$1 * n + $1] }
      let old = a.map { $0 / trace }
      var new = [Double](repeating: 0, count: n * n)
      old.withUnsafeBufferPointer { old in
        new.withUnsafeMutableBufferPointer { new in
          for i in 0..<n {
            for k in 0..<n {
              let x = old[i * n + k]
              for j in 0..<n { new[i * n + j] += x * old[k * n + j] }
            }
          }
        }
      }
      a = new
    }
    let best = (0..<n).max { a[$0 * n + $0] < a[$1 * n + $1] } ?? 0
    return (0..<n).map { a[$0 * n + best] }
  }

  private func gram() -> [Double] {
    var a = [Double](repeating: 0, count: columns * columns)
    for row in 0..<rows {
      for i in 0..<columns {
        let x = approximate[row * columns + i]
        if x == 0 { continue }
        for j in 0..<columns { a[i * columns + j] += x * approximate[row * columns + j] }
      }
    }
    return a
  }
}
