import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// The advice about properties, against brute force over all weak orders.
@Suite struct RedundancyLaws {
  static let specCount = UInt64(sampleCount(400, full: 4_000))

  private static func named(_ code: DiagnosticCode, _ compiled: CompiledSpec) -> Set<Int> {
    Set(
      compiled.spec.properties.indices.filter { index in
        compiled.diagnostics.diagnostics.contains {
          $0.code == code && $0.problem.hasPrefix("`\(compiled.spec.properties[index].name)` ")
        }
      })
  }

  /// Random properties, and now and then one that two others make superfluous only together, or one that
  /// demands nothing: chance brings these too seldom.
  private static func generated(_ seed: UInt64) -> GeneratedSpec {
    var generator = SpecGenerator(seed: 70_000 + seed)
    var spec = generator.spec(outputCount: seed % 3 == 0 ? 2 : 3, propertyCount: 5)
    func add(_ condition: GeneratedCondition, _ post: GeneratedPost) {
      var property = spec.properties[0]
      (property.condition, property.post, property.overriders) = (condition, post, [])
      spec.properties.append(property)
    }
    if seed % 4 == 1 {
      let both = GeneratedCondition.all(spec.properties.prefix(2).map(\.condition))
      let holds = (0..<60).contains { _ in
        Oracle.holds(both, of: generator.point(inputs: spec.inputCount), rawChoice: 0)
      }
      if holds {
        let post = GeneratedPost.all(spec.properties.prefix(2).map(\.post))
        add(both, post)
      }
    }
    if seed % 8 == 2 {
      let any = GeneratedPost.chooseOneOf(Array(0..<spec.outputCount))
      add(.always, any)
    }
    return spec
  }

  @Test(arguments: 0..<4) func adviceIsWhatBruteForceSays(part: UInt64) throws {
    var (subsumed, redundant, tautologies) = (0, 0, 0)
    for seed in part * Self.specCount / 4..<(part + 1) * Self.specCount / 4 {
      let generated = Self.generated(seed)
      let compiled = try CompiledSpec(generated.source)
      let layer = try #require(compiled.layer, "\(generated)\(compiled.diagnostics.text)")
      let oracle = Oracle(generated)
      let orders = weakOrders(of: generated.outputCount).map { oracle.goodness($0.map(Float.init)) }
      func satisfying(_ set: [Int]) -> [[Int]] { orders.filter { oracle.holds(set, ofGoodness: $0) } }

      let empty = generated.properties.indices.filter { index in
        !orders.contains { !oracle.holds([index], ofGoodness: $0) }
      }
      #expect(Self.named(.tautologicalPost, compiled) == Set(empty), "\(generated)")

      let superfluous = Self.named(.subsumedProperty, compiled).union(
        Self.named(.redundantProperty, compiled))
      let sets = layer.table.rows.map(\.activation.active)
      for set in sets {
        let rest = set.filter { !superfluous.contains($0) }
        #expect(satisfying(set) == satisfying(rest), "removing \(superfluous) from \(set)\n\(generated)")
      }
      // What overrides, what demands nothing and what contradicts itself is not looked at; nor is it a reason.
      let contradictory = generated.properties.indices.filter { satisfying([$0]).isEmpty }
      let overriding = Set(generated.properties.flatMap(\.overriders))
      for property in generated.properties.indices
      where !superfluous.contains(property) && !overriding.contains(property) && !empty.contains(property)
        && !contradictory.contains(property)
      {
        let own = sets.filter { $0.contains(property) }
        let isNeeded = own.contains { set in
          let others = set.filter {
            $0 != property && !superfluous.contains($0) && !empty.contains($0) && !contradictory.contains($0)
          }
          return satisfying(others) != satisfying(others + [property])
        }
        let isVacuous = own.allSatisfy { set in
          satisfying(set.filter { $0 != property && !superfluous.contains($0) }).isEmpty
        }
        #expect(isNeeded || isVacuous, "p\(property) is needed nowhere\n\(generated)")
      }
      subsumed += Self.named(.subsumedProperty, compiled).count
      redundant += Self.named(.redundantProperty, compiled).count
      tautologies += empty.count
    }
    #expect(
      subsumed >= 10 && redundant >= 3 && tautologies >= 10, "\(subsumed) \(redundant) \(tautologies)")
  }

  /// The input that a note shows, and its raw choice: what it does not name is 0.
  private static func shown(_ text: String, inputCount: Int) throws -> (point: [Rational], rawChoice: Int) {
    let isExact = text.contains(" (exact;")
    let parts = text.replacing(" (exact; no binary32 input was found nearby)", with: "").split(
      separator: "; ")
    var point = [Rational](repeating: .zero, count: inputCount)
    var rawChoice = 0
    for part in parts {
      if part.hasPrefix("raw choice o") {
        rawChoice = try #require(Int(part.dropFirst("raw choice o".count).prefix { $0.isNumber }))
      } else if part != "any input" {
        for value in part.split(separator: ", ") {
          let words = value.split(separator: ": ")
          let input = try #require(Int(words[0].dropFirst()))
          let fraction = try words[1].split(separator: "/").map { number in
            isExact ? try #require(Rational(decimal: number)) : Rational(try #require(Float(number)))
          }
          point[input] = fraction.count == 2 ? fraction[0] / fraction[1] : fraction[0]
        }
      }
    }
    return (point, rawChoice)
  }

  private static func active(_ spec: GeneratedSpec, _ point: [Rational], _ rawChoice: Int) -> [Int] {
    let holds = spec.properties.map { Oracle.holds($0.condition, of: point, rawChoice: rawChoice) }
    return spec.properties.indices.filter { index in
      holds[index] && !spec.properties[index].overriders.contains { holds[$0] }
    }
  }

  /// What is printed as uncovered is so by the oracle; where nothing is printed, no sampled input is.
  @Test func uncoveredInputsReplay() throws {
    var (shown, covered) = (0, 0)
    for seed in UInt64(0)..<200 {
      var generator = SpecGenerator(seed: 90_000 + seed)
      let generated = generator.spec()
      let compiled = try CompiledSpec(generated.source, options: AnalysisOptions(coverage: true))
      let diagnostic = compiled.diagnostics.diagnostics.first { $0.code == .uncoveredDomain }
      if let diagnostic {
        shown += 1
        let prefix = "for example at "
        let note = try #require(diagnostic.notes.map(\.message).first { $0.hasPrefix(prefix) })
        let (point, rawChoice) = try Self.shown(
          String(note.dropFirst(prefix.count)), inputCount: generated.inputCount)
        #expect(point.allSatisfy { $0 >= Rational(-4) && $0 <= Rational(4) }, "\(note)")
        #expect(Self.active(generated, point, rawChoice).isEmpty, "\(note)\n\(generated)")
      } else {
        covered += 1
        for sample in 0..<300 {
          let point = generator.point(inputs: generated.inputCount).map { Rational($0) }
          let active = Self.active(generated, point, sample % generated.outputCount)
          #expect(!active.isEmpty, "\(point)\n\(generated)")
        }
      }
    }
    #expect(shown >= 40 && covered >= 10, "\(shown) \(covered)")
  }
}
