/// An affine function of the offsets of a ball: coefficients . d + constant.
struct AffineForm: Sendable {
  let coefficients: PaddedVector
  let constant: Double
  /// How much of the constant is for errors, about: where no bound loses anything, the quantity is at most twice that
  /// above the form.
  let errors: Double

  func raised(by amount: Double) -> AffineForm {
    AffineForm(coefficients: coefficients, constant: constant + amount, errors: errors)
  }
}

extension BallBounds {
  /// A function of the offset that is not above `start . z` at any input of the cell, where z are the sums of a layer as
  /// the program computes them.
  ///
  /// From the layer back to the first, with the coefficients c that the form has so far:
  ///
  /// - Sums: c . z = (c W) . v + c . b + c . e, and c . e >= -|c| . |e|. The errors include what rounds in c W and c . b.
  /// - A neuron with coefficient m: if its sign is known, v = z or v = 0. If not, low <= z <= high and
  ///   for m > 0 both v >= z and v >= 0; the one that loses less is taken. For m < 0, m relu is concave, so m v >= s z - t
  ///   for whatever s, if t is not below what that asks for at both ends: s low and (s - m) high. The chord
  ///   has s = m high / (high - low).
  ///
  /// No coefficient of a z has an error, as any number will do there; constants have that of their sum. Products that
  /// underflow lose less than 2^-1070 each, and times |v| < 2^129 where they are coefficients; 2^-800 is for all of them.
  ///
  /// - Parameter losses: called with what the choice for an undecided neuron may cost.
  func form(
    of start: PaddedVector, layer: Int, in cell: Cell, losses: (Cell.Neuron, Double) -> Void = { _, _ in }
  ) -> AffineForm {
    var current = start
    var constant = 0.0
    var magnitude = 0.0
    var errorSum = 0.0
    for index in stride(from: layer, to: 0, by: -1) {
      let map = chain.layers[index]
      let error = current.magnitudesDot(errors[index])
      constant += current.dot(map.bias) - error
      errorSum += error
      magnitude += current.magnitudesDot(map.biasMagnitudes) + error
      current = map.weights.combination(of: current)
      for k in 0..<map.weights.columnCount {
        let m = current[k]
        if m == 0 { continue }
        let (low, high) = (cell.lows[index - 1][k], cell.highs[index - 1][k])
        if low >= 0 { continue }
        if high <= 0 {
          current[k] = 0
        } else if m > 0 {
          if high < -low { current[k] = 0 }
          losses(Cell.Neuron(layer: index - 1, index: k), m * min(high, -low))
        } else {
          let slope = m * (high / (high - low))
          let loss = max(slope * low, (slope - m) * high)
          constant -= loss
          magnitude += loss
          current[k] = slope
          losses(Cell.Neuron(layer: index - 1, index: k), loss)
        }
      }
    }
    let error = current.magnitudesDot(errors[0])
    constant += current.dot(center) - error
    magnitude += current.magnitudesDot(magnitudesOfCenter) + error
    return AffineForm(
      coefficients: chain.layers[0].weights.combination(of: current),
      constant: constant - chain.rounding * magnitude - smallestProof, errors: errorSum + error)
  }

  /// The least value of a form over the ball.
  func least(of form: AffineForm) -> LeastValue {
    let least = box.least(of: form.coefficients)
    let bound = least.bound + form.constant
    let slack = box.rounding * (least.bound.magnitude + form.constant.magnitude)
    return LeastValue(bound: bound - slack, offset: least.offset)
  }
}
