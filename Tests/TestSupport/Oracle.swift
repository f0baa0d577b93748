import ExactArithmetic

/// What a specification means, by direct evaluation and brute force: it shares no code with the
/// compiler's reduction of posts, order constraints, repair or guards.
public struct Oracle: Sendable {
  public let spec: GeneratedSpec

  public init(_ spec: GeneratedSpec) {
    self.spec = spec
  }

  // MARK: Conditions

  /// The truth of a condition, over the rationals.
  public static func holds(_ condition: GeneratedCondition, of input: [Float], rawChoice: Int) -> Bool {
    holds(condition, of: input.map { Rational($0) }, rawChoice: rawChoice)
  }

  public static func holds(
    _ condition: GeneratedCondition, of input: [Rational], rawChoice: Int
  ) -> Bool {
    switch condition {
    case .always: true
    case .compare(let index, let relation, let eighths):
      compare(input[index], relation, Rational(eighths, over: 8))
    case .linear(let terms, let relation, let eighths):
      compare(
        terms.reduce(Rational.zero) { $0 + Rational($1.coefficient) * input[$1.input] }, relation,
        Rational(eighths, over: 8))
    case .rawChoice(let outputs): outputs.contains(rawChoice)
    case .not(let part): !holds(part, of: input, rawChoice: rawChoice)
    case .all(let parts): parts.allSatisfy { holds($0, of: input, rawChoice: rawChoice) }
    case .any(let parts): parts.contains { holds($0, of: input, rawChoice: rawChoice) }
    }
  }

  private static func compare(_ a: Rational, _ relation: GeneratedCondition.Relation, _ b: Rational) -> Bool {
    switch relation {
    case .less: a < b
    case .atMost: a <= b
    case .greater: a > b
    case .atLeast: a >= b
    }
  }

  /// The properties whose condition holds and none of whose overriders' does.
  public func activeProperties(for input: [Float], rawScores: [Float]) -> [Int] {
    let choice = ranking(of: rawScores)[0]
    let holds = spec.properties.map { Self.holds($0.condition, of: input, rawChoice: choice) }
    return spec.properties.indices.filter { index in
      holds[index] && !spec.properties[index].overriders.contains { holds[$0] }
    }
  }

  // MARK: Posts

  /// How good each score is: larger is better, zeros alike.
  public func goodness(_ scores: [Float]) -> [Int] {
    scores.map { spec.choosesHighest ? floatIndex($0) : -floatIndex($0) }
  }

  /// The outputs, best first by the tie rule.
  public func ranking(of scores: [Float]) -> [Int] {
    let goodness = goodness(scores)
    return spec.tieOrder.enumerated()
      .sorted { (-goodness[$0.element], $0.offset) < (-goodness[$1.element], $1.offset) }
      .map(\.element)
  }

  /// Whether all posts of `properties` hold of scores, strictly.
  public func holds(_ properties: [Int], ofGoodness goodness: [Int]) -> Bool {
    properties.allSatisfy { evaluate(spec.properties[$0].post, goodness, isNegated: false) }
  }

  /// The meaning of a post; `not` goes to the literals, so that a tie satisfies neither side.
  func evaluate(_ post: GeneratedPost, _ good: [Int], isNegated: Bool) -> Bool {
    let outputs = good.indices
    func better(_ a: Int) -> Int { good.count { $0 > good[a] } }
    func worse(_ a: Int) -> Int { good.count { $0 < good[a] } }
    func isAbove(_ a: Int, _ b: Int) -> Bool { isNegated ? good[b] > good[a] : good[a] > good[b] }
    func join(_ truths: [Bool], isAll: Bool) -> Bool {
      isAll != isNegated ? truths.allSatisfy { $0 } : truths.contains(true)
    }
    switch post {
    case .chooseOneOf(let set), .neverChoose(let set):
      var isNever = isNegated
      if case .neverChoose = post { isNever.toggle() }
      let chosen = outputs.filter { set.contains($0) != isNever }
      let rest = outputs.filter { set.contains($0) == isNever }
      return chosen.contains { c in rest.allSatisfy { good[c] > good[$0] } }
    case .above(let chain):
      return join(zip(chain, chain.dropFirst()).map { isAbove($0, $1) }, isAll: true)
    case .everyAboveEvery(let upper, let lower):
      return join(upper.flatMap { a in lower.map { isAbove(a, $0) } }, isAll: true)
    case .everyAboveOther(let group):
      let rest = outputs.filter { !group.contains($0) }
      return evaluate(.everyAboveEvery(group, Array(rest)), good, isNegated: isNegated)
    case .someGroup(let groups):
      return join(
        groups.map { evaluate(.everyAboveOther($0), good, isNegated: isNegated) }, isAll: false)
    case .top(let output, let places, let isNot):
      return isNot != isNegated ? better(output) >= places : worse(output) >= good.count - places
    case .extreme(let output, let isMaximal, let isNot):
      let isBest = isMaximal == spec.choosesHighest
      if isNot != isNegated { return isBest ? better(output) >= 1 : worse(output) >= 1 }
      return isBest ? worse(output) == good.count - 1 : better(output) == good.count - 1
    case .not(let part): return evaluate(part, good, isNegated: !isNegated)
    case .all(let parts): return join(parts.map { evaluate($0, good, isNegated: isNegated) }, isAll: true)
    case .any(let parts): return join(parts.map { evaluate($0, good, isNegated: isNegated) }, isAll: false)
    }
  }

  // MARK: Orders

  /// Every total order (outputs, best first) that satisfies all posts of `properties`.
  public func safeOrders(of properties: [Int]) -> [[Int]] {
    permutations(of: spec.outputCount).filter { order in
      var goodness = order
      for (place, output) in order.enumerated() { goodness[output] = -place }
      return holds(properties, ofGoodness: goodness)
    }
  }

  /// Guarantee 5 by brute force: of `orders` the one whose sequence of raw ranks comes first.
  public static func leastChange(among orders: [[Int]], from ranking: [Int]) -> [Int]? {
    var rank = ranking
    for (place, output) in ranking.enumerated() { rank[output] = place }
    return orders.min { a, b in
      a.lazy.map { rank[$0] }.lexicographicallyPrecedes(b.lazy.map { rank[$0] })
    }
  }
}

/// The binary32 numbers numbered in ascending order; both zeros are 0.
public func floatIndex(_ value: Float) -> Int {
  value.sign == .minus ? -Int((-value).bitPattern) : Int(value.bitPattern)
}

/// All permutations of `0 ..< count`.
public func permutations(of count: Int) -> [[Int]] {
  count == 0
    ? [[]]
    : permutations(of: count - 1).flatMap { rest in
      (0..<count).map { position in
        var permutation = rest
        permutation.insert(count - 1, at: position)
        return permutation
      }
    }
}
