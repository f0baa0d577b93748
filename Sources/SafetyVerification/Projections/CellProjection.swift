/// The projection of a ball's centre onto what a cell's forms leave of the box, as far as it is known to matter: the forms
/// f_0, f_1, ... are not positive at any input that is looked for.
///
/// For numbers s_i >= 0 let D(s) be the least value over the box of |d|^2 / 2 + sum of s_i f_i(d), attained at the box's point
/// nearest to -(sum of s_i a_i), with the forms' coefficients a_i. D is concave, with the gradient f_i(d), and its
/// maximum is half the square of the distance that is looked for; it has none if no offset of the box will do. The
/// search (Newton's method on the s_i that may grow or are not zero) is not trusted: what counts is that the sum of
/// s_i f_i is proved positive over ball and box.
struct CellProjection {
  /// Whether it is proved that no offset of ball and box makes all forms at most 0.
  private(set) var isEmpty = false
  /// Near the projection, if there is one.
  private(set) var offset: PaddedVector
  /// About half its square.
  private(set) var halfSquare = 0.0

  private let box: BallBox
  private let forms: [AffineForm]
  /// 1 / |a_i|, so that the search is among forms of the same slope.
  private let scales: [Double]

  init(of bounds: BallBounds, onto forms: [AffineForm]) {
    box = bounds.box
    self.forms = forms
    offset = PaddedVector(count: bounds.box.lows.blocks.count * 4)
    scales = forms.map {
      let norm = $0.coefficients.dot($0.coefficients).squareRoot()
      return norm > 0 && norm.isFinite ? 1 / norm : 1
    }
    if forms.contains(where: { bounds.least(of: $0).bound > smallestProof }) {
      isEmpty = true
    } else {
      search(bounds)
    }
  }

  private mutating func search(_ bounds: BallBounds) {
    var state = State(multipliers: forms.indices.map { max(0, forms[$0].constant * scales[$0]) }, of: self)
    let enough = box.reach * box.reach / 2
    for _ in 0..<200 {
      offset = state.offset
      halfSquare = state.value
      if box.norm == .maximum || state.value > enough, provesEmpty(state.multipliers, bounds) {
        isEmpty = true
        return
      }
      guard let next = state.improved(self) else { return }
      state = next
    }
  }

  /// Whether the sum of the forms with these multiples is positive over the ball.
  private func provesEmpty(_ multipliers: [Double], _ bounds: BallBounds) -> Bool {
    var coefficients = PaddedVector(count: offset.blocks.count * 4)
    var constant = 0.0
    var magnitude = 0.0
    for (form, factor) in zip(forms, zip(multipliers, scales).map { $0 * $1 }) where factor > 0 {
      coefficients.add(form.coefficients, times: factor)
      constant += factor * form.constant
      magnitude += factor * form.constant.magnitude
      magnitude += factor * form.coefficients.dot(form.coefficients).squareRoot() * box.reach
    }
    let slack = magnitude * bounds.chain.rounding
    return bounds.least(of: AffineForm(coefficients: coefficients, constant: constant - slack, errors: 0))
      .bound
      > smallestProof
  }

  private struct State {
    let multipliers: [Double]
    let offset: PaddedVector
    let gradient: [Double]
    let value: Double

