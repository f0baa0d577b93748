import SpecificationLanguage
import TestSupport
import Testing

/// A post as the test understands it: how it is written, and what it means of the scores' order, by the
/// language's definition ("Meaning of posts"): `better` is by `choose`, strictly, and `not` is pushed to
/// the literals, so that a tie satisfies neither `a above b` nor its negation.
private indirect enum Demand {
  case choose([Int])
  case never([Int])
  case above([Int])
  case everyAbove([Int], [Int]?)
  /// `some g in { sets }: every g above every other`
  case someGroup([[Int]])
  case someOutput([Int], top: Int)
  case top(Int, not: Bool, Int)
  case extreme(Int, not: Bool, isMaximal: Bool)
  case not(Demand)
  case and([Demand])
  case or([Demand])

  static let letters = ["a", "b", "c", "d"]

  static func name(_ set: [Int]) -> String { "g_" + set.map { letters[$0] }.joined() }

  static func random(_ count: Int, depth: Int, using random: inout SplitMix64) -> Demand {
    let outputs = Array(0..<count).shuffled(using: &random)
    let size = Int.random(in: 1..<count, using: &random)
    let set = outputs.prefix(size).sorted()
    let rest = outputs.dropFirst(size).prefix(Int.random(in: 1...(count - size), using: &random)).sorted()
    let isNegated = Bool.random(using: &random)
    switch Int.random(in: 0..<(depth == 0 ? 8 : 11), using: &random) {
    case 0: return .choose(set)
    case 1: return .never(set)
    case 2: return .above(Array(outputs.prefix(max(2, size))))
    case 3: return .everyAbove(set, Bool.random(using: &random) ? rest : nil)
    case 4: return .someGroup([set, rest])
    case 5: return .someOutput(set, top: Int.random(in: 1..<count, using: &random))
    case 6: return .top(outputs[0], not: isNegated, Int.random(in: 1..<count, using: &random))
    case 7: return .extreme(outputs[0], not: isNegated, isMaximal: Bool.random(using: &random))
    case 8: return .not(.random(count, depth: depth - 1, using: &random))
    case 9: return .and((0..<2).map { _ in .random(count, depth: depth - 1, using: &random) })
    default: return .or((0..<2).map { _ in .random(count, depth: depth - 1, using: &random) })
    }
  }

  var text: String {
    func list(_ outputs: [Int], _ separator: String = ", ") -> String {
      outputs.map { Self.letters[$0] }.joined(separator: separator)
    }
    switch self {
    case .choose(let set):
      return set.count > 2 ? "choose one of { \(list(set)) }" : "choose \(list(set, " or "))"
    case .never(let set): return "never choose \(list(set))"
    case .above(let chain): return list(chain, " above ")
    case .everyAbove(let set, let below):
      return "every \(Self.name(set)) above every \(below.map(Self.name) ?? "other")"
    case .someGroup(let sets):
      return "some g in { \(sets.map(Self.name).joined(separator: ", ")) }: every g above every other"
    case .someOutput(let set, let top): return "some o in { \(list(set)) }: o in top \(top)"
    case .top(let output, let isNot, let k):
      return "\(Self.letters[output]) \(isNot ? "not " : "")in top \(k)"
    case .extreme(let output, let isNot, let isMaximal):
      return "\(Self.letters[output]) is \(isNot ? "not " : "")\(isMaximal ? "maximal" : "minimal")"
    case .not(let body): return "not (\(body.text))"
    case .and(let parts): return "(" + parts.map(\.text).joined(separator: " and ") + ")"
    case .or(let parts): return "(" + parts.map(\.text).joined(separator: " or ") + ")"
    }
  }

  /// Whether scores satisfy it, or (if not `positive`) its negation.
  func holds(_ scores: [Int], highest: Bool, positive: Bool = true) -> Bool {
    let all = scores.indices
    func better(_ a: Int, _ b: Int) -> Bool { highest ? scores[a] > scores[b] : scores[a] < scores[b] }
    func chosen(_ set: [Int]) -> Bool {
      set.contains { member in all.allSatisfy { set.contains($0) || better(member, $0) } }
    }
    func complement(_ set: [Int]) -> [Int] { all.filter { !set.contains($0) } }
    func inTop(_ output: Int, _ k: Int) -> Bool {
      all.filter { better(output, $0) }.count >= scores.count - k
    }
    func beyondTop(_ output: Int, _ k: Int) -> Bool { all.filter { better($0, output) }.count >= k }
    func every(_ set: [Int], _ below: [Int]) -> Bool {
      positive
        ? set.allSatisfy { a in below.allSatisfy { better(a, $0) } }
        : set.contains { a in below.contains { better($0, a) } }
    }
    switch self {
    case .choose(let set): return chosen(positive ? set : complement(set))
    case .never(let set): return chosen(positive ? complement(set) : set)
    case .above(let chain):
      let pairs = zip(chain, chain.dropFirst())
      return positive ? pairs.allSatisfy { better($0, $1) } : pairs.contains { better($1, $0) }
    case .everyAbove(let set, let below): return every(set, below ?? complement(set))
    case .someGroup(let sets):
      return positive
        ? sets.contains { every($0, complement($0)) } : sets.allSatisfy { every($0, complement($0)) }
    case .someOutput(let set, let k):
      return positive ? set.contains { inTop($0, k) } : set.allSatisfy { beyondTop($0, k) }
    case .top(let output, let isNot, let k):
      return isNot == positive ? beyondTop(output, k) : inTop(output, k)
    case .extreme(let output, let isNot, let isMaximal):
      let others = all.filter { $0 != output }
      func beyond(_ a: Int, _ b: Int) -> Bool { isMaximal ? scores[a] > scores[b] : scores[a] < scores[b] }
      return isNot == positive
        ? others.contains { beyond($0, output) } : others.allSatisfy { beyond(output, $0) }
    case .not(let body): return body.holds(scores, highest: highest, positive: !positive)
    case .and(let parts), .or(let parts):
      let isAnd = if case .and = self { positive } else { !positive }
      let truths = parts.map { $0.holds(scores, highest: highest, positive: positive) }
      return isAnd ? !truths.contains(false) : truths.contains(true)
    }
  }
}

