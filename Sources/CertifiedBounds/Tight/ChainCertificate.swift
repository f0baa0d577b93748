/// A proof of bounds of a dense chain's pairs of outputs by quadratic forms (NUMERICS, theorem T5: LipSDP layer by
/// layer). Nothing is assumed of its numbers: bad ones prove nothing.
///
/// For two inputs of the chain let d_l be the difference of the two values after the l-th activation, d_0 that of the
/// inputs themselves. With P_0 = diag(``input``) and the matrices P_l of the steps,
///
///     d_l^T P_l d_l <= d_(l-1)^T P_(l-1) d_(l-1)     for each layer l.
///
/// *Slopes in [0, 1].* With z = W_l d_(l-1), each element of d_l is between 0 and that of z, so d_l^T Lambda (z - d_l)
/// >= 0 for every diagonal Lambda >= 0. If [[P_(l-1), -W^T Lambda / 2], [-Lambda W / 2, Lambda - P_l]] is positive
/// semidefinite, its form at (d_(l-1), d_l) says d_(l-1)^T P_(l-1) d_(l-1) - d_l^T P_l d_l >= d_l^T Lambda (z - d_l) >= 0.
///
/// *Sorted pairs.* Write z's pairs, and d_l's, as sums s_g = (a + b) / sqrt 2 and differences t_g = (b - a) / sqrt 2.
/// Sorting keeps each sum, and turns the difference t of a value into |t|. So the sums of d_l are those of z, and its
/// differences are not larger than those of z in magnitude. If d^T P_l d = (a form of the sums) + sum of lambda_g t_g^2
/// with all lambda_g >= 0, then d_l^T P_l d_l <= z^T P_l z = d_(l-1)^T W^T P_l W d_(l-1), and it remains that
/// P_(l-1) - W^T P_l W is positive semidefinite. The form is so if all four elements of P_l between two pairs are equal,
/// and the four of a pair with itself are p, q, q, p with p >= q.
///
/// *Pairs of outputs.* If [[P, v], [v^T, tau]] is positive semidefinite with the last P, then (v^T d)^2 <= tau d^T P d. So
/// |y_i - y_j| moves by at most the root of tau d_0^T P_0 d_0, where v is the difference of two rows of the last layer.
public struct ChainCertificate: Sendable {
  public struct Step: Sendable {
    /// Lambda, numbers with at most 29 bits; empty for sorted pairs.
    public let multipliers: [Double]
    /// P_l.
    let weights: SymmetricMatrix

    init(multipliers: [Double], weights: SymmetricMatrix) {
      self.multipliers = multipliers
      self.weights = weights
    }

    /// - Parameter elements: of P_l, row-major; only the lower triangle is read.
    /// - Requires: `elements.count == size * size`.
    public init(multipliers: [Double], size: Int, elements: [Double]) {
      precondition(elements.count == size * size, "one number for each row and column")
      self.init(multipliers: multipliers, weights: SymmetricMatrix(size: size, lower: elements))
    }

    public var size: Int { weights.size }
    /// Of P_l, row-major.
    public var elements: [Double] { weights.elements }
  }

  /// The diagonal of P_0: positive numbers.
  public let input: [Double]
  /// One for each layer but the last.
  public let steps: [Step]

  public init(input: [Double], steps: [Step]) {
    self.input = input
    self.steps = steps
  }

  /// The bounds, row-major, that are proved for inputs with d_0^T P_0 d_0 = 1; infinite where there is none.
  ///
  /// - Returns: `nil` if a layer's inequality is not proved, for example because a number is not finite.
  public func bounds(of chain: DenseChain) -> [UpperBound]? {
    guard input.count == chain.layers[0].weights.columns, steps.count == chain.layers.count,
      input.allSatisfy(\.isFinite), steps.allSatisfy({ $0.elements.allSatisfy(\.isFinite) })
    else { return nil }
    var previous: SymmetricMatrix?
    for (layer, step) in zip(chain.layers, steps) {
      guard step.weights.size == layer.weights.rows, isProved(step, layer, after: previous) else {
        return nil
      }
      previous = step.weights
    }
    return previous.flatMap { pairwise(chain.last, $0) }
  }

  private func isProved(_ step: Step, _ layer: DenseChain.Layer, after previous: SymmetricMatrix?) -> Bool {
    switch layer.activation {
    case .slopes: areSlopesProved(step, layer.weights, after: previous)
    case .pairs: hasSortedForm(step.weights) && arePairsProved(step.weights, layer.weights, after: previous)
    }
  }

