import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// A specification over two inputs and three outputs with the given members.
private func specText(
  _ members: String, abstains: Bool = false, networks: String = "network Net : I from \"a\""
) -> String {
  """
  ordain 1
  spec "test" 1.0.0
  interface I {
    inputs {
      x : ft in 0 .. 100
      y : ft in 0 .. 100
    }
    outputs { a, b, c choose highest \(abstains ? "abstain when conflict" : "") }
  }
  \(networks)
  \(members)
  """
}

private func codes(_ compiled: CompiledSpec) -> [DiagnosticCode] {
  compiled.diagnostics.diagnostics.map(\.code)
}

@Test func acasXuIsConflictFreeAndFast() throws {
  let source = try SourceFile(path: packageRoot + "/Specs/acasxu/acasxu.ordain")
  var diagnostics = DiagnosticSet()
  let spec = try check(parse(source, reportingTo: &diagnostics), reportingTo: &diagnostics)
  var analysis: SpecAnalysis?
  let time = ContinuousClock().measure { analysis = analyse(spec, reportingTo: &diagnostics) }
  let networks = try #require(analysis).networks
  #expect(diagnostics.diagnostics.isEmpty, "\(diagnostics.text)")
  #expect(networks.count == 45)
  #expect(networks.allSatisfy { $0.table != nil })
  // N[1,1]: p3, p4, p5 and p6 are pairwise disjoint: four rows and the empty one.
  #expect(networks[0].table?.rows.map(\.activation.active) == [[], [0], [1], [2], [3]])
  #expect(networks[0].table?.rows[0].disjuncts.count == 1)
  #expect(time < .seconds(5), "\(time)")
}