@Suite struct PostReduction {
  /// Whether scores satisfy a reduced post, by the definition of its literals.
  private static func holds(_ post: Post, _ scores: [Int], highest: Bool) -> Bool {
    func better(_ a: Int, _ b: Int) -> Bool { highest ? scores[a] > scores[b] : scores[a] < scores[b] }
    switch post {
    case .precedes(let above, let below): return better(above, below)
    case .before(let output, let end):
      return scores.indices.filter { better(output, $0) }.count >= scores.count - end
    case .notBefore(let output, let start): return scores.indices.filter { better($0, output) }.count >= start
    case .all(let parts): return parts.allSatisfy { holds($0, scores, highest: highest) }
    case .any(let parts): return parts.contains { holds($0, scores, highest: highest) }
    }
  }

  /// An `or` behind `choose` joins choices, but posts where a post of its own follows.
  @Test func choicesEndWhereAPostBegins() throws {
    let pairs = [
      ("choose a or b above c", "(choose a) or (b above c)"),
      ("choose a or b not in top 2", "(choose a) or (b not in top 2)"),
      ("choose a or b in top 2", "(choose a) or (b in top 2)"),
      ("choose a or b is not maximal", "(choose a) or (b is not maximal)"),
      ("choose a or b or c above a", "(choose one of { a, b }) or (c above a)"),
      ("choose a or b and c above a", "(choose one of { a, b }) and (c above a)"),
      ("choose a or never choose b", "(choose a) or (never choose b)"),
      ("choose a or (choose b)", "(choose a) or (choose b)"),
      ("not choose a and b above c or c above b", "((not choose a) and (b above c)) or (c above b)"),
    ]
    let texts = pairs.flatMap { [$0.0, $0.1] }
    let spec = try checked(
      """
      ordain 1
      spec "t" 1.0.0
      interface I { inputs { x : m } outputs { a, b, c choose highest } }
      network N : I from "n.onnx"
      \(texts.enumerated().map { "enforce p\($0) { when true then \($1) }" }.joined(separator: "\n"))
      """)
    for index in pairs.indices {
      #expect(spec.properties[2 * index].post == spec.properties[2 * index + 1].post, "\(pairs[index].0)")
    }
  }

  /// Every vector of ranks 0 to count - 1: every weak order at least once.
  private static func weakOrders(_ count: Int) -> [[Int]] {
    (0..<count).reduce([[]]) { orders, _ in orders.flatMap { order in (0..<count).map { order + [$0] } } }
  }

  @Test(arguments: [2, 3, 4], [true, false])
  func reducedPostsMeanWhatWasWritten(_ count: Int, _ highest: Bool) throws {
    var random = SplitMix64(seed: UInt64(count * 2 + (highest ? 1 : 0)))
    let letters = Demand.letters.prefix(count)
    let sets = (1..<(1 << count)).map { mask in (0..<count).filter { mask >> $0 & 1 == 1 } }
    let groups = sets.map {
      "group \(Demand.name($0)) = { \($0.map { letters[$0] }.joined(separator: ", ")) }"
    }
    for _ in 0..<sampleCount(4, full: 60) {
      let demands = (0..<100).map { _ in
        Demand.random(count, depth: Int.random(in: 0...3, using: &random), using: &random)
      }
      let spec = try checked(
        """
        ordain 1
        spec "t" 1.0.0
        interface I {
          inputs { x : m }
          outputs { \(letters.joined(separator: ", "))
            \(groups.joined(separator: "\n"))
            choose \(highest ? "highest" : "lowest") }
        }
        network N : I from "n.onnx"
        \(demands.enumerated().map { "enforce p\($0) { when true then \($1.text) }" }.joined(separator: "\n"))
        """)
      for (demand, property) in zip(demands, spec.properties) {
        for scores in Self.weakOrders(count) {
          let expected = demand.holds(scores, highest: highest)
          #expect(
            Self.holds(property.post, scores, highest: highest) == expected, "\(demand.text) of \(scores)")
        }
      }
    }
  }
}
