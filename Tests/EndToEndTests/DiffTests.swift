import Foundation
import Testing

/// `ordain diff`: every class of change, with its exit code and what it says.
@Suite struct DiffTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  static let base = """
    ordain 1
    spec "plane" 1.2.3

    param near = 500 ft

    interface Plane {
      inputs {
        height : ft  in 0 .. 40000  normalize height / 1000
        speed  : kt  in 0 .. 600
      }
      outputs {
        climb, hold, descend
        choose highest
      }
    }
    networks N[k: 1..4] : Plane from "n{k}.nnet"

    enforce low { when height < near then never choose descend }
    enforce fast on N[1..2] { when speed > 400 kt and height >= near then climb above descend }
    enforce slow on N[1] { when speed < 100 kt and raw choice in { climb } then hold above climb }
    verify sane { when height > 30000 ft then climb <= 1500 }
    monitor calm { when speed < 300 kt then hold in top 2 }
    robust still on N[2] { within Linf 0.01 of normalized keep top 1..2 }
    lipschitz slowly on N[2..3] { L2 of normalized to margins <= 40 }
    expect low, slow disjoint

    """

  /// A change: what is replaced in the specification, options, and the exit code.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let edits: KeyValuePairs<String, String>
    var options: [String] = []
    let status: Int32

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    // One property.
    Case(name: "weaker", edits: ["1.2.3": "2.0.0", "near = 500 ft": "near = 400 ft"], status: 1),
    Case(
      name: "interfacePermitted", edits: ["1.2.3": "2.0.0", "0 .. 40000": "0 .. 45000"],
      options: ["--allow-interface-changes"], status: 0),
    Case(
      name: "interfacePermittedVersionLow", edits: ["1.2.3": "1.3.0", "0 .. 40000": "0 .. 45000"],
      options: ["--allow-interface-changes"], status: 1),
    Case(name: "stronger", edits: ["1.2.3": "1.3.0", "speed > 400": "speed > 390.5"], status: 0),
    Case(
      name: "incomparable", edits: ["1.2.3": "2.0.0", "speed > 400 kt and": "speed in 350 .. 450 kt and"],
      status: 1),
    Case(name: "strictness", edits: ["1.2.3": "1.3.0", "height < near": "height <= near"], status: 0),
    Case(
      name: "post", edits: ["1.2.3": "2.0.0", "never choose descend": "choose climb or descend"], status: 1),
    Case(
      name: "linear", edits: ["1.2.3": "1.3.0", "height < near": "height - 0.1 s * speed < near"], status: 0),
    Case(
      name: "rawChoice",
      edits: ["1.2.3": "1.3.0", "raw choice in { climb }": "raw choice in { climb, hold }"], status: 0),
    Case(name: "fewerNetworks", edits: ["1.2.3": "2.0.0", "on N[1..2]": "on N[2]"], status: 1),
    Case(
      name: "removed",
      edits: [
        "1.2.3": "2.0.0",
        "enforce fast on N[1..2] { when speed > 400 kt and height >= near then climb above descend }": "",
      ], status: 1),
    Case(
      name: "added",
      edits: [
        "1.2.3": "1.3.0",
        "enforce low": "enforce high { when height > 39000 ft then never choose climb }\nenforce low",
      ],
      status: 0),
    Case(
      name: "overridden", edits: ["1.2.3": "2.0.0", "verify sane": "low overrides slow\nverify sane"],
      status: 1),
    // Several properties together.
    Case(name: "renamed", edits: ["1.2.3": "1.2.4", "enforce fast": "enforce quick"], status: 0),
    Case(
      name: "split",
      edits: [
        "1.2.3": "1.2.4",
        "enforce low { when height < near then never choose descend }": """
        enforce low { when height < near and speed <= 200 kt then never choose descend }
        enforce lowAndFast { when height < near and speed > 200 kt then never choose descend }
        """,
      ], status: 0),
    Case(
      name: "redundant",
      edits: [
        "1.2.3": "1.2.4",
        "expect low": "enforce twin { when height < 10 ft then never choose descend }\nexpect low",
      ], status: 0),
    // verify, monitor, robust, expect.
    Case(name: "scoreBound", edits: ["1.2.3": "2.0.0", "climb <= 1500": "climb <= 1600.5"], status: 1),
    Case(name: "role", edits: ["1.2.3": "2.0.0", "verify sane": "monitor sane"], status: 1),
    Case(name: "monitor", edits: ["1.2.3": "2.0.0", "speed < 300": "speed < 250"], status: 1),
    Case(name: "robustWeaker", edits: ["1.2.3": "2.0.0", "Linf 0.01": "Linf 0.005"], status: 1),
    Case(
      name: "robustStronger", edits: ["1.2.3": "1.3.0", "Linf 0.01": "Linf 0.02", "top 1..2": "top 1"],
      status: 0),
    Case(name: "robustIncomparable", edits: ["1.2.3": "2.0.0", "Linf 0.01": "L2 0.02"], status: 1),
    Case(name: "lipschitzWeaker", edits: ["1.2.3": "2.0.0", "margins <= 40": "margins <= 41.5"], status: 1),
    Case(name: "lipschitzStronger", edits: ["1.2.3": "1.3.0", "margins <= 40": "margins <= 39"], status: 0),
    Case(
      name: "lipschitzPermitted",
      edits: ["1.2.3": "2.0.0", "lipschitz slowly on N[2..3] { L2 of normalized to margins <= 40 }": ""],
      options: ["--allow-weaker", "slowly"], status: 0),
    Case(
      name: "lipschitzIncomparable",
      edits: ["1.2.3": "2.0.0", "{ L2 of normalized to": "{ Linf of normalized to"],
      status: 1),
    Case(
      name: "expect", edits: ["1.2.3": "1.2.4", "expect low, slow disjoint": "expect conflicts none"],
      status: 0),
    // Interfaces and networks.
    Case(
      name: "unit",
      edits: [
        "1.2.3": "2.0.0",
        "height : ft  in 0 .. 40000  normalize height / 1000":
          "height : m  in 0 .. 40000 ft  normalize height / 304.8",
      ], status: 1),
    Case(
      name: "unitAndWeaker",
      edits: [
        "1.2.3": "2.0.0",
        "height : ft  in 0 .. 40000  normalize height / 1000":
          "height : m  in 0 .. 40000 ft  normalize height / 1000", "near = 500 ft": "near = 152 m",
      ], status: 1),
    Case(
      name: "dimension",
      edits: [
        "1.2.3": "2.0.0", "speed  : kt  in 0 .. 600": "speed  : kt  in 0 .. 600\n    mass : kg in 0 .. 9",
      ], status: 1),
    Case(name: "domainWidened", edits: ["1.2.3": "2.0.0", "0 .. 40000": "0 .. 45000"], status: 1),
    Case(name: "domainNarrowed", edits: ["1.2.3": "1.3.0", "in 0 .. 600": "in 20 .. 600"], status: 0),
    Case(name: "domainMoved", edits: ["1.2.3": "2.0.0", "in 0 .. 600": "in 20 .. 650"], status: 1),
    Case(
      name: "outputs", edits: ["1.2.3": "2.0.0", "climb, hold, descend\n": "hold, climb, descend\n"],
      status: 1),
    Case(name: "choose", edits: ["1.2.3": "2.0.0", "choose highest": "choose lowest"], status: 1),
    Case(
      name: "ties", edits: ["1.2.3": "2.0.0", "choose highest": "choose highest\n    ties prefer hold"],
      status: 1),
    Case(
      name: "normalization", edits: ["1.2.3": "2.0.0", "height / 1000": "(height - 20000) / 1000"], status: 1),
    Case(
      name: "abstains",
      edits: ["1.2.3": "2.0.0", "choose highest": "choose highest\n    abstain when conflict"], status: 1),
    Case(
      name: "networks",
      edits: ["1.2.3": "2.0.0", "N[k: 1..4]": "N[k: 2..5]", "N[1..2]": "N[2]", "on N[1]": "on N[2]"],
      status: 1),
    Case(name: "models", edits: ["1.2.3": "1.2.4", "n{k}.nnet\"": "nets/n{k}.nnet\""], status: 0),
    Case(name: "header", edits: ["1.2.3": "1.3.0", "n{k}.nnet\"": "n{k}.nnet\" check header"], status: 0),
    Case(name: "name", edits: ["1.2.3": "1.2.4", "spec \"plane\"": "spec \"aeroplane\""], status: 0),
    // Versions.
    Case(name: "identical", edits: [:], status: 0),
    Case(
      name: "comment", edits: ["1.2.3": "1.2.4", "enforce low": "// near the ground\nenforce low"], status: 0),
    Case(name: "commentWithoutVersion", edits: ["enforce low": "// near the ground\nenforce low"], status: 1),
    Case(name: "versionTooLow", edits: ["1.2.3": "1.2.4", "speed > 400": "speed > 390.5"], status: 1),
    Case(name: "versionDown", edits: ["1.2.3": "1.2.2"], status: 1),
    // Options.
    Case(
      name: "allowed", edits: ["1.2.3": "2.0.0", "speed > 400": "speed > 420"],
      options: ["--allow-weaker", "fast"], status: 0),
    Case(
      name: "allowedInPart", edits: ["1.2.3": "2.0.0", "near = 500 ft": "near = 400 ft"],
      options: ["--allow-weaker", "fast"], status: 1),
    Case(
      name: "allowedClause", edits: ["1.2.3": "2.0.0", "Linf 0.01": "Linf 0.005"],
      options: ["--allow-weaker", "still"], status: 0),
    Case(
      name: "allowedInVain", edits: ["1.2.3": "1.3.0", "speed > 400": "speed > 390.5"],
      options: ["--allow-weaker", "fast"], status: 0),
    Case(name: "allowedUnknown", edits: [:], options: ["--allow-weaker", "fats"], status: 1),
    Case(
      name: "oneNetwork", edits: ["1.2.3": "1.2.4", "on N[1..2]": "on N[2]"],
      options: ["--network", "N[3..4]"], status: 0),
    Case(name: "noNetwork", edits: [:], options: ["--network", "M"], status: 1),
    Case(
      name: "parameter", edits: ["1.2.3": "2.0.0", "near = 500 ft": "near = 400 ft"],
      options: ["-D", "near=450 ft"], status: 0),
    Case(name: "broken", edits: ["height < near": "hieght < near"], status: 1),
  ]

  @Test(arguments: cases)
  func change(_ change: Case) throws {
    let new = change.edits.reduce(Self.base) { text, edit in
      #expect(text.contains(edit.key), "nothing to replace: \(edit.key)")
      return text.replacing(edit.key, with: edit.value)
    }
    try folder.write("old.ordain", Self.base)
    try folder.write("new.ordain", new)
    let outcome = try folder.ordain(["diff", "old.ordain", "new.ordain"] + change.options)
    #expect(outcome.status == change.status)
    try expectGolden(outcome.text(hiding: folder), "diff-\(change.name)")
  }

  /// An imported file is part of what is compared.
  @Test func imports() throws {
    _ = try folder.shell("mkdir old new")
    let imported = Self.base.replacing(
      "ordain 1\nspec \"plane\" 1.2.3\n", with: "ordain 1\nspec \"rules\" 1.0.0\n")
    let root = "ordain 1\nspec \"plane\" 1.2.3\nimport \"rules.ordain\"\n"
    for name in ["old", "new"] { try folder.write("\(name)/plane.ordain", root) }
    try folder.write("old/rules.ordain", imported)
    try folder.write("new/rules.ordain", imported.replacing("near = 500 ft", with: "near = 400 ft"))
    let outcome = try folder.ordain(["diff", "old/plane.ordain", "new/plane.ordain"])
    #expect(outcome.status == 1)
    try expectGolden(outcome.text(hiding: folder), "diff-import")
    try folder.write("new/rules.ordain", imported + "// the end\n")
    let comment = try folder.ordain(["diff", "old/plane.ordain", "new/plane.ordain"])
    #expect(comment.status == 1)
    try expectGolden(comment.text(hiding: folder), "diff-importComment")
  }

  /// The new condition says that 13 pigeons sit in 12 holes: out of a solver's reach.
  @Test func undecided() throws {
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
    let text = """
      ordain 1
      spec "hard" 1.0.0
      interface I {
        inputs { x[\(pigeons * holes)] : 1 in 0 .. 1 }
        outputs { a, b choose highest }
      }
      network M : I from "m.onnx"
      enforce p { when \(clauses.joined(separator: " and ")) then choose a }
      """
    try folder.write("old.ordain", text)
    try folder.write(
      "new.ordain", text.replacing("then choose a", with: "then choose b").replacing("1.0.0", with: "1.0.1"))
    let options = ["--solver-timeout", "100"]
    let outcome = try folder.ordain(["diff", "old.ordain", "new.ordain"] + options)
    #expect(outcome.status == 3)
    try expectGolden(outcome.text(hiding: folder), "diff-undecided")
    // What reads the same needs no solver.
    #expect(try folder.ordain(["diff", "old.ordain", "old.ordain"] + options).status == 0)
  }

  @Test func standardInputAndPipes() throws {
    try folder.write("old.ordain", Self.base)
    try folder.write("new.ordain", Self.base.replacing("speed > 400", with: "speed > 420"))
    let direct = try folder.ordain(["diff", "old.ordain", "new.ordain"])
    let piped = try folder.shell("cat old.ordain | $0 diff - new.ordain")
    let reversed = try folder.shell("cat new.ordain | $0 diff old.ordain -")
    let substituted = try folder.shell("bash -c '$0 diff <(cat old.ordain) new.ordain' $0")
    for other in [piped, reversed, substituted] {
      #expect(other.status == direct.status && other.output == direct.output)
    }
    #expect(piped.errors == direct.errors && substituted.errors == direct.errors)
    let both = try folder.ordain(["diff", "-", "-"])
    #expect(both.status == 2)
    #expect(try folder.ordain(["diff", "old.ordain"]).status == 2)
    let missing = try folder.ordain(["diff", "old.ordain", "missing.ordain"])
    try expectGolden(missing.text(hiding: folder), "diff-missing")
  }

  @Test(arguments: ["json", "sarif", "junit", "github"])
  func formats(_ format: String) throws {
    try folder.write("old.ordain", Self.base)
    try folder.write(
      "new.ordain",
      Self.base.replacing("speed > 400", with: "speed > 420").replacing("0 .. 600", with: "9 .. 600"))
    let outcome = try folder.ordain(["diff", "old.ordain", "new.ordain", "--format", format])
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    if format == "json" { try expectGolden(outcome.text(hiding: folder), "diff-json") }
    #expect(outcome.output.contains("`fast` demands less than before"))
  }

  /// The same texts give the same words, however often they are compared.
  @Test func theReportIsTheSameEachTime() throws {
    try folder.write("old.ordain", Self.base)
    try folder.write(
      "new.ordain",
      Self.base.replacing("near = 500 ft", with: "near = 400.5 ft").replacing("1..4", with: "1..5"))
    let outcomes = try (0..<3).map { _ in try folder.ordain(["diff", "old.ordain", "new.ordain"]) }
    #expect(Set(outcomes.map { $0.output + $0.errors }).count == 1)
  }
}