/// Regression: the pleasant point (0, 0) shows the conflict for another reason than the region's constraint.
@Test func theExampleLiesInTheRegion() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when x + y >= 150 ft or x <= 1 ft then choose a }
      enforce p2 { when true then choose b }
      """))
  let conflict = try #require(compiled.analysis.conflicts.first)
  guard case .floats(let point) = conflict.example.point else {
    Issue.record("\(conflict.example)")
    return
  }
  if conflict.region.constraints.isEmpty {
    #expect(point[0] <= 1)
  } else {
    #expect(conflict.region.constraints == ["x + y >= 150 ft"])
    #expect(point[0] + point[1] >= 150)
  }
}

@Test func aConflictIsReportedOnceWithRegionAndReplayedExample() throws {
  let text = specText(
    """
    enforce p1 { when x >= 10 ft and x <= 40 ft then choose a }
    enforce p2 { when x >= 30 ft and y <= 20 ft then b above a }
    enforce p3 { when y >= 15 ft then a above c }
    """, networks: "networks N[k: 1..4] : I from \"n{k}\"")
  let compiled = try CompiledSpec(text)
  #expect(codes(compiled) == [.conflict])
  let conflict = try #require(compiled.analysis.conflicts.first)
  #expect(compiled.analysis.conflicts.count == 1)
  #expect(conflict.properties == [0, 1])
  #expect(conflict.networks == ["N[1]", "N[2]", "N[3]", "N[4]"])
  #expect(!conflict.occursElsewhere)
  #expect(conflict.region.text(in: compiled.spec.interfaces[0]) == "x in 30 .. 40 ft, y in 0 .. 20 ft")
  guard case .floats(let point) = conflict.example.point else {
    Issue.record("\(conflict.example)")
    return
  }
  // Replayed here once more, by hand.
  #expect(point[0] >= 30 && point[0] <= 40 && point[1] >= 0 && point[1] <= 20)
  #expect(conflict.example.rawChoice == nil)
  #expect(compiled.analysis.networks.allSatisfy { $0.table == nil })
  let diagnostic = compiled.diagnostics.diagnostics[0]
  #expect(diagnostic.severity == .error)
  #expect(diagnostic.problem.hasPrefix("`p1` and `p2` conflict on `N[1]` and 3 more"))
  #expect(diagnostic.notes.map(\.message).contains("where x in 30 .. 40 ft, y in 0 .. 20 ft"))
}

@Test func abstainWhenConflictMakesTheConflictANote() throws {
  let text = specText(
    "enforce p1 { when x >= 10 ft then choose a }\nenforce p2 { when y >= 10 ft then choose b }",
    abstains: true)
  let compiled = try CompiledSpec(text)
  #expect(codes(compiled) == [.conflict])
  #expect(compiled.diagnostics.diagnostics[0].severity == .note)
  let layer = try #require(compiled.layer)
  #expect(layer.decide(input: [50, 50], rawScores: [1, 2, 3]).status == .abstained(.conflict))
  #expect(layer.decide(input: [50, 0], rawScores: [1, 2, 3]).choice == 0)
}

/// Three properties of which any two agree.
@Test func aMinimalConflictCanHaveThreeMembers() throws {
  let text = specText(
    """
    enforce p1 { when x >= 10 ft then a above b }
    enforce p2 { when x >= 20 ft then b above c }
    enforce p3 { when x >= 30 ft then c above a }
    enforce p4 { when true then a above c or c above a }
    """)
  let compiled = try CompiledSpec(text)
  #expect(compiled.analysis.conflicts.map(\.properties) == [[0, 1, 2]])
}

@Test func aPostThatContradictsItselfIsAConflictOfOne() throws {
  let compiled = try CompiledSpec(
    specText("enforce p1 { when x >= 10 ft then a above b and b above c and c above a }"))
  #expect(codes(compiled) == [.conflict])
  #expect(compiled.analysis.conflicts.map(\.properties) == [[0]])
  #expect(
    compiled.diagnostics.diagnostics[0].problem == "no order of the outputs satisfies `p1` on `Net`")
}

@Test func conditionsThatNeverOrAlwaysHoldAreReported() throws {
  let never = try CompiledSpec(specText("enforce p1 { when x >= 60 ft and x <= 50 ft then choose a }"))
  #expect(codes(never) == [.conditionNeverHolds])
  #expect(never.layer == nil)
  let always = try CompiledSpec(specText("enforce p1 { when x + y >= 0 ft then choose a }"))
  #expect(codes(always) == [.conditionAlwaysHolds])
  #expect(always.layer != nil)
  let literal = try CompiledSpec(specText("enforce p1 { when true then choose a }"))
  #expect(codes(literal).isEmpty)
}

@Test func aPropertyThatIsAlwaysOverriddenIsReported() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when x >= 10 ft then choose a }
      enforce p2 { when x >= 20 ft then choose b }
      p1 overrides p2
      """))
  #expect(codes(compiled) == [.alwaysOverridden])
  #expect(compiled.layer?.table.rows.map(\.activation.active) == [[], [0]])
}

@Test func overridingResolvesAConflict() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when x >= 10 ft and x <= 30 ft then choose a }
      enforce p2 { when x >= 20 ft then choose b }
      p1 overrides p2
      """))
  #expect(codes(compiled).isEmpty, "\(compiled.diagnostics.text)")
  let layer = try #require(compiled.layer)
  #expect(layer.decide(input: [25, 0], rawScores: [1, 2, 3]).choice == 0)
  #expect(layer.decide(input: [31, 0], rawScores: [1, 2, 3]).choice == 1)
}

@Test func tooManyRowsNameWhatOverlaps() throws {
  let members =
    (0..<6).map { "enforce p\($0) { when x >= \(10 * $0 + 5) ft then a above b }" }
    + (0..<6).map { "enforce q\($0) { when y >= \(10 * $0 + 5) ft then b above c }" }
  let compiled = try CompiledSpec(
    specText(members.joined(separator: "\n")), options: AnalysisOptions(maxRows: 10))
  #expect(codes(compiled) == [.tooManyRows])
  #expect(compiled.layer == nil)
  #expect(compiled.diagnostics.diagnostics[0].problem.contains("more than 10 combinations"))
  let unlimited = try CompiledSpec(specText(members.joined(separator: "\n")))
  #expect(unlimited.layer?.table.rows.count == 49)
}

@Test func tooManyDisjunctsNameTheProperties() throws {
  let members =
    "enforce p1 { when true then a above b or b above a }\n"
    + "enforce p2 { when x >= 1 ft then b above c or c above b }"
  let compiled = try CompiledSpec(specText(members), options: AnalysisOptions(maxDisjuncts: 3))
  #expect(codes(compiled) == [.tooManyDisjuncts])
  #expect(compiled.diagnostics.diagnostics[0].problem.hasPrefix("`p1` and `p2` together"))
}

/// Between 10 and the float above it lies nothing: no row for "neither".
@Test func gapsBetweenFloatsAreNoRegion() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when x <= 10 ft then choose a }
      enforce p2 { when x > 10 ft then choose b }
      """))
  #expect(compiled.layer?.table.rows.map(\.activation.active) == [[0], [1]])
}

