// Trusted: the C library's exp and tanh are right to one part in 2^50.
import CRelaxationKernels
import Foundation

/// Linear bounds of a function of one element on an interval each:
/// `lowerSlope z + lowerOffset <= f(z) <= upperSlope z + upperOffset`, all sides rounded outwards.
final class Relaxation {
  let count: Int
  let lowerSlope: Numbers
  let lowerOffset: Numbers
  let upperSlope: Numbers
  let upperOffset: Numbers
  let offsetSlack: Numbers
  /// The neurons on which the function is not constantly zero.
  let active: Indices
  /// A bound of |f(z)|.
  let magnitude: Numbers

  /// What the program's sigmoid and tanh are off by: 3.5 units of at most 2^-24 (the article ElementaryFunctions).
  private static let gateError = 0x1p-22

  init(count: Int) {
    self.count = count
    (lowerSlope, lowerOffset) = (Numbers(count), Numbers(count))
    (upperSlope, upperOffset) = (Numbers(count), Numbers(count))
    (offsetSlack, magnitude) = (Numbers(count), Numbers(count))
    active = Indices(capacity: count)
  }

  var kernel: ordain_relaxation {
    ordain_relaxation(
      lower_slope: lowerSlope.base, lower_offset: lowerOffset.base, upper_slope: upperSlope.base,
      upper_offset: upperOffset.base, offset_slack: offsetSlack.base)
  }

  /// Has kernels handle an element, whatever its lines are.
  func activate(_ k: Int) {
    if !(0..<active.count).contains(where: { active[$0] == k }) { active.append(k) }
  }

  /// - Parameters:
  ///   - lower, upper: an interval for each element, lower <= upper, finite.
  ///   - roundsFloats: whether f is what the program computes instead of the real function.
  ///   - unit: the relative error that is charged to offsets, for the sums they are added in.
  func set(
    _ activation: Activation, lower: UnsafePointer<Double>, upper: UnsafePointer<Double>, roundsFloats: Bool,
    unit: Double
  ) {
    switch activation {
    case .leaky(let slopes, let rounds):
      setLeaky(slopes, lower, upper, rounds: rounds && roundsFloats, unit: unit)
    case .sigmoid:
      setGate(lower, upper, error: roundsFloats ? Self.gateError : 0, unit: unit) {
        let e = exp(-abs($0))
        let value = $0 < 0 ? e / (1 + e) : 1 / (1 + e)
        return (value, e / ((1 + e) * (1 + e)))
      }
    case .tanh:
      setGate(lower, upper, error: roundsFloats ? Self.gateError : 0, unit: unit) {
        let value = Foundation.tanh($0)
        return (value, 1 - value * value)
      }
    }
  }

  /// Convex if the slope is at most 1, else concave (its negative is convex).
  ///
  /// On l < 0 < u the chord from (l, s l) to (u, u) lies on the one side, and on the other any line through zero with a
  /// slope between s and 1: the steeper one where more of the interval is positive.
  private func setLeaky(
    _ slopes: Numbers, _ lower: UnsafePointer<Double>, _ upper: UnsafePointer<Double>, rounds: Bool,
    unit: Double
  ) {
    active.count = 0
    for k in 0..<count {
      let (l, u, s) = (lower[k], upper[k], slopes[k])
      let largest = max(abs(l), abs(u))
      var below = (slope: 1.0, offset: 0.0)
      var above = below
      if u <= 0 {
        below.slope = s
        above.slope = s
      } else if l < 0 {
        let chord = (u - s * l) / (u - l)
        // The chord with the computed slope, lifted until it is above both ends: f there is s l and u.
        let line = (slope: chord, offset: max(s * l - chord * l, u - chord * u))
        let rounding = 4 * 0x1p-53 * (abs(s) + abs(chord) + 1) * largest
        let inner = (slope: u > -l ? 1.0 : s, offset: 0.0)
        if s <= 1 {
          above = (line.slope, line.offset + rounding)
          below = inner
        } else {
          below = (line.slope, min(s * l - chord * l, u - chord * u) - rounding)
          above = inner
        }
      }
      magnitude[k] = max(u, -l * abs(s), 0) * (1 + 0x1p-50)
      if u <= 0 { magnitude[k] = -l * abs(s) * (1 + 0x1p-50) }
      if rounds, l < 0 {
        let error = 0x1p-23 * abs(s) * -l + 0x1p-148
        below.offset -= error
        above.offset += error
        magnitude[k] += error
      }
      lowerSlope[k] = below.slope
      lowerOffset[k] = below.offset
      upperSlope[k] = above.slope
      upperOffset[k] = above.offset
      offsetSlack[k] = unit * max(abs(below.offset), abs(above.offset))
      if below.slope != 0 || above.slope != 0 || below.offset != 0 || above.offset != 0 { active.append(k) }
    }
  }

