import ExactArithmetic
import SafetyLayers
import SpecificationLanguage

/// The inputs within a distance of a point, in the coordinates that the distance is measured in.
///
/// With the normalisation N(x)_k = (x_k - c_k) s_k, the offset of x' from x is N(x') - N(x) where normalised inputs are
/// measured, else x' - x; then it is multiplied by s_k to have the difference of what the network takes.
struct MeasuredBall: Sendable {
  let norm: Norm
  let space: NormSpace
  let radius: Rational
  private let inputs: [InputScalar]
  private let normalizations: [FloatNormalization]
  private let centers: [Double]
  private let scales: [Double]

  init(_ inputs: [InputScalar], norm: Norm, space: NormSpace, radius: Rational) {
    self.norm = norm
    self.space = space
    self.radius = radius
    self.inputs = inputs
    normalizations = inputs.map { FloatNormalization($0.normalization) }
    // The checker sees to it that both are within binary32's range.
    centers = inputs.map { $0.normalization.center.nearestDouble ?? .nan }
    scales = inputs.map { $0.normalization.scale.nearestDouble ?? .nan }
  }

  /// What the first weights are to be multiplied by: 1 where normalised inputs are measured.
  var weightScales: [Double] { space == .physical ? scales : scales.map { _ in 1 } }

  /// Not below what v_0 is off by from the center's value and the scaled offset: what the program's normalisation rounds,
  /// and what ``center(_:)`` does.
  ///
  /// - Parameter errors: the former, for each input.
  func inputErrors(_ errors: [Double]) -> [Double] {
    inputs.indices.map { k in
      if isPlain(k) { return errors[k] }
      let reach = Double(max(inputs[k].lowest.magnitude, inputs[k].highest.magnitude))
      return (errors[k] + 0x1p-49 * scales[k].magnitude * (reach + centers[k].magnitude)).nextUp
    }
  }

  private func isPlain(_ k: Int) -> Bool { centers[k] == 0 && scales[k] == 1 }

  func contains(_ point: [Float]) -> Bool {
    zip(inputs, point).allSatisfy { $0.lowest <= $1 && $1 <= $0.highest }
  }

  /// N(point), divided by what the first weights are multiplied by.
  func center(_ point: [Float]) -> [Double] {
    point.indices.map { (Double(point[$0]) - centers[$0]) * (space == .physical ? 1 : scales[$0]) }
  }

  func box(around point: [Float], radius: Double) -> BallBox {
    var lows: [Double] = []
    var highs: [Double] = []
    for (k, x) in point.enumerated() {
      let below = Double(x) - Double(inputs[k].lowest)
      let above = Double(inputs[k].highest) - Double(x)
      // One unit up for the difference, and a few for the scale and the product.
      let slack = space == .physical || isPlain(k) ? 1 : 1 + 0x1p-49
      let scale = space == .physical ? 1 : scales[k]
      let ends = [-below.nextUpUnlessZero, above.nextUpUnlessZero].map { $0 * scale * slack }
      lows.append(scale < 0 ? ends[1] : ends[0])
      highs.append(scale < 0 ? ends[0] : ends[1])
    }
    return BallBox(
      norm: norm == .l2 ? .euclidean : .maximum, radius: radius, lows: lows, highs: highs)
  }

  /// What the program's network takes.
  func normalized(_ point: [Float]) -> [Float] { zip(normalizations, point).map { $0($1) } }

  /// The input near an offset, each element rounded towards the point.
  func input(at offset: PaddedVector, from point: [Float]) -> [Float] {
    point.indices.map { k in
      let step = offset[k] / (space == .physical ? 1 : scales[k])
      if step == 0 { return point[k] }
      let exact = Double(point[k]) + step
      var value = Float(exact)
      if step > 0 ? Double(value) > exact : Double(value) < exact {
        value = step > 0 ? value.nextDown : value.nextUp
      }
      return min(max(value, inputs[k].lowest), inputs[k].highest)
    }
  }

  /// Whether two inputs are at most `radius` apart, exactly.
  func isWithin(_ radius: Rational, _ a: [Float], _ b: [Float]) -> Bool {
    switch norm {
    case .l2: differences(a, b).reduce(.zero) { $0 + $1 * $1 } <= radius * radius
    case .lInfinity: differences(a, b).allSatisfy { $0.magnitude <= radius }
    }
  }

  /// Not below the distance of two inputs, infinite beyond binary64's range.
  func distanceUpperBound(_ a: [Float], _ b: [Float]) -> Double {
    let differences = differences(a, b)
    switch norm {
    case .l2:
      let square = differences.reduce(.zero) { $0 + $1 * $1 }.doubleNotBelow ?? .infinity
      return square == 0 ? 0 : square.squareRoot().nextUp
    case .lInfinity: return differences.map(\.magnitude).reduce(.zero, max).doubleNotBelow ?? .infinity
    }
  }

  /// Those that are not zero.
  private func differences(_ a: [Float], _ b: [Float]) -> [Rational] {
    a.indices.filter { a[$0] != b[$0] }.map {
      let difference = Rational(a[$0]) - Rational(b[$0])
      return space == .physical ? difference : difference * inputs[$0].normalization.scale
    }
  }
}

extension Double {
  fileprivate var nextUpUnlessZero: Double { self == 0 ? 0 : nextUp }
}