@Test func aConflictOnALineIsReplayedOnFloats() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when 3 * x - y >= 7 ft then choose a }
      enforce p2 { when 3 * x - y <= 7 ft and x >= 5 ft and y <= 20 ft then choose b }
      """))
  let conflict = try #require(compiled.analysis.conflicts.first)
  guard case .floats(let point) = conflict.example.point else {
    Issue.record("\(conflict.example)")
    return
  }
  #expect(Rational(3) * Rational(point[0]) - Rational(point[1]) == Rational(7))
}

/// `3 x == 1` has a rational solution and no binary32 one: the text says so.
@Test func aConflictWithoutFloatsIsLabelled() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when 3 * x + 3 * y >= 1 ft and x <= 0.1 ft and y <= 0 ft then choose a }
      enforce p2 { when 3 * x + 3 * y <= 1 ft and x >= 0 ft then choose b }
      enforce p3 { when 3 * x + 0.000001 * y == 1 ft and y <= 0 ft then choose c }
      """))
  #expect(codes(compiled).contains(.conditionNeverHolds))
  let exact = try CompiledSpec(
    specText(
      """
      enforce p2 { when 3 * x + 3 * y >= 1 ft and y <= 0 ft and x <= 0.4 ft then choose b }
      enforce p3 { when 3 * x + 3 * y <= 1 ft then choose c }
      """))
  let conflict = try #require(exact.analysis.conflicts.first)
  guard case .rationals(let point) = conflict.example.point else {
    Issue.record("\(conflict.example)")
    return
  }
  #expect(point == [Rational(1, over: 3), .zero])
  #expect(
    conflict.example.text(in: exact.spec.interfaces[0])
      == "x: 1/3 ft, y: 0 ft (exact; no binary32 input was found nearby)")
}

@Test func anOutputDependentConflictNamesARawChoice() throws {
  let compiled = try CompiledSpec(
    specText(
      """
      enforce p1 { when raw choice in { a, b } and x >= 10 ft then choose c }
      enforce p2 { when raw choice in { b, c } then choose a }
      """))
  let conflict = try #require(compiled.analysis.conflicts.first)
  #expect(conflict.example.rawChoice == 1)
  #expect(conflict.region.rawChoices == [1])
  #expect(conflict.example.text(in: compiled.spec.interfaces[0]).contains("raw choice b (not known"))
}

