extension BallBox {
  /// The least value of a . d over the offsets d.
  ///
  /// Over a box it is the sum of the smaller ones of the products with its ends. With a ball of radius r, for any number
  /// m >= 0,
  ///
  ///     a . d >= a . d + m / 2 (|d|^2 - r^2) >= sum over k of min over d_k of (a_k d_k + m / 2 d_k^2) - m r^2 / 2,
  ///
  /// and a_k d_k + m / 2 d_k^2 is least at -a_k / m, clipped to the ends. If rounding misses that point, the value is off by
  /// the square of the miss only, times m / 2. All terms have one sign, so that their magnitudes have the same sum.
  /// A good m makes |d| = r: with F the offsets that are not clipped, m^2 = (sum over F of a^2) / (r^2 - sum of the
  /// others' d^2).
  func least(of form: PaddedVector) -> LeastValue {
    switch norm {
    case .maximum: return leastOverBox(form)
    case .euclidean: break
    }
    var multiplier = form.dot(form).squareRoot() / radius
    guard multiplier > 0, multiplier.isFinite else { return leastOverBox(form) }
    var offset = form
    var best = -Double.infinity
    for _ in 0..<12 {
      let step = clip(form, multiplier: multiplier, to: &offset)
      let bound = (step.total - multiplier / 2 * radius * radius) * (1 + rounding)
      if bound.isNaN { return LeastValue(bound: .nan, offset: offset) }
      best = bound > best ? bound : best
      let rest = radius * radius - step.clipped
      let next = rest > 0 ? (step.free / rest).squareRoot() : multiplier / 2
      // No offset is free, so a corner of the box lies in the ball.
      guard next > 0 else { return leastOverBox(form) }
      if (next - multiplier).magnitude <= 1e-9 * multiplier { break }
      multiplier = next
    }
    return LeastValue(bound: best, offset: offset)
  }

  private func leastOverBox(_ form: PaddedVector) -> LeastValue {
    var offset = form
    var sum = Lanes()
    for k in form.blocks.indices {
      let a = form.blocks[k]
      let d = lows.blocks[k].replacing(with: highs.blocks[k], where: a .< 0)
      offset.blocks[k] = d
      sum += a * d
    }
    return LeastValue(bound: sum.sum() * (1 + rounding), offset: offset)
  }

  /// Sets `offset` to -a / m, clipped.
  ///
  /// - Returns: the sum of a_k d_k + m / 2 d_k^2; of a_k^2 where it is not clipped; of d_k^2 where it is.
  private func clip(
    _ form: PaddedVector, multiplier: Double, to offset: inout PaddedVector
  ) -> (total: Double, free: Double, clipped: Double) {
    let half = Lanes(repeating: multiplier / 2)
    let inverse = Lanes(repeating: -1 / multiplier)
    var total = Lanes()
    var free = Lanes()
    var clipped = Lanes()
    form.blocks.withUnsafeBufferPointer { form in
      lows.blocks.withUnsafeBufferPointer { lows in
        highs.blocks.withUnsafeBufferPointer { highs in
          offset.blocks.withUnsafeMutableBufferPointer { offset in
            for k in 0..<form.count {
              let a = form[k]
              let target = a * inverse
              let d = pointwiseMax(lows[k], pointwiseMin(highs[k], target))
              offset[k] = d
              total += d * (a + half * d)
              let isFree = target .== d
              free += Lanes().replacing(with: a * a, where: isFree)
              clipped += (d * d).replacing(with: 0, where: isFree)
            }
          }
        }
      }
    }
    return (total.sum(), free.sum(), clipped.sum())
  }

  /// The offset of the box nearest to `target`.
  func clipped(_ target: PaddedVector) -> PaddedVector {
    var result = target
    for k in target.blocks.indices {
      result.blocks[k] = pointwiseMax(lows.blocks[k], pointwiseMin(highs.blocks[k], target.blocks[k]))
    }
    return result
  }
}
