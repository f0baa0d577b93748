import ExactArithmetic
import SpecificationLanguage
import TestSupport
import Testing

/// A condition as the test understands it: how it is written, and what it means.
private indirect enum Formula {
  /// `sum of coefficient * input * unit  relation  bound`, in metres.
  case compare([(coefficient: Decimal, input: Int)], String, Decimal, unit: Int)
  case rawChoice([Int])
  case not(Formula)
  case and([Formula])
  case or([Formula])

  /// Inputs are in these units; bounds too, and in some more.
  static let units: [(name: String, metres: Rational)] = [
    ("m", .one), ("ft", Rational(381, over: 1250)), ("nmi", Rational(1852)), ("cm", Rational(1, over: 100)),
  ]

  static func random(depth: Int, using random: inout SplitMix64) -> Formula {
    switch depth == 0 ? 0 : Int.random(in: 0..<5, using: &random) {
    case 1: return .not(.random(depth: depth - 1, using: &random))
    case 2: return .and((0..<2).map { _ in .random(depth: depth - 1, using: &random) })
    case 3: return .or((0..<3).map { _ in .random(depth: depth - 1, using: &random) })
    default:
      if Int.random(in: 0..<8, using: &random) == 0 {
        return .rawChoice((0..<3).filter { _ in Bool.random(using: &random) } + [1])
      }
      let terms = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        (
          Decimal(
            digits: Int.random(in: 1...50, using: &random) * (Bool.random(using: &random) ? 1 : -1),
            exponent: Int.random(in: -2...1, using: &random)), Int.random(in: 0..<3, using: &random)
        )
      }
      return .compare(
        terms, ["<", "<=", ">", ">=", "==", "!="].randomElement(using: &random) ?? "<",
        Decimal(digits: Int.random(in: -500...500, using: &random), exponent: -1),
        unit: Int.random(in: 0..<4, using: &random))
    }
  }

  var text: String {
    switch self {
    case .compare(let terms, let relation, let bound, let unit):
      let sum = terms.map { "\($0.coefficient.text) * \(["x", "y", "z"][$0.input])" }.joined(separator: " + ")
      return "\(sum) \(relation) \(bound.text) \(Self.units[unit].name)"
    case .rawChoice(let outputs):
      return "raw choice in { \(outputs.map { ["a", "b", "c"][$0] }.joined(separator: ", ")) }"
    case .not(let body): return "not (\(body.text))"
    case .and(let parts): return "(" + parts.map(\.text).joined(separator: " and ") + ")"
    case .or(let parts): return "(" + parts.map(\.text).joined(separator: " or ") + ")"
    }
  }

  func isTrue(_ inputs: [Float], rawChoice: Int) -> Bool {
    switch self {
    case .compare(let terms, let relation, let bound, let unit):
      var sum = Rational.zero
      for (coefficient, input) in terms {
        sum = sum + coefficient.value * Rational(inputs[input]) * Self.units[input].metres
      }
      let limit = bound.value * Self.units[unit].metres
      switch relation {
      case "<": return sum < limit
      case "<=": return sum <= limit
      case ">": return sum > limit
      case ">=": return sum >= limit
      case "==": return sum == limit
      default: return sum != limit
      }
    case .rawChoice(let outputs): return outputs.contains(rawChoice)
    case .not(let body): return !body.isTrue(inputs, rawChoice: rawChoice)
    case .and(let parts): return parts.allSatisfy { $0.isTrue(inputs, rawChoice: rawChoice) }
    case .or(let parts): return parts.contains { $0.isTrue(inputs, rawChoice: rawChoice) }
    }
  }

  /// A value of the first input near which the first comparison in the formula changes its truth.
  func edge(_ inputs: [Float]) -> Float? {
    switch self {
    case .compare(let terms, _, let bound, let unit):
      var (slope, rest) = (Rational.zero, -bound.value * Self.units[unit].metres)
      for (coefficient, input) in terms {
        let scaled = coefficient.value * Self.units[input].metres
        if input == 0 { slope = slope + scaled } else { rest = rest + scaled * Rational(inputs[input]) }
      }
      return slope.signum == 0 ? nil : (-rest / slope).nearestFloat
    case .rawChoice: return nil
    case .not(let body): return body.edge(inputs)
    case .and(let parts), .or(let parts): return parts.lazy.compactMap { $0.edge(inputs) }.first
    }
  }
}

/// Boolean combinations of linear comparisons in mixed units.
@Suite struct Formulas {
  @Test(arguments: 0..<8) func conditionsMeanWhatTheySay(_ part: Int) throws {
    var random = SplitMix64(seed: UInt64(part) &+ 4242)
    for _ in 0..<sampleCount(3, full: 60) {
      let formulas = (0..<50).map { _ in
        Formula.random(depth: Int.random(in: 0...3, using: &random), using: &random)
      }
      let found = try compiled(formulas.map(\.text))
      let negated = try compiled(formulas.map { "not (\($0.text))" })
      var truths: Set<Bool> = []
      for (formula, (condition, negation)) in zip(formulas, zip(found, negated)) {
        for round in 0..<12 {
          var inputs = (0..<3).map { _ in anyFloat(using: &random, exponents: -4...8) }
          if round > 2, let edge = formula.edge(inputs) {
            inputs[0] = [edge.nextDown, edge, edge.nextUp].randomElement(using: &random) ?? edge
          }
          let choice = Int.random(in: 0..<3, using: &random)
          let expected = formula.isTrue(inputs, rawChoice: choice)
          truths.insert(expected)
          #expect(holds(condition, inputs, rawChoice: choice) == expected, "\(formula.text) at \(inputs)")
          #expect(holds(negation, inputs, rawChoice: choice) != expected, "not \(formula.text) at \(inputs)")
        }
      }
      #expect(truths.count == 2)
    }
  }

  private func compiled(_ texts: [String]) throws -> [Condition] {
    let properties = texts.enumerated().map { "enforce p\($0) { when \($1)\n then choose a }\n" }
    return try checked(
      """
      ordain 1
      spec "t" 1.0.0
      interface I {
        inputs {
          x : m
          y : ft
          z : nmi
        }
        outputs { a, b, c choose highest }
      }
      network N : I from "n.onnx"
      \(properties.joined())
      """
    ).properties.map(\.condition)
  }

  /// Speeds, times and lengths in one inequality: kinematics in the units of a requirement.
  @Test func quantitiesOfDifferentUnitsAdd() throws {
    let found = try conditions(
      [
        "gap + lead * 3 s <= own * 3 s + 20 ft", "gap / 2 s > own - lead",
        "(own - lead) * 2 < 3 kt - lead / 4",
      ],
      inputs: "gap : nmi\n own : kt\n lead : m/s")
    let (nmi, knot, foot) = (Rational(1852), Rational(1852, over: 3600), Rational(381, over: 1250))
    var random = SplitMix64(seed: 9)
    for _ in 0..<2_000 {
      let inputs = [0...1, 0...200, 0...200].map { Float.random(in: $0, using: &random) }
      let (gap, own, lead) = (Rational(inputs[0]) * nmi, Rational(inputs[1]) * knot, Rational(inputs[2]))
      let three = Rational(3)
      #expect(holds(found[0], inputs) == (gap + lead * three <= own * three + Rational(20) * foot))
      #expect(holds(found[1], inputs) == (gap / Rational(2) > own - lead))
      #expect(holds(found[2], inputs) == ((own - lead) * Rational(2) < three * knot - lead / Rational(4)))
    }
  }
}
