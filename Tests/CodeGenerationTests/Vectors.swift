import SafetyLayers
import SpecificationLanguage
import TestSupport

/// Inputs and raw scores that look for trouble.
struct Vectors {
  let program: SafetyProgram
  var generator: SplitMix64

  init(_ program: SafetyProgram, seed: UInt64) {
    self.program = program
    generator = SplitMix64(seed: seed)
  }

  static let hostile: [Float] = [
    .nan, -.nan, .signalingNaN, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1,
    -1,
  ]

  private static let pool: [Float] = [
    0, -0.0, 1, 1, Float(1).nextUp, Float(1).nextDown, -1, Float(-1).nextUp, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    Float.greatestFiniteMagnitude.nextDown, -Float.greatestFiniteMagnitude.nextDown, 3, 4, 5,
  ]

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  /// The thresholds of the guards on input `index`, also those for balls, and one ulp to either side.
  private func thresholds(_ index: Int) -> [Float] {
    let conditions =
      program.guards.map(\.property.condition)
      + program.certification.clauses.flatMap { $0.surely + $0.possibly }
    return conditions.flatMap { bounds(of: $0, index) }.flatMap {
      [$0.nextDown, $0, $0.nextUp]
    }
  }

  private func bounds(of condition: Condition, _ index: Int) -> [Float] {
    switch condition {
    case .constant: []
    case .atom(.atLeast(let input, let bound), _), .atom(.atMost(let input, let bound), _):
      input == index ? [bound] : []
    case .atom(.linear, _), .atom(.rawChoice, _): []
    case .all(let parts), .any(let parts): parts.flatMap { bounds(of: $0, index) }
    }
  }

  /// An input whose every element is in its domain.
  mutating func admitted() -> [Float] {
    program.interface.inputs.indices.map { index in
      let scalar = program.interface.inputs[index]
      let near = thresholds(index)
      let value: Float =
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: near.isEmpty ? 0.5 : pick(near)
        case 1: pick([scalar.lowest, scalar.highest, scalar.lowest.nextUp, scalar.highest.nextDown])
        case 2: pick(Vectors.pool)
        default: Float.random(in: Self.sampled(scalar), using: &generator)
        }
      return min(max(value, scalar.lowest), scalar.highest)
    }
  }

  /// The domain, of a wide one the middle.
  private static func sampled(_ scalar: InputScalar) -> ClosedRange<Float> {
    let narrow = max(-5, scalar.lowest)...max(max(-5, scalar.lowest), min(5, scalar.highest))
    return scalar.highest < 1e9 && scalar.lowest > -1e9 ? scalar.lowest...scalar.highest : narrow
  }

  mutating func input() -> [Float] {
    var input = admitted()
    if Int.random(in: 0..<3, using: &generator) == 0 {
      let position = Int.random(in: 0..<input.count, using: &generator)
      let scalar = program.interface.inputs[position]
      input[position] = pick(Vectors.hostile + [scalar.lowest.nextDown, scalar.highest.nextUp])
    }
    return input
  }

  /// Raw scores: distinct ones, many ties, ends of the range, now and then one that is not finite.
  mutating func raw() -> [Float] {
    let kind = Int.random(in: 0..<5, using: &generator)
    let few = [pick(Vectors.pool), pick(Vectors.pool), pick(Vectors.pool)]
    var scores = program.interface.outputs.map { _ -> Float in
      switch kind {
      case 0: Float.random(in: -2...2, using: &generator)
      case 1: pick(few)
      case 2: pick(Vectors.pool)
      case 3: pick([.greatestFiniteMagnitude, -.greatestFiniteMagnitude])
      default: Float(Int.random(in: 0...3, using: &generator))
      }
    }
    if Int.random(in: 0..<12, using: &generator) == 0 {
      scores[Int.random(in: 0..<scores.count, using: &generator)] = pick(Vectors.hostile)
    }
    return scores
  }
}
