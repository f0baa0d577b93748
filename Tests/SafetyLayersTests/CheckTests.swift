import Diagnostics
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// What is said about specifications that can be compiled but are probably not meant.
@Suite struct CheckTests {
  private static func compiled(
    _ members: String, clauses: String = "", networks: String = "network Net : I from \"a\"",
    coverage: Bool = false
  ) throws -> CompiledSpec {
    try CompiledSpec(
      """
      ordain 1
      spec "test" 1.0.0
      interface I {
        inputs {
          x : ft in 0 .. 100
          y : ft in 0 .. 100
        }
        outputs { a, b, c choose highest \(clauses) }
      }
      \(networks)
      \(members)
      """, options: AnalysisOptions(coverage: coverage))
  }

  private static func problems(_ compiled: CompiledSpec) -> [String] {
    compiled.diagnostics.diagnostics.map { "\($0.code.rawValue) \($0.problem)" }
  }

  @Test(arguments: [
    "choose one of { a, b, c }", "a above b or choose a or b or c", "not never choose a, b, c",
    "a above b or b above a or choose one of { a, b, c }",
  ])
  func tautologies(post: String) throws {
    let said = Self.problems(try Self.compiled("enforce p { when x >= 1 ft then \(post) }"))
    #expect(said == ["ORD0808 `p` demands nothing: every order of the outputs satisfies it"])
  }

  /// To forbid ties is a demand.
  @Test(arguments: [
    "a in top 2", "a above b or b above c", "never choose a", "choose one of { a, b }",
    "a above b or (b above a and c above a)", "a above b or b above a", "a above b or not a above b",
  ])
  func whatCanBeViolatedIsNoTautology(post: String) throws {
    let said = Self.problems(try Self.compiled("enforce p { when x >= 1 ft then \(post) }"))
    #expect(said.isEmpty, "\(said)")
  }

