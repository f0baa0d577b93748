/// Generates specifications: the same seed gives the same one everywhere.
public struct SpecGenerator {
  var random: SplitMix64
  private let seed: UInt64

  public init(seed: UInt64) {
    self.seed = seed
    random = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ 1)
  }

  /// A specification whose conditions all hold somewhere on a grid of its domain.
  ///
  /// - Parameters:
  ///   - outputCount: between 2 and 5 if `nil`, mostly 4 and 5.
  ///   - propertyCount: between 1 and 4 if `nil`.
  public mutating func spec(outputCount: Int? = nil, propertyCount: Int? = nil) -> GeneratedSpec {
    let outputs = outputCount ?? [2, 3, 4, 4, 4, 5, 5, 5].randomElement(using: &random) ?? 4
    let inputs = Int.random(in: 1...3, using: &random)
    let count = propertyCount ?? [1, 2, 2, 3, 3, 3, 4].randomElement(using: &random) ?? 3
    let preferred = Int.random(in: 0...outputs, using: &random)
    let shuffled = Array((0..<outputs).shuffled(using: &random).prefix(preferred))
    var properties = (0..<count).map { _ in
      GeneratedSpec.Property(
        condition: satisfiableCondition(inputs: inputs, outputs: outputs),
        post: post(outputs: outputs, depth: 2), overriders: [])
    }
    // Acyclic: only earlier ones override.
    for index in properties.indices.dropFirst() where Int.random(in: 0..<6, using: &random) == 0 {
      properties[index].overriders = [Int.random(in: 0..<index, using: &random)]
    }
    return GeneratedSpec(
      seed: seed, inputCount: inputs, outputCount: outputs, choosesHighest: Bool.random(using: &random),
      tieOrder: shuffled + (0..<outputs).filter { !shuffled.contains($0) }, preferredCount: preferred,
      properties: properties)
  }

  private mutating func satisfiableCondition(inputs: Int, outputs: Int) -> GeneratedCondition {
    while true {
      let candidate = condition(inputs: inputs, outputs: outputs, depth: 2)
      let isSatisfiable = (0..<60).contains { _ in
        let choice = Int.random(in: 0..<outputs, using: &random)
        return Oracle.holds(candidate, of: point(inputs: inputs), rawChoice: choice)
      }
      if isSatisfiable { return candidate }
    }
  }

  /// A point of the domain, often on the grid on which bounds lie.
  public mutating func point(inputs: Int) -> [Float] {
    (0..<inputs).map { _ in
      let grid = Float(Int.random(in: -32...32, using: &random)) / 8
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return max(-GeneratedSpec.domainBound, grid.nextDown)
      case 1: return min(GeneratedSpec.domainBound, grid.nextUp)
      case 2, 3:
        return Float.random(in: -GeneratedSpec.domainBound...GeneratedSpec.domainBound, using: &random)
      default: return grid
      }
    }
  }

  mutating func condition(inputs: Int, outputs: Int, depth: Int) -> GeneratedCondition {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &random) {
    case 0 where depth == 2: return .always
    case 0...5:
      return .compare(input: Int.random(in: 0..<inputs, using: &random), relation(), eighths: eighths())
    case 6 where inputs > 1:
      let first = Int.random(in: 0..<inputs - 1, using: &random)
      return .linear(
        [(nonzero(), first), (nonzero(), first + 1)], relation(), eighths: eighths())
    case 7: return .rawChoice(subset(of: outputs))
    case 8: return .not(condition(inputs: inputs, outputs: outputs, depth: depth - 1))
    case 9, 10:
      return .all((0..<2).map { _ in condition(inputs: inputs, outputs: outputs, depth: depth - 1) })
    case 11: return .any((0..<2).map { _ in condition(inputs: inputs, outputs: outputs, depth: depth - 1) })
    case _:
      return .compare(input: Int.random(in: 0..<inputs, using: &random), relation(), eighths: eighths())
    }
  }

  mutating func post(outputs: Int, depth: Int) -> GeneratedPost {
    let simple: [PostForm] = [
      .chooseOneOf, .neverChoose, .above, .everyAboveEvery, .everyAboveOther, .someGroup, .someGroup, .inTop,
      .notInTop, .maximal, .notMaximal, .minimal, .notMinimal,
    ]
    let forms = depth > 0 ? simple + [.not, .not, .all, .any, .any, .any] : simple
    switch forms.randomElement(using: &random) ?? .above {
    case .chooseOneOf: return .chooseOneOf(subset(of: outputs))
    case .neverChoose: return .neverChoose(subset(of: outputs))
    case .above:
      let length = Int.random(in: 2...min(outputs, 4), using: &random)
      return .above(Array((0..<outputs).shuffled(using: &random).prefix(length)))
    case .everyAboveEvery:
      let shuffled = (0..<outputs).shuffled(using: &random)
      let upper = Int.random(in: 1..<outputs, using: &random)
      let lower = Int.random(in: 1...(outputs - upper), using: &random)
      return .everyAboveEvery(
        shuffled.prefix(min(upper, 4)).sorted(), shuffled.suffix(min(lower, 4)).sorted())
    case .everyAboveOther: return .everyAboveOther(subset(of: outputs))
    case .someGroup:
      return .someGroup((0..<Int.random(in: 2...3, using: &random)).map { _ in subset(of: outputs) })
    case .inTop, .notInTop:
      return .top(
        Int.random(in: 0..<outputs, using: &random), places: Int.random(in: 1..<outputs, using: &random),
        isNot: Bool.random(using: &random))
    case .maximal, .notMaximal, .minimal, .notMinimal:
      return .extreme(
        Int.random(in: 0..<outputs, using: &random), isMaximal: Bool.random(using: &random),
        isNot: Bool.random(using: &random))
    case .not: return .not(post(outputs: outputs, depth: depth - 1))
    case .all: return .all((0..<2).map { _ in post(outputs: outputs, depth: depth - 1) })
    case .any: return .any((0..<2).map { _ in post(outputs: outputs, depth: depth - 1) })
    }
  }

  /// Not empty, not everything.
  private mutating func subset(of outputs: Int) -> [Int] {
    let size = Int.random(in: 1..<outputs, using: &random)
    return (0..<outputs).shuffled(using: &random).prefix(size).sorted()
  }

  mutating func relation() -> GeneratedCondition.Relation {
    GeneratedCondition.Relation.allCases.randomElement(using: &random) ?? .atLeast
  }

  mutating func eighths() -> Int { Int.random(in: -24...24, using: &random) }

  private mutating func nonzero() -> Int { [-3, -2, -1, 1, 2, 3].randomElement(using: &random) ?? 1 }
}