    init(multipliers: [Double], of projection: CellProjection) {
      var target = PaddedVector(count: projection.offset.blocks.count * 4)
      for (index, factor) in multipliers.enumerated() where factor > 0 {
        target.add(projection.forms[index].coefficients, times: -factor * projection.scales[index])
      }
      let offset = projection.box.clipped(target)
      let gradient = projection.forms.indices.map {
        (projection.forms[$0].coefficients.dot(offset) + projection.forms[$0].constant)
          * projection.scales[$0]
      }
      self.multipliers = multipliers
      self.offset = offset
      self.gradient = gradient
      value = offset.dot(offset) / 2 + zip(multipliers, gradient).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The next state, of a larger value; `nil` if there is none to be found.
    ///
    /// Newton's step for the multipliers that are not zero and for the one that most wants to grow. If that one would
    /// shrink, the others have a step of their own. (All that want to grow at once may stand still: the step of
    /// one is then the others' loss.)
    func improved(_ projection: CellProjection) -> State? {
      let tolerance = 1e-13 * (1 + projection.box.reach)
      let positive = multipliers.indices.filter { multipliers[$0] > 0 }
      let violated = multipliers.indices.filter { multipliers[$0] == 0 && gradient[$0] > tolerance }
        .max { gradient[$0] < gradient[$1] }
      guard violated != nil || positive.contains(where: { gradient[$0].magnitude > tolerance }) else {
        return nil
      }
      var active = positive + (violated.map { [$0] } ?? [])
      var step = newtonStep(active, projection)
      if let last = step.last, violated != nil, last <= 0 {
        active = positive
        step = newtonStep(active, projection)
      }
      if let state = moved(active, step, projection) { return state }
      // As far as the first multiplier that becomes zero.
      var length = 1.0
      for (position, index) in active.enumerated() where multipliers[index] + step[position] < 0 {
        length = min(length, -multipliers[index] / step[position])
      }
      for _ in 0..<60 {
        if let state = moved(active, step.map { $0 * length }, projection) { return state }
        length /= 2
      }
      return nil
    }

    /// After a step, if the value grows as it should, or if it stays and a multiplier becomes zero.
    private func moved(_ active: [Int], _ step: [Double], _ projection: CellProjection) -> State? {
      var next = multipliers
      for (position, index) in active.enumerated() {
        let sum = next[index] + step[position]
        next[index] = sum > 1e-14 * next[index] ? sum : 0
      }
      let expected = active.reduce(0) { $0 + gradient[$1] * (next[$1] - multipliers[$1]) }
      let state = State(multipliers: next, of: projection)
      let isDropped = active.contains { next[$0] == 0 && multipliers[$0] > 0 }
      let isLarger = expected > 0 && state.value > value + 1e-4 * expected
      return isLarger || isDropped && state.value >= value - 1e-13 * (1 + value.magnitude) ? state : nil
    }

    /// The step for the forms `active`: the curvature is that of the offsets that are not clipped.
    private func newtonStep(_ active: [Int], _ projection: CellProjection) -> [Double] {
      let isFree = offset.blocks.indices.map { block -> SIMDMask<SIMD4<Int64>> in
        let d = offset.blocks[block]
        return (d .> projection.box.lows.blocks[block]) .& (d .< projection.box.highs.blocks[block])
      }
      let free = active.map { index -> PaddedVector in
        var row = projection.forms[index].coefficients
        for block in row.blocks.indices {
          row.blocks[block] =
            Lanes().replacing(with: row.blocks[block] * projection.scales[index], where: isFree[block])
        }
        return row
      }
      var matrix = free.map { row in free.map { row.dot($0) } }
      for i in matrix.indices { matrix[i][i] += 1e-9 }
      return solve(&matrix, active.map { gradient[$0] })
    }
  }
}

/// What a proof that a number is positive has to reach: more than all products that underflow take away together.
let smallestProof = 0x1p-800

/// The solution of a positive definite system, by Cholesky's factorisation in place.
private func solve(_ matrix: inout [[Double]], _ right: [Double]) -> [Double] {
  let count = right.count
  var result = right
  for i in 0..<count {
    for j in 0...i {
      var sum = matrix[i][j]
      for k in 0..<j { sum -= matrix[i][k] * matrix[j][k] }
      matrix[i][j] = i == j ? max(sum, 1e-12).squareRoot() : sum / matrix[j][j]
    }
    for k in 0..<i { result[i] -= matrix[i][k] * result[k] }
    result[i] /= matrix[i][i]
  }
  for i in (0..<count).reversed() {
    for k in i + 1..<count { result[i] -= matrix[k][i] * result[k] }
    result[i] /= matrix[i][i]
  }
  return result
}
