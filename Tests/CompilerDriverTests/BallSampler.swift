import SafetyLayers
import SpecificationLanguage
import TestSupport

/// Points that look for a broken certificate: centres near the boundaries of guards, and points of balls around them.
struct BallSampler {
  let program: SafetyProgram
  private var generator: SplitMix64
  /// For each atom over inputs its coefficients and bound.
  private let atoms: [(coefficients: [Double], bound: Double)]

  init(_ program: SafetyProgram, seed: UInt64) {
    self.program = program
    generator = SplitMix64(seed: seed)
    let inputs = program.interface.inputs.count
    atoms = program.guards.flatMap { Self.atoms($0.property.condition, inputs) }
  }

  private static func atoms(_ condition: Condition, _ inputs: Int) -> [([Double], Double)] {
    func axis(_ index: Int) -> [Double] { (0..<inputs).map { $0 == index ? 1 : 0 } }
    switch condition {
    case .constant, .atom(.rawChoice, _): return []
    case .atom(.atLeast(let input, let bound), _), .atom(.atMost(let input, let bound), _):
      return [(axis(input), Double(bound))]
    case .atom(.linear(let inequality), _):
      var coefficients = axis(-1)
      for term in inequality.terms { coefficients[term.input] = term.coefficient.nearestDouble ?? 0 }
      return [(coefficients, inequality.bound.nearestDouble ?? 0)]
    case .all(let parts), .any(let parts): return parts.flatMap { atoms($0, inputs) }
    }
  }

  private mutating func unit() -> Double { Double.random(in: -1...1, using: &generator) }

  private func clipped(_ point: [Double]) -> [Float] {
    zip(point, program.interface.inputs).map { min(max(Float($0), $1.lowest), $1.highest) }
  }

  /// Anywhere, or some radii away from where an atom changes.
  mutating func center(_ radius: Double) -> [Float] {
    var point = program.interface.inputs.map { _ in unit() }
    if let atom = atoms.randomElement(using: &generator), unit() < 0.4 {
      let squares = atom.coefficients.reduce(0) { $0 + $1 * $1 }
      let sum = zip(atom.coefficients, point).reduce(0) { $0 + $1.0 * $1.1 }
      let distance = (atom.bound - sum) / squares + 1.5 * radius * unit() / squares.squareRoot()
      point = zip(point, atom.coefficients).map { $0 + distance * $1 }
    }
    return clipped(point)
  }

  /// A point of the domain that is surely not further away than the clause says.
  mutating func neighbour(of center: [Float], _ clause: CertifiedClause, towards scores: [Double]) -> [Float]
  {
    let clause = clause.clause
    // For each input what a step of one is in the clause's space.
    let scales = program.interface.inputs.map {
      clause.space == .physical ? 1 : ($0.normalization.scale.magnitude.nearestDouble ?? 1)
    }
    var direction: [Double]
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: direction = scales.map { _ in unit() }
    case 1: direction = scales.map { _ in unit() < 0 ? -1 : 1 }
    case 2:
      let axis = Int.random(in: scales.indices, using: &generator)
      let sign: Double = unit() < 0 ? -1 : 1
      direction = scales.indices.map { $0 == axis ? sign : 0 }
    case 3: direction = zip(scores, scales).map { $0 / $1 }
    default:
      let sign: Double = unit() < 0 ? -1 : 1
      let normal = atoms.randomElement(using: &generator)?.coefficients ?? scores
      direction = zip(normal, scales).map { sign * $0 / $1 }
    }
    if clause.norm == .lInfinity, unit() < 0.5 { direction = direction.map { $0 == 0 ? 0 : $0 > 0 ? 1 : -1 } }
    let length =
      clause.norm == .l2
      ? direction.reduce(0) { $0 + $1 * $1 }.squareRoot() : direction.map(\.magnitude).max() ?? 0
    if length == 0 { return center }
    let radius = clause.radius.nearestDouble ?? 0
    // The rounding to binary32 of numbers of at most 1 is below a millionth of these radii.
    let reach = radius * (unit() < 0.6 ? 1 - 1e-5 : unit().magnitude * (1 - 1e-5)) / length
    return clipped(zip(center, zip(direction, scales)).map { Double($0) + reach * $1.0 / $1.1 })
  }

  /// The direction in which one score falls behind another fastest, by differences.
  mutating func slope(at center: [Float]) -> [Double] {
    let outputs = program.interface.outputs.count
    let first = Int.random(in: 0..<outputs, using: &generator)
    let other = (first + Int.random(in: 1..<outputs, using: &generator)) % outputs
    func difference(_ point: [Float]) -> Double {
      let scores = program.network.evaluate(
        zip(point, program.interface.inputs).map { FloatNormalization($1.normalization)($0) })
      return Double(scores[first] - scores[other])
    }
    return center.indices.map { index in
      var (low, high) = (center, center)
      low[index] -= 1e-3
      high[index] += 1e-3
      return difference(high) - difference(low)
    }
  }
}
