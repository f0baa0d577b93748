/// What the sums of a chain can be for the inputs of a ball, as a program computes them in floats.
///
/// The program's input is v_0 = p + S d + e_0, where d is an offset of the ball, and it computes
///
///     z_1 = W_1 v_0 + b_1 + e_1,   v_l = relu(z_l),   z_(l+1) = W_(l+1) v_l + b_(l+1) + e_(l+1),
///
/// where e_l, l >= 1, is what the layer's sums round, and relu is exact. With A the first weights, scaled by S, and
/// c = W_1 p + b_1, the first sums are z_1 = A d + c + (W_1 e_0 + e_1). So each layer is a real affine map with an error of
/// its own, and whatever holds for all errors within their bounds holds for the program, and for the real network too,
/// whose errors are zero. Nothing is charged for an error's way through later layers: it is part of z_l, on which
/// bounds and signs are.
///
/// INVARIANT: all bounds are finite, and no number that the program computes on the way overflows.
struct BallBounds: Sendable {
  let chain: ReluChain
  let box: BallBox
  /// c, as it is computed.
  let center: PaddedVector
  let magnitudesOfCenter: PaddedVector
  /// By layer and neuron, not below |e_l| (and |W_1 e_0 + e_1| in the first), and what binary64 loses where a sum of
  /// multiples of z_l is written as one of v_(l-1): a part of sum |w_k| max |v_k| + |b|.
  private(set) var errors: [PaddedVector] = []
  /// The cell of all regions that the ball may touch.
  private(set) var root: Cell

  /// The centre as the first layer takes it.
  struct Center: Sendable {
    /// p, divided by S, near enough: what it is off by is in `errors`.
    let values: PaddedVector
    /// Not below |W_1 e_0| for each row; zeros if nothing rounds before the first layer.
    let errors: PaddedVector
  }

  /// - Parameter isLate: whether time is up.
  /// - Throws: if it is, or if a number may overflow.
  init(
    of chain: ReluChain, at point: Center, _ box: BallBox, isLate: () -> Bool
  ) throws(UnknownReason) {
    self.chain = chain
    self.box = box
    let first = chain.layers[0]
    var center = first.weights.times(point.values)
    center.add(first.bias, times: 1)
    self.center = center
    magnitudesOfCenter = center.magnitude
    let none = PaddedVector(count: first.width)
    root = Cell(lows: [none], highs: [none])
    let terms = first.magnitudes.times(point.values.magnitude)
    var errors = none
    for i in 0..<first.width {
      let spread = chain.rowNorms[i] * box.reach + point.errors[i]
      let magnitude = terms[i] + first.biasMagnitudes[i] + spread
      guard let error = chain.error(of: first, magnitude: magnitude, result: center[i].magnitude + spread)
      else { throw .overflow }
      errors[i] = error + point.errors[i] * (1 + chain.rounding)
      let slack = errors[i] + spread + chain.rounding * magnitude
      root.lows[0][i] = center[i] - slack
      root.highs[0][i] = center[i] + slack
    }
    self.errors.append(errors)
    tighten(&root, layer: 0)
    for layer in 1..<chain.layers.count {
      if isLate() { throw .time }
      guard append(layer) else { throw .overflow }
      if layer < chain.layers.count - 1 { tighten(&root, layer: layer) }
    }
  }

  /// Appends a layer's errors and the intervals of its sums.
  ///
  /// - Returns: whether nothing overflows.
  private mutating func append(_ index: Int) -> Bool {
    let layer = chain.layers[index]
    var middle = PaddedVector(count: layer.weights.columnCount)
    var spread = middle
    var top = middle
    for k in 0..<layer.weights.columnCount {
      let high = max(0, root.highs[index - 1][k])
      let low = max(0, root.lows[index - 1][k])
      middle[k] = (high + low) / 2
      spread[k] = (high - low) / 2
      top[k] = high
    }
    let middles = layer.weights.times(middle)
    let spreads = layer.magnitudes.times(spread)
    let tops = layer.magnitudes.times(top)
    var lows = PaddedVector(count: layer.width)
    var highs = lows
    var errors = lows
    for i in 0..<layer.width {
      let magnitude = tops[i] + layer.biasMagnitudes[i]
      let value = middles[i] + layer.bias[i]
      guard let error = chain.error(of: layer, magnitude: magnitude, result: value.magnitude + spreads[i])
      else { return false }
      errors[i] = error
      let slack = error + spreads[i] + chain.rounding * magnitude
      lows[i] = value - slack
      highs[i] = value + slack
    }
    self.errors.append(errors)
    root.lows.append(lows)
    root.highs.append(highs)
    return true
  }

  /// Tightens the bounds of a layer's neurons whose sign the cell leaves open.
  ///
  /// - Returns: whether the cell may have an input.
  @discardableResult
  func tighten(_ cell: inout Cell, layer: Int) -> Bool {
    let width = chain.layers[layer].width
    for neuron in cell.undecided(inLayer: layer, width: width) {
      let k = neuron.index
      let low = least(of: form(of: PaddedVector(count: width, element: k, 1), layer: layer, in: cell)).bound
      if low > cell.lows[layer][k] { cell.lows[layer][k] = low }
      if low >= 0 { continue }
      let high = -least(of: form(of: PaddedVector(count: width, element: k, -1), layer: layer, in: cell))
        .bound
      if high < cell.highs[layer][k] { cell.highs[layer][k] = high }
      if cell.lows[layer][k] > cell.highs[layer][k] { return false }
    }
    return true
  }
}

extension ReluChain {
  /// A layer's error in ``BallBounds``, for sums whose terms' magnitudes and whose results are at most these but for
  /// rounding; `nil` if a number of the program may overflow.
  fileprivate func error(of layer: Layer, magnitude: Double, result: Double) -> Double? {
    let slack = 1 + 8 * rounding
    guard 2 * magnitude * slack <= Double(Float.greatestFiniteMagnitude) else { return nil }
    let sums = layer.rounding
    let error = sums.relative * magnitude + sums.ofResult * result + sums.absolute + rounding * magnitude
    return error * slack + sums.ofResult * rounding * magnitude
  }
}