  /// The elements of [[P_(l-1), -W^T Lambda / 2], [-Lambda W / 2, Lambda - P_l]] beside the diagonal are exact: a
  /// multiplier has at most 29 bits and a weight 24, and neither is so small that the product is subnormal.
  private func areSlopesProved(_ step: Step, _ weights: RealMatrix, after previous: SymmetricMatrix?) -> Bool
  {
    let (rows, columns) = (weights.rows, weights.columns)
    let range = 0x1p-300...0x1p300
    guard step.multipliers.count == rows,
      step.multipliers.allSatisfy({ range.contains($0) && $0 == $0.withBits29 })
    else { return false }
    let reserved = ReservedDiagonal(size: rows + columns)
    // The difference is rounded.
    let ends = (0..<rows).map { (step.multipliers[$0] - step.weights.diagonal($0)).nextDown }
    let starts = previous.map { matrix in (0..<columns).map { matrix.diagonal($0) } } ?? input
    guard let diagonal = reserved.rest(of: starts + ends) else { return false }
    let coupling = weights.elements.indices.map { index in
      -0.5 * step.multipliers[index / columns] * weights.elements[index]
    }
    var corner = step.weights.elements.map { -$0 }
    for row in 0..<rows { corner[row * rows + row] = diagonal[columns + row] }
    if let previous {
      var block = previous.elements
      for column in 0..<columns { block[column * columns + column] = diagonal[column] }
      return hasCholeskyFactor(block, size: columns, coupling, corner, size: rows)
    }
    return hasCholeskyFactor(
      leadingDiagonal: Array(diagonal[..<columns]), coupling, corner, size: rows)
  }

  /// P_(l-1) - W^T P_l W is computed as P_(l-1) - (W^T P_l) W, with errors of at most g(2 n + 2) |W|^T |P_l| |W| in the
  /// products (n sums of n products, twice, and what underflows) and u in the difference. By Gershgorin's theorem no
  /// symmetric matrix is below minus the diagonal of its rows' sums of magnitudes.
  private func arePairsProved(
    _ form: SymmetricMatrix, _ weights: RealMatrix, after previous: SymmetricMatrix?
  ) -> Bool {
    let (rows, columns) = (weights.rows, weights.columns)
    let transposed = weights.transposed
    let left = products(transposed.elements, columns, form.elements, rows, length: rows)
    let product = products(left, columns, transposed.elements, columns, length: rows)
    var difference = previous?.elements ?? [Double](repeating: 0, count: columns * columns)
    if previous == nil {
      for (index, element) in input.enumerated() { difference[index * (columns + 1)] = element }
    }
    for index in difference.indices { difference[index] -= product[index] }
    difference = SymmetricMatrix(size: columns, lower: difference).elements
    // Products of finite numbers may overflow.
    guard difference.allSatisfy(\.isFinite) else { return false }
    let sums = magnitudeSums(form, weights)
    let errors = (0..<columns).map { row in
      let sum = difference[row * columns..<(row + 1) * columns].reduce(UpperBound.zero) {
        $0 + UpperBound($1.magnitude)
      }
      return RoundingError.gamma(2 * rows + 2) * sums[row] + RoundingError.unit * sum
    }
    let diagonal = (0..<columns).map { difference[$0 * columns + $0] }
    guard let rest = ReservedDiagonal(size: columns).rest(of: diagonal, errors: errors) else { return false }
    for index in 0..<columns { difference[index * columns + index] = rest[index] }
    return choleskyFactor(of: difference, size: columns) != nil
  }

  /// The sums of the rows of |W|^T |P| |W|, and some more for what underflows.
  private func magnitudeSums(_ form: SymmetricMatrix, _ weights: RealMatrix) -> [UpperBound] {
    let (rows, columns) = (weights.rows, weights.columns)
    let inner = (0..<rows).map { row in
      weights.elements[row * columns..<(row + 1) * columns].reduce(UpperBound.zero) {
        $0 + UpperBound($1.magnitude)
      }
    }
    let middle = (0..<rows).map { row in
      (0..<rows).reduce(UpperBound.zero) {
        $0 + UpperBound(form.elements[row * rows + $1].magnitude) * inner[$1]
      }
    }
    return (0..<columns).map { column in
      (0..<rows).reduce(UpperBound(0x1p-700)) {
        $0 + UpperBound(weights.elements[$1 * columns + column].magnitude) * middle[$1]
      }
    }
  }

