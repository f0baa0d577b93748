import ExactArithmetic
import SpecificationLanguage

/// The distance of a network's decision boundary from a point, for two inputs, by going through all activation regions
/// in rationals: each is a polygon.
struct PolygonOracle {
  typealias Point = (x: Rational, y: Rational)

  /// x a + y b + c.
  struct Plane {
    let a: Rational
    let b: Rational
    let c: Rational

    func value(_ p: Point) -> Rational { a * p.x + b * p.y + c }
    func scaled(_ s: Rational) -> Plane { Plane(a: a * s, b: b * s, c: c * s) }
    static func + (p: Plane, q: Plane) -> Plane { Plane(a: p.a + q.a, b: p.b + q.b, c: p.c + q.c) }
    static func - (p: Plane, q: Plane) -> Plane { p + q.scaled(-.one) }
  }

  private let layers: [SmallNetwork.Layer]
  private let center: Point
  private let norm: Norm
  private let prefersLowest: Bool
  /// Of the nearest point at which another output is at least as good: its distance, or with the Euclidean norm the
  /// square; `nil` if there is none in the box.
  private(set) var nearest: Rational?
  private(set) var regionCount = 0
  private(set) var choice = 0

  /// - Parameters:
  ///   - inputs: what the network takes, as functions of the measured coordinates.
  ///   - corners: opposite ones of the box, in measured coordinates.
  init(
    _ network: SmallNetwork, inputs: [Plane], center: Point, corners: (Point, Point), norm: Norm
  ) {
    layers = network.layers
    self.center = center
    self.norm = norm
    prefersLowest = network.interface.better == .lowest
    let (low, high) = corners
    let box = [low, (high.x, low.y), high, (low.x, high.y)]
    choice = realChoice(inputs)
    visit(box, inputs, [], layer: 0)
  }

  private func realChoice(_ inputs: [Plane]) -> Int {
    var values = inputs.map { $0.value(center) }
    for (position, layer) in layers.enumerated() {
      if position > 0 { values = values.map { max(.zero, $0) } }
      values = zip(layer.weights, layer.bias).map { row, bias in
        zip(row, values).reduce(Rational(bias)) { $0 + Rational($1.0) * $1.1 }
      }
    }
    return values.indices.dropFirst().reduce(0) { best, output in
      (prefersLowest ? values[output] < values[best] : values[output] > values[best]) ? output : best
    }
  }

  /// Goes through the regions of a layer's neurons within a polygon, from the neuron `done.count` on.
  private mutating func visit(_ polygon: [Point], _ inputs: [Plane], _ done: [Plane], layer: Int) {
    let map = layers[layer]
    if done.count == map.bias.count {
      if layer == layers.count - 1 {
        finish(polygon, done)
      } else {
        visit(polygon, done, [], layer: layer + 1)
      }
      return
    }
    let row = done.count
    let sum = zip(map.weights[row], inputs).reduce(
      Plane(a: .zero, b: .zero, c: Rational(map.bias[row]))
    ) { $0 + $1.1.scaled(Rational($1.0)) }
    if layer == layers.count - 1 { return visit(polygon, inputs, done + [sum], layer: layer) }
    let active = clip(polygon, sum)
    if !active.isEmpty { visit(active, inputs, done + [sum], layer: layer) }
    let inactive = clip(polygon, sum.scaled(-.one))
    if !inactive.isEmpty {
      visit(inactive, inputs, done + [Plane(a: .zero, b: .zero, c: .zero)], layer: layer)
    }
  }

  private mutating func finish(_ polygon: [Point], _ scores: [Plane]) {
    regionCount += 1
    for rival in scores.indices where rival != choice {
      let lead = prefersLowest ? scores[choice] - scores[rival] : scores[rival] - scores[choice]
      let bad = clip(polygon, lead)
      if bad.isEmpty { continue }
      let distance = distance(to: bad)
      nearest = min(nearest ?? distance, distance)
    }
  }

  /// The part of a convex polygon where a plane is not negative (it may be a segment or a point).
  private func clip(_ polygon: [Point], _ plane: Plane) -> [Point] {
    var result: [Point] = []
    for index in polygon.indices {
      let (p, q) = (polygon[index], polygon[(index + 1) % polygon.count])
      let (u, v) = (plane.value(p), plane.value(q))
      if u.signum >= 0 { result.append(p) }
      if u.signum * v.signum < 0 {
        let t = u / (u - v)
        result.append((p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)))
      }
    }
    return result
  }

  private func distance(to polygon: [Point]) -> Rational {
    polygon.indices.map { index in
      distance(to: polygon[index], polygon[(index + 1) % polygon.count])
    }.reduce(Rational(powerOfTwo: 200), min)
  }

  /// To a segment. The centre is never inside a polygon where another output is better.
  private func distance(to p: Point, _ q: Point) -> Rational {
    let (u, v) = ((x: p.x - center.x, y: p.y - center.y), (x: q.x - p.x, y: q.y - p.y))
    func value(_ t: Rational) -> Rational {
      let (x, y) = (u.x + t * v.x, u.y + t * v.y)
      return norm == .l2 ? x * x + y * y : max(x.magnitude, y.magnitude)
    }
    // Where the function of t may have its least value: at the ends, and where its slope changes sign.
    var places = [Rational.zero, .one]
    func add(_ numerator: Rational, _ denominator: Rational) {
      if denominator.signum != 0 { places.append(max(.zero, min(.one, -numerator / denominator))) }
    }
    switch norm {
    case .l2: add(u.x * v.x + u.y * v.y, v.x * v.x + v.y * v.y)
    case .lInfinity:
      add(u.x, v.x)
      add(u.y, v.y)
      add(u.x - u.y, v.x - v.y)
      add(u.x + u.y, v.x + v.y)
    }
    return places.map(value).reduce(Rational(powerOfTwo: 200), min)
  }
}
