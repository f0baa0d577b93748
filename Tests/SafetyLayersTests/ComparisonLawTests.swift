import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// Comparisons of generated specifications with changed ones, against brute force.
@Suite struct ComparisonLawTests {
  /// How the two specifications are written.
  enum Variant: CaseIterable {
    case enforce
    /// All properties are `verify`: about raw scores, and nothing overrides them.
    case verify
    /// The old one's inputs are in metres, the new one's in feet: no threshold is a float in both.
    case otherUnit
  }

  @Test(arguments: Variant.allCases)
  func agreeWithSamples(_ variant: Variant) throws {
    var wholes: [Verdict: Int] = [:]
    var own: [Verdict: Int] = [:]
    var compared = 0
    // 670: the example lay beside the region that was shown.
    for seed in Array(0..<UInt64(sampleCount(240, full: 3000))) + [670] {
      var generator = SpecGenerator(seed: seed)
      let old = variant.adapted(generator.spec(outputCount: seed % 3 == 0 ? 3 : 4))
      var new = old
      var keepsTheMeaning = true
      for round in 0...(seed % 3) {
        let change = SpecChange.allCases[Int((seed + 5 * round) % UInt64(SpecChange.allCases.count))]
        keepsTheMeaning = keepsTheMeaning && change.keepsTheMeaning(of: new)
        new = generator.changed(new, by: change)
      }
      new = variant.adapted(new)
      guard let before = try checked(variant.text(old, unit: "m")),
        let after = try checked(variant.text(new, unit: "ft"))
      else { continue }
      let law = ComparisonLaw(compare(before, after), old, new, variant, seed: seed)
      law.check()
      if keepsTheMeaning { #expect(law.whole == .equal, "seed \(seed)") }
      compared += 1
      wholes[law.whole, default: 0] += 1
      for property in law.comparison.properties { own[property.verdict, default: 0] += 1 }
    }
    #expect(compared >= 200, "\(compared)")
    #expect(wholes[.undecided] == nil && own[.undecided] == nil)
    for verdict in Verdict.allCases where verdict != .undecided {
      #expect(wholes[verdict, default: 0] >= 10, "\(verdict): \(wholes)")
      #expect(own[verdict, default: 0] >= 10, "\(verdict): \(own)")
    }
  }

  /// `nil` if a post contradicts itself.
  private func checked(_ text: String) throws -> CheckedSpec? {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "test.ordain", text: text), reportingTo: &diagnostics)
    do throws(DiagnosticSet) {
      return try SpecificationLanguage.check(syntax, reportingTo: &diagnostics)
    } catch {
      let codes = Set(error.diagnostics.filter { $0.severity == .error }.map(\.code))
      #expect(codes == [.contradictoryPost], "\(error.text)")
      return nil
    }
  }
}

extension ComparisonLawTests.Variant {
  func adapted(_ spec: GeneratedSpec) -> GeneratedSpec {
    var adapted = spec
    if self == .verify {
      for index in spec.properties.indices { adapted.properties[index].overriders = [] }
    }
    return adapted
  }

  /// - Parameter unit: of the inputs, where they have one; thresholds are in metres in any case.
  func text(_ spec: GeneratedSpec, unit: String) -> String {
    switch self {
    case .enforce: spec.text
    case .verify: spec.text.replacing("enforce ", with: "verify ")
    case .otherUnit:
      spec.text.replacing(/-?\d+\.\d{3}/) { "\($0.0) m" }
        .replacing(" : 1 in -4 .. 4", with: " : \(unit) in -4 .. 4 m")
    }
  }
}

/// One comparison against the sampler.
private struct ComparisonLaw {
  let comparison: SpecComparison
  let old: GeneratedSpec
  let new: GeneratedSpec
  let variant: ComparisonLawTests.Variant
  let sampler: SpecificationSampler
  let points: [[Rational]]
  let seed: UInt64

  init(
    _ comparison: SpecComparison, _ old: GeneratedSpec, _ new: GeneratedSpec,
    _ variant: ComparisonLawTests.Variant, seed: UInt64
  ) {
    self.comparison = comparison
    self.old = old
    self.new = new
    self.variant = variant
    self.seed = seed
    sampler = SpecificationSampler(old, new, isAboutRawScores: variant == .verify)
    points = sampler.points(200, seed: seed)
  }

