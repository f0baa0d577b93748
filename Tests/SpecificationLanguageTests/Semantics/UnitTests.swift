import Diagnostics
import ExactArithmetic
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// The units, against definitions that are worked out here and not taken from the table.
@Suite struct Units {
  /// pi between two rationals 10^-80 apart, by Machin's formula 16 atan(1/5) - 4 atan(1/239).
  static let pi: ClosedRange<Rational> = {
    func arctangent(_ inverse: Int) -> ClosedRange<Rational> {
      let x = Rational(1, over: inverse)
      var power = x
      var sum = Rational.zero
      var k = 0
      let enough = Rational(1) / Rational(10).power(90)
      while power > enough {
        let term = power / Rational(2 * k + 1)
        sum = k % 2 == 0 ? sum + term : sum - term
        power = power * x * x
        k += 1
      }
      // An alternating series lies between its last two sums.
      return sum - power...sum + power
    }
    let (a, b) = (arctangent(5), arctangent(239))
    let (sixteen, four) = (Rational(16), Rational(4))
    return sixteen * a.lowerBound - four * b.upperBound...sixteen * a.upperBound - four * b.lowerBound
  }()

  /// Unit, base unit, and the first in terms of the second.
  static let definitions: [(unit: String, base: String, scale: Rational)] = {
    func exact(_ digits: Int, _ exponent: Int = 0) -> Rational {
      Decimal(digits: digits, exponent: exponent).value
    }
    let inch = exact(254, -4)
    let foot = Rational(12) * inch
    let mile = Rational(5280) * foot
    let hour = Rational(3600)
    let pound = exact(45_359_237, -8)
    let force = pound * exact(980_665, -5)
    let mmHg = exact(133_322_387_415, -9)
    var all: [(String, String, Rational)] = [
      ("inch", "m", inch), ("ft", "m", foot), ("yd", "m", Rational(3) * foot), ("mi", "m", mile),
      ("nmi", "m", exact(1852)), ("NM", "m", exact(1852)), ("FL", "m", Rational(100) * foot),
      ("dm", "m", exact(1, -1)),
      ("cm", "m", exact(1, -2)), ("um", "m", exact(1, -6)), ("nm", "m", exact(1, -9)),
      ("g", "kg", exact(1, -3)), ("mg", "kg", exact(1, -6)), ("ug", "kg", exact(1, -9)),
      ("t", "kg", exact(1000)),
      ("lb", "kg", pound), ("oz", "kg", pound / Rational(16)),
      ("us", "s", exact(1, -6)), ("ns", "s", exact(1, -9)), ("min", "s", exact(60)), ("h", "s", hour),
      ("d", "s", Rational(24) * hour), ("week", "s", Rational(168) * hour),
      ("yr", "s", exact(36525, -2) * Rational(24) * hour),
      ("umol", "mol", exact(1, -6)), ("nmol", "mol", exact(1, -9)), ("uA", "A", exact(1, -6)),
      ("L", "m^3", exact(1, -3)), ("dL", "m^3", exact(1, -4)), ("cL", "m^3", exact(1, -5)),
      ("mL", "m^3", exact(1, -6)),
      ("uL", "m^3", exact(1, -9)),
      ("kt", "m/s", exact(1852) / hour), ("kn", "m/s", exact(1852) / hour), ("mph", "m/s", mile / hour),
      ("kmh", "m/s", exact(1000) / hour), ("fpm", "m/s", foot / Rational(60)),
      ("gn", "m/s^2", exact(980_665, -5)),
      ("Hz", "s^-1", .one), ("GHz", "s^-1", exact(1, 9)), ("rpm", "s^-1", Rational(1, over: 60)),
      ("bpm", "s^-1", Rational(1, over: 60)),
      ("N", "kg*m/s^2", .one), ("lbf", "kg*m/s^2", force), ("Pa", "kg/m/s^2", .one),
      ("hPa", "Pa", exact(100)),
      ("bar", "Pa", exact(100_000)), ("mbar", "Pa", exact(100)), ("atm", "Pa", exact(101_325)),
      ("psi", "Pa", force / (inch * inch)), ("mmHg", "Pa", mmHg),
      ("inHg", "Pa", mmHg * Rational(254, over: 10)),
      ("cmH2O", "Pa", exact(980_665, -4)), ("J", "N*m", .one), ("cal", "J", exact(4184, -3)),
      ("kcal", "J", exact(4184)),
      ("Wh", "J", hour), ("kWh", "J", Rational(1000) * hour), ("W", "J/s", .one), ("V", "W/A", .one),
      ("uV", "V", exact(1, -6)), ("ohm", "V/A", .one), ("C", "A*s", .one), ("Ah", "C", hour),
      ("mAh", "C", hour / Rational(1000)), ("Wb", "V*s", .one), ("T", "Wb/m^2", .one),
      ("ppm", "1", exact(1, -6)),
      ("mrad", "rad", exact(1, -3)),
    ]
    for unit in ["m", "Pa", "J", "W", "V", "ohm", "N", "Hz"] { all.append(("k" + unit, unit, exact(1000))) }
    for unit in ["Pa", "J", "W", "Hz"] { all.append(("M" + unit, unit, exact(1, 6))) }
    for unit in ["m", "s", "mol", "A", "W", "V", "T"] { all.append(("m" + unit, unit, exact(1, -3))) }
    for unit in ["m", "kg", "s", "rad", "K", "mol", "A", "cd"] { all.append((unit, unit, .one)) }
    return all
  }()

