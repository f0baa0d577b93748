import ExactArithmetic

/// cos(2 pi k / order) and sin(2 pi k / order) for k from 0 to order - 1, each within 2^-53 of the truth.
///
/// An angle of at most pi / 4 is evaluated by Taylor's series in fixed point with 128 bits: 20 terms of the powers of a
/// number below 1 leave a remainder below 1 / 40! < 2^-150, every one of some hundred roundings is off by at most
/// 2^-128, and pi is within 10^-48; together far below 2^-100. The result is rounded to the nearest binary64 number,
/// which for magnitudes up to 1 is off by at most 2^-54. The other angles are reflections of those, exactly, as k and
/// order are integers.
struct RootsOfUnity {
  static let error = UpperBound(0x1p-53)

  let order: Int
  let cosines: [Double]
  let sines: [Double]

  /// - Requires: `order >= 1`.
  init(order: Int) {
    var (cosines, sines) = ([Double](repeating: 0, count: order), [Double](repeating: 0, count: order))
    // 8 k / order tells the octant; only those up to pi / 4 are computed.
    var first: [(cosine: Double, sine: Double)] = []
    for k in 0...order / 8 { first.append(Self.series(k, order)) }
    for k in 0..<order {
      // Reflect at pi, at pi / 2, at pi / 4; angles as fractions of `4 order` a turn, so that all are integers.
      let turn = order * 4
      var angle = k * 4
      var (cosineSign, sineSign) = (1.0, 1.0)
      if angle * 2 > turn {
        angle = turn - angle
        sineSign = -1
      }
      if angle * 4 > turn {
        angle = turn / 2 - angle
        cosineSign = -1
      }
      let isSwapped = angle * 8 > turn
      if isSwapped { angle = turn / 4 - angle }
      let value = angle % 4 == 0 ? first[angle / 4] : Self.series(angle, turn)
      cosines[k] = cosineSign * (isSwapped ? value.sine : value.cosine)
      sines[k] = sineSign * (isSwapped ? value.cosine : value.sine)
    }
    self.order = order
    self.cosines = cosines
    self.sines = sines
  }

  private static let unit = Rational(powerOfTwo: 128)
  /// 2 pi in fixed point.
  private static let turn = Rational(decimal: "6.28318530717958647692528676655900576839433879875020").map {
    ($0 * unit).floor
  }

  /// cos and sin of 2 pi k / order, at most pi / 4.
  private static func series(_ k: Int, _ order: Int) -> (cosine: Double, sine: Double) {
    guard let turn, k > 0 else { return (1, 0) }
    let angle = (turn * Rational(k, over: order)).floor
    var (cosine, sine) = (unit, angle)
    var term = angle
    for n in 2..<40 {
      term = (term * angle / (unit * Rational(n))).floor
      let isNegative = n % 4 >= 2
      let signed = isNegative ? -term : term
      if n % 2 == 0 { cosine = cosine + signed } else { sine = sine + signed }
    }
    return ((cosine / unit).nearestDouble ?? 1, (sine / unit).nearestDouble ?? 0)
  }
}