  /// What all properties together became; changes of the interface aside.
  var whole: Verdict {
    let network = comparison.networks[0]
    let isTightened = network.tightened.contains { $0.separation != nil }
    if network.losses.contains(where: \.answer.isUndecided)
      || network.tightened.contains(where: \.isUndecided)
    {
      return .undecided
    }
    switch (network.isLoosened, isTightened) {
    case (false, false): return .equal
    case (true, false): return .weaker
    case (false, true): return .stronger
    case (true, true): return .incomparable
    }
  }

  func check() {
    let (before, after) = (Array(old.properties.indices), Array(new.properties.indices))
    for property in comparison.properties {
      let oldPlace = before.filter { old.name($0) == property.name }
      let newPlace = after.filter { new.name($0) == property.name }
      #expect((property.old == nil) == oldPlace.isEmpty && (property.new == nil) == newPlace.isEmpty)
      compare(property.loosened, allowedBy: .new, newPlace, forbiddenBy: .old, oldPlace)
      compare(property.tightened, allowedBy: .old, oldPlace, forbiddenBy: .new, newPlace)
    }
    let network = comparison.networks[0]
    for place in before {
      let loss = network.losses.first { $0.property == old.name(place) }?.answer ?? .none
      compare(loss, allowedBy: .new, after, forbiddenBy: .old, [place])
    }
    compare(network.tightened.first ?? .none, allowedBy: .old, before, forbiddenBy: .new, after)
  }

  /// What is found is so; what is not found, no sample shows.
  private func compare(
    _ answer: Separation.Answer, allowedBy side: SpecificationSampler.Side, _ allowing: [Int],
    forbiddenBy other: SpecificationSampler.Side, _ forbidding: [Int]
  ) {
    switch answer {
    case .undecided(let reason): Issue.record("undecided (\(reason)) for \(text)")
    case .none:
      let isFound = sampler.findsSeparation(
        in: points, allowedBy: side, allowing, forbiddenBy: other, forbidding)
      #expect(!isFound, "a sample shows what was not found for \(text)")
    case .found(let separation):
      for (point, choice) in shownPoints(of: separation) {
        let isSo = sampler.separates(
          goodness(separation.scores), at: point, rawChoice: choice, allowedBy: side, allowing,
          forbiddenBy: other, forbidding)
        #expect(isSo, "\(separation.regionText), \(separation.exampleText) at \(point) for \(text)")
      }
    }
  }

  /// The example with every raw choice that it leaves open, and the corners and some inner points of the region.
  private func shownPoints(of separation: Separation) -> [(point: [Rational], rawChoice: Int)] {
    var points: [[Rational]]
    switch separation.example.point {
    case .floats(let floats): points = [floats.map { Rational($0) }]
    case .rationals(let values): points = [values]
    }
    if separation.region.constraints.isEmpty {
      var random = SplitMix64(seed: seed)
      for round in 0..<12 {
        var point = separation.interface.inputs.map {
          Rational(Bool.random(using: &random) ? $0.lowest : $0.highest)
        }
        for interval in separation.region.intervals {
          let ends = [interval.lowest, interval.highest]
          let value =
            round < 4
            ? Float.random(in: interval.lowest...interval.highest, using: &random)
            : ends.randomElement(using: &random) ?? interval.lowest
          point[interval.input] = Rational(value)
        }
        points.append(point)
      }
    }
    for point in points {
      #expect(
        zip(point, separation.interface.inputs).allSatisfy {
          $0 >= Rational($1.lowest) && $0 <= Rational($1.highest)
        })
    }
    if variant == .otherUnit { points = points.map { $0.map { $0 * Rational(3048, over: 10000) } } }
    let choices: [Int]
    if variant == .verify {
      choices = [sampler.choice(ofGoodness: goodness(separation.scores))]
    } else if let choice = separation.example.rawChoice {
      choices = separation.region.rawChoices ?? [choice]
      #expect(choices.contains(choice))
    } else {
      choices = Array(0..<old.outputCount)
    }
    return points.flatMap { point in choices.map { (point, $0) } }
  }

  private func goodness(_ scores: [Rational]) -> [Int] {
    let ascending = Set(scores).sorted()
    return scores.map { score in
      let rank = ascending.firstIndex(of: score) ?? 0
      return old.choosesHighest ? rank : -rank
    }
  }

  private var text: String {
    "seed \(seed), \(variant):\n\(variant.text(old, unit: "m"))\n\(variant.text(new, unit: "ft"))"
  }
}
