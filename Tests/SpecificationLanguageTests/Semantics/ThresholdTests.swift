import ExactArithmetic
import SpecificationLanguage
import TestSupport
import Testing

/// Bounds on single inputs: comparing floats decides exactly what the rational comparison does.
@Suite struct Thresholds {
  private static let relations: [(String, @Sendable (Rational, Rational) -> Bool)] = [
    ("<", { $0 < $1 }), ("<=", { $0 <= $1 }), (">", { $0 > $1 }), (">=", { $0 >= $1 }), ("==", { $0 == $1 }),
    ("!=", { $0 != $1 }),
  ]

  /// A text, the truth it should have, and the thresholds near which it changes.
  private struct Claim {
    let text: String
    let thresholds: [Rational]
    let isTrue: (Rational) -> Bool
  }

  private static func claim(using random: inout SplitMix64) -> Claim {
    let first = Decimal.random(using: &random)
    let other = Decimal.random(using: &random)
    let (relation, isTrue) = relations[Int.random(in: 0..<6, using: &random)]
    let (low, high) = first.value <= other.value ? (first, other) : (other, first)
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      return Claim(text: "x \(relation) \(first.text)", thresholds: [first.value]) { isTrue($0, first.value) }
    case 1:
      return Claim(text: "\(first.text) \(relation) x", thresholds: [first.value]) { isTrue(first.value, $0) }
    case 2:
      return Claim(text: "x in \(low.text) .. \(high.text)", thresholds: [low.value, high.value]) {
        low.value <= $0 && $0 <= high.value
      }
    case 3:
      return Claim(text: "x not in \(low.text) .. \(high.text)", thresholds: [low.value, high.value]) {
        !(low.value <= $0 && $0 <= high.value)
      }
    case 4:
      // -3 * x + first <relation> x * 0.1, that is, -3.1 * x + first <relation> 0.
      let factor = Rational(-31, over: 10)
      return Claim(
        text: "-3 * x + \(first.text) \(relation) x * 0.1", thresholds: [-first.value / factor]
      ) { isTrue(factor * $0 + first.value, .zero) }
    default:
      return Claim(text: "\(low.text) < x \(relation) \(high.text)", thresholds: [low.value, high.value]) {
        low.value < $0 && isTrue($0, high.value)
      }
    }
  }

  @Test(arguments: 0..<8) func everyComparisonIsDecidedExactly(_ part: Int) throws {
    var random = SplitMix64(seed: UInt64(part) &+ 77)
    for _ in 0..<sampleCount(4, full: 100) {
      let claims = (0..<60).map { _ in Self.claim(using: &random) }
      let positive = try conditions(claims.map(\.text), inputs: "x : 1")
      let negative = try conditions(claims.map { "not (\($0.text))" }, inputs: "x : 1")
      for (claim, (condition, negation)) in zip(claims, zip(positive, negative)) {
        for float in claim.thresholds.flatMap({ floats(around: $0, using: &random) }) {
          let expected = claim.isTrue(Rational(float))
          #expect(holds(condition, [float]) == expected, "\(claim.text) at \(float)")
          #expect(holds(negation, [float]) != expected, "not (\(claim.text)) at \(float)")
        }
      }
    }
  }

  /// The negation of an atom is true exactly where the atom is not, at the ends of the float range too.
  @Test func negatedAtomsAreComplements() {
    var random = SplitMix64(seed: 5)
    let largest = Float.greatestFiniteMagnitude
    let special: [Float] = [0, -0.0, largest, -largest, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1]
    let bounds = special + (0..<500).map { _ in anyFloat(using: &random, exponents: -126...127) }
    for bound in bounds {
      for atom in [Atom.atLeast(input: 0, bound: bound), .atMost(input: 0, bound: bound)] {
        for float in floats(around: Rational(bound), using: &random) {
          let isTrue = holds(.atom(atom, .init(range: somewhere, text: "")), [float])
          switch atom.negated {
          case .atom(let other):
            #expect(holds(.atom(other, .init(range: somewhere, text: "")), [float]) != isTrue)
          case .constant(let value): #expect(value != isTrue)
          }
        }
      }
    }
  }

  /// A domain's ends are the outermost floats in it.
  @Test func domainsEndAtFloats() throws {
    let spec = try checked(
      """
      ordain 1
      spec "t" 1.0.0
      interface I {
        inputs {
          a : m in -0.1 .. 0.1
          b : m in 0 .. 1 km
          c : degC in -40 .. 85 degC
          d : % in 0 .. 50 + 50
          e : ft in 1 .. 2 m
          f : rad in -180 .. 180 deg
          g : m
          h : degC in -40 .. 85
        }
        outputs { a1, b1 choose highest }
      }
      network N : I from "n.onnx"
      """)
    let inputs = spec.interfaces[0].inputs
    let tenth = Rational(1, over: 10)
    #expect(Rational(inputs[0].lowest) >= -tenth && Rational(inputs[0].lowest.nextDown) < -tenth)
    #expect(Rational(inputs[0].highest) <= tenth && Rational(inputs[0].highest.nextUp) > tenth)
    #expect(inputs[1].domain == Domain(lower: .zero, upper: Rational(1000)))
    #expect(inputs[2].domain == Domain(lower: Rational(-40), upper: Rational(85)))
    #expect(inputs[3].domain == Domain(lower: .zero, upper: Rational(100)))
    #expect(
      inputs[4].domain == Domain(lower: Rational(10_000, over: 3048), upper: Rational(20_000, over: 3048)))
    #expect(inputs[5].highest == Float.pi.nextDown || inputs[5].highest == Float.pi)
    #expect(Double(inputs[5].highest) <= Double.pi && Double(inputs[5].highest.nextUp) > Double.pi)
    #expect(inputs[6].lowest == -Float.greatestFiniteMagnitude && inputs[6].domain == nil)
    #expect(inputs[7].domain == inputs[2].domain)
  }
}
