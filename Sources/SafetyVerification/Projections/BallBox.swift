/// The offsets from a centre that are asked about: those of a ball, cut with a box that holds the centre.
struct BallBox: Sendable {
  enum Norm: Sendable { case euclidean, maximum }

  let norm: Norm
  /// Of the ball, rounded up; with ``Norm/maximum`` the box says it all.
  let radius: Double
  /// Of each offset, outwards: `lows <= 0 <= highs`, and no magnitude is above the radius.
  let lows: PaddedVector
  let highs: PaddedVector
  /// Not below the Euclidean norm of any offset.
  let reach: Double
  /// Not below eight times what a sum of as many products as there are offsets is off by, as a part of the products'
  /// magnitudes.
  let rounding: Double

  /// - Requires: `lows <= 0 <= highs`, as many of the one as of the other; the radius is not negative.
  init(norm: Norm, radius: Double, lows: [Double], highs: [Double]) {
    self.norm = norm
    self.radius = radius
    let ends = zip(lows, highs).map { (max($0, -radius), min($1, radius)) }
    self.lows = PaddedVector(ends.map(\.0))
    self.highs = PaddedVector(ends.map(\.1))
    rounding = Double(lows.count + 64) * 0x1p-50
    let corner = ends.reduce(0) { $0 + max($1.0 * $1.0, $1.1 * $1.1) }.squareRoot() * (1 + rounding)
    reach = norm == .euclidean ? min(radius, corner) : corner
  }
}

/// The least value of a linear function over the offsets of a ``BallBox``.
struct LeastValue {
  /// Not above it; NaN where numbers overflow.
  let bound: Double
  /// An offset of the box, and but for rounding of the ball, with about that value.
  let offset: PaddedVector
}