  private func hasSortedForm(_ form: SymmetricMatrix) -> Bool {
    func element(_ row: Int, _ column: Int) -> Double { form.elements[row * form.size + column] }
    for g in stride(from: 0, to: form.size, by: 2) {
      guard form.size % 2 == 0, element(g, g) == element(g + 1, g + 1), element(g, g) >= element(g, g + 1)
      else { return false }
      for h in stride(from: 0, to: g, by: 2) {
        let value = element(g, h)
        guard value == element(g, h + 1), value == element(g + 1, h), value == element(g + 1, h + 1) else {
          return false
        }
      }
    }
    return true
  }

  /// The roots of tau for all pairs. P has one factor for all; what an element of v is rounded by, at most u |v_k|,
  /// moves the form by at most sum u p_kk x_k^2 + (sum u v_k^2 / p_kk) x^2.
  private func pairwise(_ last: RealMatrix, _ form: SymmetricMatrix) -> [UpperBound]? {
    let (count, size) = (last.rows, form.size)
    guard last.columns == size else { return nil }
    let reserved = ReservedDiagonal(size: size + 1)
    let diagonal = (0..<size).map { form.diagonal($0) }
    let errors = diagonal.map { RoundingError.unit * UpperBound(max(0, $0)) }
    guard let rest = reserved.rest(of: diagonal, errors: errors) else { return nil }
    var matrix = form.elements
    for index in 0..<size { matrix[index * size + index] = rest[index] }
    guard let factor = choleskyFactor(of: matrix, size: size) else { return nil }
    var result = [UpperBound](repeating: .zero, count: count * count)
    for i in 0..<count {
      for j in 0..<i {
        let border = (0..<size).map { last.elements[i * size + $0] - last.elements[j * size + $0] }
        if border.allSatisfy({ $0 == 0 }) { continue }
        let bound = leastCorner(factor, border, diagonal, reserved).map { $0.squareRoot() } ?? .infinity
        result[i * count + j] = bound
        result[j * count + i] = bound
      }
    }
    return result
  }

  /// A tau for which the factorisation of P, which is `factor`, goes on to the last row.
  private func leastCorner(
    _ factor: [Double], _ border: [Double], _ diagonal: [Double], _ reserved: ReservedDiagonal
  ) -> UpperBound? {
    let size = border.count
    var row = border
    let squares = factor.withUnsafeBufferPointer { factor in
      row.withUnsafeMutableBufferPointer { row -> Double in
        guard let l = factor.baseAddress, let y = row.baseAddress else { return .infinity }
        for k in 0..<size {
          let rest = y[k] - innerProduct(l + k * size, y, k)
          y[k] = rest / l[k * size + k]
        }
        return innerProduct(y, y, size)
      }
    }
    // The pivot is what the factorisation computes, and has to be positive.
    let corner = squares * (1 + 0x1p-50)
    guard corner - squares > 0 else { return nil }
    var error = UpperBound.zero
    for (element, weight) in zip(border, diagonal) {
      error = error + UpperBound(element.magnitude) * UpperBound(element.magnitude) * .quotient(1, weight)
    }
    return reserved.whole(of: corner, error: RoundingError.unit * error)
  }
}

/// Whether the factorisation of [[A, C^T], [C, B]] completes, of which only lower triangles are read.
private func hasCholeskyFactor(
  _ a: [Double], size first: Int, _ coupling: [Double], _ b: [Double], size second: Int
) -> Bool {
  let size = first + second
  var matrix = [Double](repeating: 0, count: size * size)
  for row in 0..<first {
    matrix.replaceSubrange(row * size..<row * size + first, with: a[row * first..<(row + 1) * first])
  }
  for row in 0..<second {
    let start = (first + row) * size
    matrix.replaceSubrange(start..<start + first, with: coupling[row * first..<(row + 1) * first])
    matrix.replaceSubrange(start + first..<start + size, with: b[row * second..<(row + 1) * second])
  }
  return choleskyFactor(of: matrix, size: size) != nil
}

/// The same for a diagonal A of positive numbers, whose rows have nothing beside the diagonal.
private func hasCholeskyFactor(
  leadingDiagonal a: [Double], _ coupling: [Double], _ b: [Double], size: Int
) -> Bool {
  let roots = a.map { $0.squareRoot() }
  let rows = coupling.indices.map { coupling[$0] / roots[$0 % a.count] }
  let squares = products(rows, size, rows, size, length: a.count)
  let rest = b.indices.map { b[$0] - squares[$0] }
  // What is divided by small roots may overflow.
  return rest.allSatisfy(\.isFinite) && choleskyFactor(of: rest, size: size) != nil
}

extension Double {
  /// The number that the first 29 bits of the significand are.
  var withBits29: Double { Double(bitPattern: bitPattern & ~0xFF_FFFF) }
}
