import SafetyLayers

/// Inputs for a self-check and what the reference interpreter returns for them.
///
/// Some whole inputs, searched for so that every property is active, every kind of result and every output chosen at
/// least once where the search finds one; and copies of one of them with a single number replaced: NaN, infinities,
/// zeros, subnormal numbers, the ends of domains and their neighbours. The search and the number of vectors are
/// bounded; the same program gives the same vectors.
struct SelfCheckVectors: Sendable {
  struct Case: Sendable {
    /// Index into ``bases``.
    let base: Int
    /// Which number is replaced, and the bits of the new one; `nil` for none.
    let edit: (input: Int, bits: UInt32)?
    /// Index into ``outcomes``.
    let outcome: Int
  }

  /// Inputs as bit patterns.
  private(set) var bases: [[UInt32]] = []
  private(set) var cases: [Case] = []
  /// For each different result the bits of the scores, the choice, status and reason, the active words, the certified words and
  /// the bits of the radii.
  private(set) var outcomes: [[UInt32]] = []

  /// A main program returns the number of a vector: exit codes of processes end at 255.
  private static let mostCases = 200
  /// So many words of inputs and of outcomes, whatever their size.
  private static let mostWords = 1 << 14

  private let program: EmittableProgram
  private var outcomeIndices: [[UInt32]: Int] = [:]
  private var evaluationsLeft: Int

  /// - Parameter operations: those of one inference, so that the search ends in reasonable time.
  init(_ program: EmittableProgram, operations: Int) {
    self.program = program
    evaluationsLeft = min(max(400_000_000 / max(1, operations), 8), 3000)
    var sampler = InputSampler(program)
    findBases(&sampler)
    addEdits(&sampler)
  }

  private mutating func findBases(_ sampler: inout InputSampler) {
    let most = min(max(Self.mostWords / program.interface.inputs.count, 2), 32)
    let guards = program.guards.count
    let reserve = evaluationsLeft / 4
    var seen: Set<Feature> = []
    var round = 0
    while bases.count < most, evaluationsLeft > reserve {
      let input: [Float]?
      switch round % 4 {
      case 0: input = sampler.anywhere()
      case 1: input = sampler.atEnds()
      default: input = guards == 0 ? sampler.anywhere() : sampler.inRegion(ofProperty: round / 4 % guards)
      }
      round += 1
      evaluationsLeft -= 1
      guard let input else { continue }
      let result = program.infer(input)
      let features = Feature.features(of: result)
      if !features.isSubset(of: seen) || bases.count < 2 {
        seen.formUnion(features)
        add(input, result)
      }
    }
  }

  private mutating func add(_ input: [Float], _ result: InferenceResult) {
    bases.append(input.map(\.bitPattern))
    cases.append(Case(base: bases.count - 1, edit: nil, outcome: outcome(result)))
  }

  private mutating func addEdits(_ sampler: inout InputSampler) {
    let inputs = program.interface.inputs
    let base = 0
    let original = bases[base].map { Float(bitPattern: $0) }
    let positions =
      inputs.count <= 6
      ? Array(inputs.indices)
      : [0, inputs.count - 1] + (0..<4).map { _ in sampler.pick(Array(inputs.indices)) }
    let most = min(Self.mostCases, cases.count + 16 * positions.count)
    for number in 0..<16 {
      for position in positions where cases.count < most {
        let scalar = inputs[position]
        let values: [Float] =
          Self.hostile + [
            scalar.lowest, scalar.highest, scalar.lowest.nextDown, scalar.highest.nextUp,
            scalar.lowest.nextUp,
            scalar.highest.nextDown,
          ]
        let value = values[number]
        let isEvaluated = value >= scalar.lowest && value <= scalar.highest
        if isEvaluated, evaluationsLeft <= 0 { continue }
        evaluationsLeft -= isEvaluated ? 1 : 0
        var input = original
        input[position] = value
        let result = program.infer(input)
        let isKnown = outcomeIndices[Self.words(result)] != nil
        if !isKnown, outcomes.count >= max(Self.mostWords / program.interface.outputCount, 4) { continue }
        cases.append(Case(base: base, edit: (position, value.bitPattern), outcome: outcome(result)))
      }
    }
  }

  private static let hostile: [Float] = [
    .nan, .infinity, -.infinity, -.nan, .signalingNaN, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
    .leastNormalMagnitude.nextDown, .greatestFiniteMagnitude,
  ]

  private mutating func outcome(_ result: InferenceResult) -> Int {
    let words = Self.words(result)
    if let known = outcomeIndices[words] { return known }
    outcomes.append(words)
    outcomeIndices[words] = outcomes.count - 1
    return outcomes.count - 1
  }

  private static func words(_ result: InferenceResult) -> [UInt32] {
    let (status, reason) = result.status.emitted
    return result.scores.map(\.bitPattern)
      + [Int32(result.choice), status.rawValue, reason].map { UInt32(bitPattern: $0) }
      + result.activation.words + result.certifiedWords + result.radii.map(\.bitPattern)
  }
}

extension InferenceResult {
  /// Bit c % 32 of word c / 32 is set where clause c is certified; no words without clauses.
  var certifiedWords: [UInt32] {
    let clauses = certified.indices.filter { certified[$0] }
    return certified.isEmpty
      ? [] : ActivationSet(active: clauses, propertyCount: certified.count).words
  }
}

/// What a base vector shows that others need not show again.
private enum Feature: Hashable {
  case status(EmittedStatus, reason: Int32)
  case choice(Int)
  case active(Int, isRepaired: Bool)
  case certified(Int, Bool)

  static func features(of result: InferenceResult) -> Set<Feature> {
    let (status, reason) = result.status.emitted
    var features: Set<Feature> = [.status(status, reason: reason)]
    if result.choice >= 0 { features.insert(.choice(result.choice)) }
    for property in result.activation.active {
      features.insert(.active(property, isRepaired: status == .repaired))
    }
    for (clause, isCertified) in result.certified.enumerated() {
      features.insert(.certified(clause, isCertified))
    }
    return features
  }
}