  @Test func theWeakerOfTwoIsSubsumedOnAllItsNetworks() throws {
    let members = """
      enforce weak on N[1..3] { when x in 10 .. 20 ft then never choose b }
      enforce strong on N[*] { when x in 5 .. 30 ft then choose a }
      """
    let networks = "networks N[k: 1..4] : I from \"n{k}\""
    let said = Self.problems(try Self.compiled(members, networks: networks))
    #expect(
      said == [
        "ORD0809 `weak` is subsumed on `N[1]` and 2 more: wherever it applies, `strong` applies too and "
          + "demands as much"
      ])
    // Where `strong` is not enforced, `weak` is needed.
    let partly = members.replacing("strong on N[*]", with: "strong on N[2..4]")
    #expect(Self.problems(try Self.compiled(partly, networks: networks)).isEmpty)
    // What overrides something does more than its post.
    let overriding = members + "\nenforce third on N[1] { when x in 15 .. 40 ft then a above b }\n"
    let said2 = Self.problems(
      try Self.compiled(overriding + "weak overrides third", networks: networks))
    #expect(!said2.contains { $0.contains("`weak` is subsumed") }, "\(said2)")
  }

  @Test func ofEqualPropertiesTheLaterAreReported() throws {
    let said = Self.problems(
      try Self.compiled(
        """
        enforce p { when x >= 1 ft then choose a }
        enforce q { when x >= 1 ft then never choose b, c }
        enforce r { when x > 1 ft or x == 1 ft then choose one of { a } }
        """))
    #expect(said.map { $0.prefix(11) } == ["ORD0809 `q`", "ORD0809 `r`"])
    #expect(said.allSatisfy { $0.contains("`p` applies too") })
  }

  @Test func twoPropertiesMakeAThirdRedundant() throws {
    let members = """
      enforce p { when x >= 10 ft then a above b }
      enforce q { when x <= 50 ft then b above c }
      enforce r { when x in 20 .. 30 ft then a above c }
      """
    let said = Self.problems(try Self.compiled(members))
    #expect(
      said == [
        "ORD0810 `r` is redundant on `Net`: wherever it applies, `p` and `q` demand as much together"
      ])
    let wider = members.replacing("x in 20 .. 30 ft", with: "x in 5 .. 30 ft")
    #expect(Self.problems(try Self.compiled(wider)).isEmpty)
  }

  /// Where the others contradict each other, they do not make a property redundant.
  @Test func aConflictOfOthersMakesNothingRedundant() throws {
    let said = Self.problems(
      try Self.compiled(
        """
        enforce p { when x >= 10 ft then choose a }
        enforce q { when x >= 10 ft then choose b }
        enforce r { when x >= 20 ft then c above a }
        """, clauses: "abstain when conflict"))
    #expect(said.filter { !$0.hasPrefix("ORD0801") } == [])
  }

  @Test func overridesOfDisjointConditionsAreUseless() throws {
    let members = """
      enforce p { when x >= 60 ft then choose a }
      enforce q { when x <= 40 ft then choose b }
      enforce r { when x <= 70 ft and x >= 50 ft then choose c }
      p overrides q
      p overrides r
      """
    let compiled = try Self.compiled(members)
    #expect(
      Self.problems(compiled) == [
        "ORD0811 `p` overrides `q` to no effect: their conditions never hold together in the inputs' domains"
      ])
    guard case .source(let range) = compiled.diagnostics.diagnostics[0].location else {
      Issue.record("no place")
      return
    }
    #expect(range.text == "q" && range.line == 14)
    // One statement for many pairs is useful if one of them is.
    let family = """
      for k in { 10, 20, 30 } { enforce low { when x in k * 1 ft .. (k + 5) * 1 ft then choose a } }
      enforce high { when x in 32 .. 40 ft then choose b }
      high overrides low
      """
    #expect(Self.problems(try Self.compiled(family)).isEmpty)
  }

  @Test(arguments: [
    ("x >= 0.0005 ft", "`x >= 0.0005 ft` leaves out a sliver 0.0005 ft wide at the lower end"),
    ("x <= 99.9999 ft", "`x <= 99.9999 ft` leaves out a sliver 0.0001 ft wide at the upper end"),
    ("x > 99.9995 ft", "`x > 99.9995 ft` holds only in a sliver 0.0005 ft wide at the upper end"),
    ("not x > 0.0005 ft", "`x <= 0.0005 ft` holds only in a sliver 0.0005 ft wide at the lower end"),
  ])
  func thresholdsThatMissAnEndOfTheDomain(condition: String, problem: String) throws {
    let said = Self.problems(try Self.compiled("enforce p { when \(condition) then choose a }"))
    #expect(said.count == 1 && said[0].hasPrefix("ORD0812 " + problem), "\(said)")
  }

  /// Domains whose ends are no floats, and thresholds at their ends or beyond a sliver.
  @Test(arguments: [
    ("0 .. 1", "x <= 1"), ("0 .. 1", "x < 1"), ("0.1 .. 0.7", "x >= 0.1 and x <= 0.7"),
    ("0.1 .. 0.7", "x > 0.1 and x < 0.7"), ("0.1 .. 0.7", "x >= 0.10001"), ("0 .. 1", "x <= 0.9999"),
    ("0 .. 1", "not x == 0.5"), ("0.3 .. 3000000000", "x >= 40000"), ("0 .. 1", "x > min and x < max"),
  ])
  func thresholdsAtAnEndAreNoSlivers(domain: String, condition: String) throws {
    let compiled = try CompiledSpec(
      """
      ordain 1
      spec "test" 1.0.0
      interface I { inputs { x : 1 in \(domain) } outputs { a, b choose highest } }
      network Net : I from "a"
      enforce p { when \(condition) then choose a }
      """)
    #expect(!Self.problems(compiled).contains { $0.hasPrefix("ORD0812") }, "\(Self.problems(compiled))")
  }

  @Test func theTruncatedPiIsASliver() throws {
    let text = try String(
      contentsOfFile: packageRoot + "/Specs/acasxu/acasxu.ordain", encoding: .utf8
    ).replacing("theta in min .. -2.356194 rad", with: "theta in -3.14159 .. -2.356194 rad")
    let compiled = try CompiledSpec(text)
    #expect(
      Self.problems(compiled) == [
        "ORD0812 `theta >= -3.14159 rad` leaves out a sliver 0.000003 rad wide at the lower end of the "
          + "domain of `theta`, -3.141593 rad"
      ])
    #expect(compiled.diagnostics.diagnostics[0].cure == "write `min` if that end is meant")
  }

  @Test func uncoveredInputsAreShownOnRequest() throws {
    let members = """
      enforce p { when x >= 30 ft then choose a }
      enforce q { when y < 70 ft then never choose c }
      """
    #expect(Self.problems(try Self.compiled(members)).isEmpty)
    let compiled = try Self.compiled(members, coverage: true)
    #expect(Self.problems(compiled) == ["ORD0813 no property applies to some inputs on `Net`"])
    #expect(compiled.diagnostics.diagnostics[0].notes.map(\.message) == ["for example at x: 0 ft, y: 90 ft"])
    let covered = members + "\nenforce rest { when x < 30 ft and y >= 70 ft then b above c }"
    #expect(Self.problems(try Self.compiled(covered, coverage: true)).isEmpty)
  }

  @Test func permittedConflictsThatCannotHappenAreReported() throws {
    let said = Self.problems(
      try Self.compiled(
        "enforce p { when x >= 30 ft then choose a }\nenforce q { when x < 30 ft then choose b }",
        clauses: "abstain when conflict"))
    #expect(said.map { $0.prefix(7) } == ["ORD0814"])
  }

  @Test func networksThatNoPropertyIsAboutAreReported() throws {
    let networks = "networks N[k: 1..4] : I from \"n{k}\"\nnetwork M : I from \"m\""
    let idle = Self.problems(
      try Self.compiled("enforce p on N[2] { when x >= 1 ft then choose a }", networks: networks))
    #expect(idle == ["ORD0815 nothing is demanded on `N[1]` and 3 more"])
    let excepted = "enforce p on N[*] except N[3..4] { when x >= 1 ft then choose a }"
    #expect(
      Self.problems(try Self.compiled(excepted, networks: networks))
        == ["ORD0815 nothing is demanded on `M`"])
    let verified = excepted + "\nverify v on M { when x >= 1 ft then choose a }"
    #expect(Self.problems(try Self.compiled(verified, networks: networks)).isEmpty)
  }

  /// The conditions and orders of `verify` and `monitor` are examined as well.
  @Test func rawPropertiesAreExamined() throws {
    let said = Self.problems(
      try Self.compiled(
        """
        enforce p { when x >= 1 ft then choose a }
        verify nowhere { when x >= 60 ft and x <= 50 ft then choose a }
        monitor always { when x + y >= 0 ft then choose a }
        verify empty { when x >= 1 ft then choose one of { a, b, c } }
        """))
    #expect(said.map { $0.prefix(7) } == ["ORD0802", "ORD0803", "ORD0808"])
  }

  @Test func foldedConditionsHoldAlwaysUnlessTheyAreTheWordTrue() throws {
    let code = { (condition: String) in
      try Self.problems(Self.compiled("enforce p { when \(condition) then choose a }")).map { $0.prefix(7) }
    }
    #expect(try code("true") == [])
    for condition in ["x >= min", "1 ft <= 2 ft", "x - x >= 0 ft", "true and true", "x <= max or y == 3 ft"] {
      #expect(try code(condition) == ["ORD0803"], "\(condition)")
    }
  }
}