  /// An increasing function that is convex below zero and concave above, with f' greatest at zero and the same at z and
  /// -z; values within [-1, 1].
  ///
  /// Where l < u: a line of slope m is below f on [l, u] if it is at l and at the points where f' = m; with
  /// m = min(f'(l), f'(u)) f - m z is increasing on [l, u], as f' >= m there. So f(l) + m (z - l) <= f(z) <= f(u) + m (z - u).
  /// On a convex or concave part the chord and a tangent are closer.
  private func setGate(
    _ lower: UnsafePointer<Double>, _ upper: UnsafePointer<Double>, error: Double, unit: Double,
    _ f: (Double) -> (value: Double, slope: Double)
  ) {
    active.count = 0
    let guardBand = 0x1p-39
    for k in 0..<count {
      let (l, u) = (lower[k], upper[k])
      let (low, high) = (f(l), f(u))
      let margin = guardBand + error
      var below: (slope: Double, offset: Double)
      var above: (slope: Double, offset: Double)
      if u - l < 0x1p-20 {
        below = (0, low.value - margin)
        above = (0, high.value + margin)
      } else {
        let m = max(0, min(low.slope, high.slope) * (1 - 0x1p-30) - 0x1p-60)
        below = (m, low.value - m * l)
        above = (m, high.value - m * u)
        let chord = (high.value - low.value) / (u - l)
        let middle = (l + u) / 2
        let tangent = f(middle)
        if l >= 0 {
          // Concave: the chord is below, a tangent above.
          below = (chord, min(low.value - chord * l, high.value - chord * u))
          above = (tangent.slope, tangent.value - tangent.slope * middle)
        } else if u <= 0 {
          above = (chord, max(low.value - chord * l, high.value - chord * u))
          below = (tangent.slope, tangent.value - tangent.slope * middle)
        } else {
          // A tangent at a point t <= 0 is below f on all of [l, u] iff it is at u: f - tangent is first falling to zero at
          // t, then rising until f' falls below the slope again. The steepest such tangent between l and 0, by bisection;
          // what is found is checked at u.
          if let line = touching(from: l, opposite: u, high.value, f, sign: 1) { below = line }
          if let line = touching(from: u, opposite: l, low.value, f, sign: -1) { above = line }
        }
        let largest = max(abs(l), abs(u))
        // Slopes near zero are off by a few units of 1, as in 1 - tanh^2, not of themselves.
        let rounding =
          margin + (abs(below.slope) + abs(above.slope)) * largest * 0x1p-38 + largest * 0x1p-46
        below.offset -= rounding
        above.offset += rounding
      }
      lowerSlope[k] = below.slope
      lowerOffset[k] = below.offset
      upperSlope[k] = above.slope
      upperOffset[k] = above.offset
      offsetSlack[k] = unit * max(abs(below.offset), abs(above.offset))
      magnitude[k] = 1 + 0x1p-21
      active.append(k)
    }
  }

  /// The tangent at a point between `end` and zero that stays on its side at `opposite`; nil if the parallel through
  /// `end` has to do. `sign` is 1 for lines below.
  private func touching(
    from end: Double, opposite: Double, _ value: Double, _ f: (Double) -> (value: Double, slope: Double),
    sign: Double
  ) -> (slope: Double, offset: Double)? {
    func tangent(_ t: Double) -> (slope: Double, offset: Double) {
      let point = f(t)
      return (point.slope, point.value - point.slope * t)
    }
    func fits(_ line: (slope: Double, offset: Double)) -> Bool {
      sign * (value - line.slope * opposite - line.offset) >= 0
    }
    guard fits(tangent(end)) else { return nil }
    var good = end
    var bad = 0.0
    if fits(tangent(0)) { return tangent(0) }
    for _ in 0..<24 {
      let t = (good + bad) / 2
      if fits(tangent(t)) { good = t } else { bad = t }
    }
    return tangent(good)
  }
}
