import ExactArithmetic

/// Brute force about two specifications of one interface: samples inputs near all thresholds, and tries every weak
/// order of the outputs. Shares no code with the compiler.
public struct SpecificationSampler {
  public let old: GeneratedSpec
  public let new: GeneratedSpec
  /// Whether the scores are the raw ones, so that they fix the raw choice.
  public let isAboutRawScores: Bool
  /// How good each output is, for every weak order.
  private let orders: [[Int]]

  public enum Side: Sendable { case old, new }

  public init(_ old: GeneratedSpec, _ new: GeneratedSpec, isAboutRawScores: Bool) {
    self.old = old
    self.new = new
    self.isAboutRawScores = isAboutRawScores
    orders = weakOrders(of: old.outputCount)
  }

  private func spec(_ side: Side) -> GeneratedSpec { side == .old ? old : new }

  /// The choice of raw scores by the tie rule.
  public func choice(ofGoodness goodness: [Int]) -> Int {
    let best = goodness.max() ?? 0
    return old.tieOrder.first { goodness[$0] == best } ?? 0
  }

  /// The properties that apply, of `among`.
  public func active(_ side: Side, _ among: [Int], at point: [Rational], rawChoice: Int) -> [Int] {
    let properties = spec(side).properties
    func holds(_ index: Int) -> Bool {
      Oracle.holds(properties[index].condition, of: point, rawChoice: rawChoice)
    }
    return among.filter { holds($0) && !properties[$0].overriders.contains(where: holds) }
  }

  /// Whether `allowing` properties of one side permit the scores there and `forbidding` ones of the other do not.
  public func separates(
    _ goodness: [Int], at point: [Rational], rawChoice: Int, allowedBy side: Side, _ allowing: [Int],
    forbiddenBy other: Side, _ forbidding: [Int]
  ) -> Bool {
    Oracle(spec(side)).holds(
      active(side, allowing, at: point, rawChoice: rawChoice), ofGoodness: goodness)
      && !Oracle(spec(other)).holds(
        active(other, forbidding, at: point, rawChoice: rawChoice), ofGoodness: goodness)
  }

  /// Whether some sample separates the two sets of properties.
  public func findsSeparation(
    in points: [[Rational]], allowedBy side: Side, _ allowing: [Int], forbiddenBy other: Side,
    _ forbidding: [Int]
  ) -> Bool {
    struct Situation: Hashable {
      let allowing, forbidding: [Int]
      let choice: Int?
    }
    var tried: Set<Situation> = []
    let dependsOnChoice = (old.properties + new.properties).contains(where: \.condition.dependsOnRawChoice)
    for point in points {
      for choice in 0..<(dependsOnChoice || isAboutRawScores ? old.outputCount : 1) {
        let situation = Situation(
          allowing: active(side, allowing, at: point, rawChoice: choice),
          forbidding: active(other, forbidding, at: point, rawChoice: choice),
          choice: isAboutRawScores ? choice : nil)
        guard tried.insert(situation).inserted else { continue }
        let isFound = orders.contains { order in
          (!isAboutRawScores || self.choice(ofGoodness: order) == choice)
            && Oracle(spec(side)).holds(situation.allowing, ofGoodness: order)
            && !Oracle(spec(other)).holds(situation.forbidding, ofGoodness: order)
        }
        if isFound { return true }
      }
    }
    return false
  }

  /// Binary32 inputs of the domain: thresholds, their neighbours, what solves linear inequalities, and others.
  public func points(_ count: Int, seed: UInt64) -> [[Rational]] {
    var random = SplitMix64(seed: seed)
    let conditions = (old.properties + new.properties).map(\.condition)
    let thresholds = conditions.flatMap(\.thresholds)
    let inequalities = conditions.flatMap(\.inequalities)
    return (0..<count).map { _ in
      var point = (0..<old.inputCount).map { input -> Float in
        let own = thresholds.filter { $0.input == input }.map(\.value) + [-4, 4, 0]
        let value = own.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return value.nextUp
        case 1: return value.nextDown
        case 2: return Float.random(in: -4...4, using: &random)
        default: return value
        }
      }
      if let inequality = inequalities.randomElement(using: &random), Bool.random(using: &random),
        let solved = inequality.terms.randomElement(using: &random)
      {
        let rest = inequality.terms.filter { $0.input != solved.input }
          .reduce(Float(0)) { $0 + Float($1.coefficient) * point[$1.input] }
        let value = (inequality.bound - rest) / Float(solved.coefficient)
        point[solved.input] = [value, value.nextUp, value.nextDown].randomElement(using: &random) ?? value
      }
      return point.map { Rational(min(4, max(-4, $0))) }
    }
  }
}

extension GeneratedCondition {
  fileprivate var thresholds: [(input: Int, value: Float)] {
    switch self {
    case .always, .rawChoice, .linear: []
    case .compare(let input, _, let eighths): [(input, Float(eighths) / 8)]
    case .not(let part): part.thresholds
    case .all(let parts), .any(let parts): parts.flatMap(\.thresholds)
    }
  }

  fileprivate var inequalities: [(terms: [(coefficient: Int, input: Int)], bound: Float)] {
    switch self {
    case .always, .rawChoice, .compare: []
    case .linear(let terms, _, let eighths): [(terms, Float(eighths) / 8)]
    case .not(let part): part.inequalities
    case .all(let parts), .any(let parts): parts.flatMap(\.inequalities)
    }
  }
}
