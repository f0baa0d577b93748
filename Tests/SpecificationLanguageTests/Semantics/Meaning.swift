import Diagnostics
import ExactArithmetic
import SpecificationLanguage
import TestSupport
import Testing

/// The checked specification that a text means. Warnings are allowed, errors thrown.
func checked(_ text: String) throws -> CheckedSpec {
  var diagnostics = DiagnosticSet()
  let syntax = parse(SourceFile(name: "test.ordain", text: text), reportingTo: &diagnostics)
  return try check(syntax, reportingTo: &diagnostics)
}

/// The conditions that some texts mean over an interface with the given inputs, one property each.
func conditions(_ texts: [String], inputs: String, declarations: String = "") throws -> [Condition] {
  let properties = texts.enumerated().map { "enforce p\($0) { when \($1)\n then choose yes }\n" }
  return try checked(
    """
    ordain 1
    spec "t" 1.0.0
    interface I {
      inputs {
        \(inputs)
      }
      outputs { yes, no choose highest }
    }
    network N : I from "n.onnx"
    \(declarations)
    \(properties.joined())
    """
  ).properties.map(\.condition)
}

/// Whether a condition holds of float inputs, by its definition and the exact values of the floats.
func holds(_ condition: Condition, _ inputs: [Float], rawChoice: Int = 0) -> Bool {
  switch condition {
  case .constant(let value): value
  case .all(let parts): parts.allSatisfy { holds($0, inputs, rawChoice: rawChoice) }
  case .any(let parts): parts.contains { holds($0, inputs, rawChoice: rawChoice) }
  case .atom(.atLeast(let input, let bound), _): Rational(inputs[input]) >= Rational(bound)
  case .atom(.atMost(let input, let bound), _): Rational(inputs[input]) <= Rational(bound)
  case .atom(.rawChoice(let outputs, _), _): outputs.contains(rawChoice)
  case .atom(.linear(let inequality), _):
    {
      var sum = -inequality.bound
      for term in inequality.terms { sum = sum + term.coefficient * Rational(inputs[term.input]) }
      return inequality.isStrict ? sum > .zero : sum >= .zero
    }()
  }
}

/// A decimal number with the text that means it.
struct Decimal: Sendable {
  let text: String
  let value: Rational

  /// `digits` times 10 to the power of `exponent`.
  init(digits: Int, exponent: Int) {
    text = "\(digits)e\(exponent)"
    let power = (0..<abs(exponent)).reduce(Rational.one) { product, _ in product * Rational(10) }
    value = exponent < 0 ? Rational(digits) / power : Rational(digits) * power
  }

  /// The exact decimal expansion of a float, or of the middle between it and the next one.
  init(exactly float: Float, halfway: Bool) {
    let next = halfway ? float.nextUp : float
    var value = (Rational(float) + Rational(next)) / Rational(2)
    self.value = value
    var exponent = 0
    while !value.isInteger {
      value = value * Rational(10)
      exponent -= 1
    }
    text = "\(value)e\(exponent)"
  }

  /// The largest number with so many decimals that is not above `value`.
  init(roundingDown value: Rational, digits: Int) {
    let power = Rational(10).power(digits)
    let scaled = value * power
    // Rounding towards zero through the integers: numerator and denominator are whole.
    var whole = Rational.zero
    var rest = scaled.magnitude
    for step in stride(from: 60, through: 0, by: -1) {
      let unit = Rational(10).power(step)
      while rest >= unit {
        rest = rest - unit
        whole = whole + unit
      }
    }
    if scaled.signum < 0 { whole = rest.signum > 0 ? -whole - .one : -whole }
    text = "\(whole)e\(-digits)"
    self.value = whole / power
  }

  static func random(using random: inout SplitMix64) -> Decimal {
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      Decimal(
        digits: Int.random(in: -99...99, using: &random), exponent: Int.random(in: -2...2, using: &random))
    case 1: Decimal(digits: Int.random(in: -1_000_000...1_000_000, using: &random), exponent: -5)
    case 2:
      Decimal(
        digits: Int.random(in: .min / 4 ... .max / 4, using: &random),
        exponent: Int.random(in: -70...25, using: &random))
    case 3, 4:
      Decimal(exactly: anyFloat(using: &random, exponents: -20...60), halfway: Bool.random(using: &random))
    default: Decimal(digits: 0, exponent: 0)
    }
  }
}

func anyFloat(using random: inout SplitMix64, exponents: ClosedRange<Int>) -> Float {
  let magnitude = Float(
    sign: .plus, exponent: Int.random(in: exponents, using: &random),
    significand: Float.random(in: 1..<2, using: &random))
  return Bool.random(using: &random) ? magnitude : -magnitude
}

/// Floats around a rational and far from it, where a comparison with it could go wrong.
func floats(around value: Rational, using random: inout SplitMix64) -> [Float] {
  let largest = Float.greatestFiniteMagnitude
  var nearest = value.nearestDouble.map { Float($0) } ?? (value.signum < 0 ? -largest : largest)
  if !nearest.isFinite { nearest = value.signum < 0 ? -largest : largest }
  var all: [Float] = [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, largest, -largest]
  var (below, above) = (nearest, nearest)
  for _ in 0..<4 {
    all += [below, above]
    below = max(-largest, below.nextDown)
    above = min(largest, above.nextUp)
  }
  return all + [anyFloat(using: &random, exponents: -100...100), -nearest]
}

/// A place for conditions that are built and not read.
let somewhere = SourceRange(file: SourceFile(name: "nowhere", text: ""), bytes: 0..<0)