  @Test func everyUnitHasItsDefinedSize() throws {
    for (unit, base, scale) in Self.definitions {
      let found = try conditions(
        ["x >= 1 \(unit)", "x > 7.3 \(unit)", "y >= \(base == "1" ? "10 %" : "0.1 \(base)")"],
        inputs: "x : \(base)\n y : \(unit)")
      let thresholds = [scale, scale * Rational(73, over: 10), Rational(1, over: 10) / scale]
      var random = SplitMix64(seed: 1)
      for (index, (condition, threshold)) in zip(found, thresholds).enumerated() {
        for float in floats(around: threshold, using: &random) {
          let value = Rational(float)
          #expect(
            holds(condition, [float, float]) == (index == 1 ? value > threshold : value >= threshold),
            "\(unit)")
        }
      }
    }
  }

  /// A threshold whose distance from a float is below 10^-30 of it is still on its side: every digit of
  /// the units counts.
  @Test func thresholdsNextToFloatsAreOnTheirSide() throws {
    let angles = [("deg", 180), ("arcmin", 10_800), ("arcsec", 648_000)].map { unit, half in
      (unit: unit, base: "rad", scale: Self.pi.lowerBound / Rational(half))
    }
    var random = SplitMix64(seed: 12)
    for (unit, base, scale) in Self.definitions + angles where base != "1" {
      let floats = (0..<6).map { _ in anyFloat(using: &random, exponents: -3...9) }
      let below = floats.map { Decimal(roundingDown: Rational($0) / scale, digits: 40) }
      let above = below.map { Decimal(digits: 1, exponent: -40).value + $0.value }
      let texts = zip(below, above).flatMap { low, high in
        ["x >= \(low.text) \(unit)", "x >= \(Decimal(roundingDown: high, digits: 40).text) \(unit)"]
      }
      let found = try conditions(texts, inputs: "x : \(base)")
      for (index, float) in floats.enumerated() {
        #expect(holds(found[2 * index], [float]), "\(unit) at \(float)")
        #expect(!holds(found[2 * index + 1], [float]), "\(unit) at \(float)")
      }
    }
  }

  /// The table's names, read from its text: none is left untested.
  @Test func everyUnitIsTested() throws {
    let source = try String(
      contentsOfFile: packageRoot + "/Sources/SpecificationLanguage/Units/UnitTable.swift", encoding: .utf8)
    let table = source.prefix(upTo: source.range(of: "return table")?.lowerBound ?? source.endIndex)
    let names = table.matches(of: /"([A-Za-z0-9%]+)"(?::|\])/).map { String($0.1) }
    let angles: Set<String> = ["deg", "arcmin", "arcsec", "rev", "degC", "degF", "%"]
    #expect(names.count > 100)
    #expect(Set(names).subtracting(Self.definitions.map(\.unit)).subtracting(angles) == [])
  }

  /// Degrees go through pi: the neighbouring floats are decided right.
  @Test func anglesAreDecidedExactly() throws {
    let scales: [(String, Rational)] = [
      ("deg", Rational(180)), ("arcmin", Rational(10_800)), ("arcsec", Rational(648_000)),
      ("rev", Rational(1, over: 2)),
    ]
    for (unit, half) in scales {
      let counts = (-400...400).map { Rational($0 * 7, over: 8) }
      let texts = counts.map { "x >= \($0.numerator) \(unit) / \($0.denominator)" }
      let inRadians = try conditions(texts, inputs: "x : rad")
      for (count, condition) in zip(counts, inRadians) {
        let ends = [Self.pi.lowerBound, Self.pi.upperBound].map { $0 * count / half }
        expectBound(condition, ends, "\(count) \(unit)")
      }
      let inDegrees = try conditions(
        counts.map { "x >= \($0.numerator) rad / \($0.denominator)" }, inputs: "x : \(unit)")
      for (count, condition) in zip(counts, inDegrees) {
        expectBound(
          condition, [Self.pi.lowerBound, Self.pi.upperBound].map { count * half / $0 }, "\(count) rad")
      }
    }
  }

  /// The condition is `x >= bound` with the smallest float not below both ends.
  private func expectBound(_ condition: Condition, _ ends: [Rational], _ text: String) {
    guard case .atom(.atLeast(_, let bound), _) = condition else {
      Issue.record("\(text): \(condition)")
      return
    }
    #expect(ends.allSatisfy { Rational(bound) >= $0 && Rational(bound.nextDown) < $0 }, "\(text): \(bound)")
  }

  @Test func temperaturesHaveOffsets() throws {
    let texts = [
      "t >= 20 degC", "t >= -40 degF", "k >= -5 degC", "k in -10 .. 30 degC", "f >= 0 degC", "t > 300 K",
      "t >= 20 degC + 5 K", "t - f >= 5 K", "t >= min + 10 K",
    ]
    let found = try conditions(texts, inputs: "t : degC in -50 .. 100\n k : K\n f : degF")
    let at: (Int, Float, Float, Float) -> Bool = { holds(found[$0], [$1, $2, $3]) }
    #expect(at(0, 20, 0, 0) && !at(0, Float(20).nextDown, 0, 0))
    #expect(at(1, -40, 0, 0) && !at(1, Float(-40).nextDown, 0, 0))
    #expect(at(2, 0, 268.15, 0) == (Rational(Float(268.15)) >= Rational(26_815, over: 100)))
    #expect(at(3, 0, 263.2, 0) && !at(3, 0, 263.1, 0) && at(3, 0, 303.1, 0) && !at(3, 0, 303.2, 0))
    #expect(at(4, 0, 0, 32) && !at(4, 0, 0, Float(32).nextDown))
    #expect(
      at(5, 26.851, 0, 0) && !at(5, 26.85, 0, 0) == (Rational(Float(26.85)) <= Rational(2685, over: 100)))
    #expect(at(6, 25, 0, 0) && !at(6, Float(25).nextDown, 0, 0))
    // 50 degF are 10 degC.
    #expect(at(7, 15, 0, 50) && !at(7, Float(15).nextDown, 0, 50))
    #expect(at(8, -40, 0, 0) && !at(8, Float(-40).nextDown, 0, 0))
  }

  /// Beside an input in `%` a number needs its unit, for 50 could be 50 % or 5,000 %.
  @Test func plainNumbersAreNoPercentages() throws {
    let found = try conditions(
      ["p >= 50 %", "p in 5 .. 50 %", "p > 0", "p < r", "r < 0.5", "r < 50 %"], inputs: "p : %\n r : 1")
    #expect(holds(found[0], [50, 0]) && !holds(found[0], [49, 0]))
    #expect(holds(found[1], [5, 0]) && holds(found[1], [50, 0]) && !holds(found[1], [4, 0]))
    #expect(holds(found[2], [1, 0]) && holds(found[3], [49, 0.5]) && !holds(found[3], [50, 0.5]))
    #expect(holds(found[4], [0, 0.25]) && holds(found[5], [0, 0.25]) && !holds(found[5], [0, 0.5]))
    for wrong in ["p >= 50", "5 < p", "p in 5 .. 50", "p not in 0 .. 1/2", "2 * p + r >= 1"] {
      #expect(throws: DiagnosticSet.self) { try conditions([wrong], inputs: "p : %\n r : 1") }
    }
  }

  @Test func declaredUnits() throws {
    let texts = ["x >= 2 furlong", "b >= 3 beat", "b / 60 beat >= 2", "x >= 1 furlong^2/ft", "p >= 50 %"]
    let found = try conditions(
      texts, inputs: "x : m\n b : beat\n p : %",
      declarations: "unit furlong = 660 ft\nunit beat\nunit dozen = 12 beat")
    let furlong = Rational(660) * Rational(3048, over: 10_000)
    var random = SplitMix64(seed: 3)
    for (index, input, threshold) in [
      (0, 0, Rational(2) * furlong), (1, 1, Rational(3)), (2, 1, Rational(120)),
      (3, 0, furlong * furlong * Rational(10_000, over: 3048)), (4, 2, Rational(50)),
    ] {
      for float in floats(around: threshold, using: &random) {
        var inputs: [Float] = [0, 0, 0]
        inputs[input] = float
        #expect(holds(found[index], inputs) == (Rational(float) >= threshold), "\(texts[index]) at \(float)")
      }
    }
  }
}