/// What the solver can't decide in time is undecided and gives no table: here the condition says that 13
/// pigeons sit in 12 holes.
@Test func aTimeoutIsUndecidedAndGivesNoTable() throws {
  let (pigeons, holes) = (13, 12)
  func sits(_ pigeon: Int, _ hole: Int) -> String { "x[\(pigeon * holes + hole)] >= 1" }
  var clauses = (0..<pigeons).map { pigeon in
    "(" + (0..<holes).map { sits(pigeon, $0) }.joined(separator: " or ") + ")"
  }
  for hole in 0..<holes {
    for a in 0..<pigeons {
      for b in a + 1..<pigeons { clauses.append("not (\(sits(a, hole)) and \(sits(b, hole)))") }
    }
  }
  let compiled = try CompiledSpec(
    """
    ordain 1
    spec "test" 1.0.0
    interface I {
      inputs {
        x[\(pigeons * holes)] : 1 in 0 .. 1
      }
      outputs { a, b choose highest }
    }
    network Net : I from "a"
    enforce p1 { when \(clauses.joined(separator: " and ")) then choose a }
    """, options: AnalysisOptions(timeoutMilliseconds: 100))
  #expect(codes(compiled) == [.analysisUndecided])
  #expect(compiled.diagnostics.diagnostics[0].severity == .undecided)
  #expect(compiled.diagnostics.containsUndecided)
  #expect(compiled.layer == nil)
}

/// What is shown as an example is one of the region that is shown with it.
@Test func everyConflictExampleLiesInItsRegion() throws {
  var (conflicts, intervals, constraints, choices) = (0, 0, 0, 0)
  for seed in UInt64(0)..<400 {
    var generator = SpecGenerator(seed: 140_000 + seed)
    let spec = generator.spec(propertyCount: 4)
    for conflict in try CompiledSpec(spec.source).analysis.conflicts {
      let region = conflict.region
      let point: [Rational] =
        switch conflict.example.point {
        case .floats(let floats): floats.map { Rational($0) }
        case .rationals(let values): values
        }
      for interval in region.intervals {
        let range = Rational(interval.lowest)...Rational(interval.highest)
        #expect(range.contains(point[interval.input]), "\(conflict)\n\(spec)")
      }
      #expect(region.inequalities.count == region.constraints.count)
      for inequality in region.inequalities {
        let sum = inequality.terms.reduce(Rational.zero) { $0 + $1.coefficient * point[$1.input] }
        let isTrue = inequality.isStrict ? sum > inequality.bound : sum >= inequality.bound
        #expect(isTrue, "\(conflict)\n\(spec)")
      }
      if let allowed = region.rawChoices {
        let rawChoice = try #require(conflict.example.rawChoice, "\(conflict)\n\(spec)")
        #expect(allowed.contains(rawChoice), "\(conflict)\n\(spec)")
        choices += 1
      }
      conflicts += 1
      intervals += region.intervals.count
      constraints += region.constraints.count
    }
  }
  #expect(
    conflicts >= 100 && intervals >= 50 && constraints >= 20 && choices >= 20,
    "\(conflicts) \(intervals) \(constraints) \(choices)")
}

/// Every conflict of the generated specifications, replayed by the oracle.
@Test func everyConflictExampleReplays() throws {
  var replayed = 0
  for seed in UInt64(0)..<240 {
    var generator = SpecGenerator(seed: seed)
    let spec = generator.spec()
    let compiled = try CompiledSpec(spec.source)
    let oracle = Oracle(spec)
    for conflict in compiled.analysis.conflicts {
      guard case .floats(let point) = conflict.example.point else { continue }
      // Scores that have the raw choice: any strict ranking will do.
      var scores = [Float](repeating: 0, count: spec.outputCount)
      scores[conflict.example.rawChoice ?? 0] = spec.choosesHighest ? 1 : -1
      let active = oracle.activeProperties(for: point, rawScores: scores)
      #expect(Set(active).isSuperset(of: conflict.properties), "\(conflict)\n\(spec)")
      #expect(oracle.safeOrders(of: conflict.properties).isEmpty, "\(conflict)\n\(spec)")
      for left in conflict.properties {
        let fewer = conflict.properties.filter { $0 != left }
        #expect(!oracle.safeOrders(of: fewer).isEmpty, "not minimal: \(conflict)\n\(spec)")
      }
      replayed += 1
    }
  }
  #expect(replayed >= 20)
}
