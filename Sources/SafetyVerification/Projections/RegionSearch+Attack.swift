// Everything here is a guess: an input counts only once it is replayed.
extension RegionSearch {
  /// Looks for an input at which a rival catches up, from the centre on, each time towards where the region at hand would
  /// have it (Frank and Wolfe's method).
  func attack(_ rival: Int) -> NearbyInput? {
    var offset = PaddedVector(count: bounds.box.lows.blocks.count * 4)
    for round in 0..<16 {
      let slope = bounds.slope(of: margin(over: rival), at: offset)
      let target = bounds.box.least(of: slope.coefficients).offset
      let share = 2 / Double(round + 2)
      for k in offset.blocks.indices {
        offset.blocks[k] += share * (target.blocks[k] - offset.blocks[k])
      }
      if let input = tried(offset, rival) { return input }
    }
    return nil
  }

  /// The offset itself, if the rival has caught up there; if it nearly has, what is a little farther along the slope.
  func tried(_ offset: PaddedVector, _ rival: Int) -> NearbyInput? {
    let margin = margin(over: rival)
    let errors = margin.magnitudesDot(bounds.errors[bounds.errors.count - 1])
    var offset = offset
    for _ in 0..<4 {
      let slope = bounds.slope(of: margin, at: offset)
      if slope.value < 0, let input = replay(offset) { return input }
      let square = slope.coefficients.dot(slope.coefficients)
      // The length of the step to the boundary has to be small against the ball.
      guard square > 0, slope.value < 0.05 * square.squareRoot() * bounds.box.reach else { return nil }
      offset.add(slope.coefficients, times: -(max(slope.value, 0) * 1.001 + 16 * errors) / square)
      offset = bounds.box.drawnIn(offset)
    }
    return nil
  }
}

extension BallBounds {
  /// The score difference `start . scores` at an offset, over the reals as far as binary64 goes, and its slope there.
  fileprivate func slope(of start: PaddedVector, at offset: PaddedVector) -> (
    coefficients: PaddedVector, value: Double
  ) {
    var sums = [chain.layers[0].weights.times(offset)]
    sums[0].add(center, times: 1)
    for layer in chain.layers.dropFirst() {
      var values = sums[sums.count - 1]
      for k in values.blocks.indices { values.blocks[k] = pointwiseMax(Lanes(), values.blocks[k]) }
      var next = layer.weights.times(values)
      next.add(layer.bias, times: 1)
      sums.append(next)
    }
    var current = start
    for index in chain.hiddenLayers.reversed() {
      current = chain.layers[index + 1].weights.combination(of: current)
      for k in current.blocks.indices {
        current.blocks[k].replace(with: 0, where: sums[index].blocks[k] .<= 0)
      }
    }
    return (chain.layers[0].weights.combination(of: current), start.dot(sums[sums.count - 1]))
  }
}

extension BallBox {
  /// An offset of the box and the ball near `target`.
  fileprivate func drawnIn(_ target: PaddedVector) -> PaddedVector {
    var offset = clipped(target)
    let length = offset.dot(offset).squareRoot()
    guard norm == .euclidean, length > radius else { return offset }
    let factor = Lanes(repeating: radius / length * (1 - 0x1p-50))
    for k in offset.blocks.indices { offset.blocks[k] *= factor }
    return offset
  }
}
