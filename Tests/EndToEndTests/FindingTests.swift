import Testing

/// A golden text for each finding of the analysis and of the file system that no other test shows whole.
@Suite struct FindingTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let interface = """
    ordain 1
    spec "findings" 1.0.0
    interface I {
      inputs {
        x : m in 0 .. 10
        y : m in 0 .. 10
      }
      outputs { a, b, c, d choose highest }
    }
    network M : I from "m.onnx"

    """

  @Test(arguments: [
    ("conditionNeverHolds", "enforce p on M { when x >= 4 m and x <= 3 m then choose a }", []),
    ("conditionAlwaysHolds", "enforce p on M { when x + y >= 0 m then choose a }", []),
    (
      "alwaysOverridden",
      """
      enforce p on M { when x >= 4 m then choose a }
      enforce q on M { when x >= 3 m then choose b }
      q overrides p
      """, []
    ),
    (
      "tooManyRows",
      """
      enforce p on M { when x >= 4 m then never choose a }
      enforce q on M { when y >= 3 m then never choose b }
      """, ["--max-rows", "3"]
    ),
    ("tautologicalPost", "enforce p on M { when x >= 4 m then choose one of { a, b, c, d } }", []),
    (
      "subsumedProperty",
      """
      enforce p on M { when x >= 4 m then choose a }
      enforce q on M { when x >= 5 m then never choose d }
      """, []
    ),
    (
      "redundantProperty",
      """
      enforce p on M { when x >= 4 m then a above b }
      enforce q on M { when x >= 5 m then b above c }
      enforce r on M { when x >= 6 m then a above c }
      """, []
    ),
    (
      "uselessOverride",
      """
      enforce p on M { when x >= 4 m then choose a }
      enforce q on M { when x <= 3 m then choose b }
      q overrides p
      """, []
    ),
    ("sliver", "enforce p on M { when x >= 0.00005 m then choose a }", []),
    (
      "uncoveredDomain",
      """
      enforce p on M { when x >= 4 m then choose a }
      enforce q on M { when x < 4 m and y <= 3 m then choose b }
      """, ["--coverage"]
    ),
    ("nothingEnforced", "network N : I from \"n.onnx\"\nenforce p on N { when x >= 4 m then choose a }", []),
  ])
  func analysisOf(name: String, properties: String, options: [String]) throws {
    let spec = try folder.write("findings.ordain", Self.interface + properties + "\n")
    try expectGolden(try folder.ordain(["check", spec] + options).text(hiding: folder), "finding-\(name)")
  }

  @Test func abstentionUnreachable() throws {
    let interface = Self.interface.replacing("choose highest", with: "choose highest abstain when conflict")
    let spec = try folder.write(
      "findings.ordain", interface + "enforce p on M { when x >= 4 m then choose a }\n")
    try expectGolden(
      try folder.ordain(["check", spec]).text(hiding: folder), "finding-abstentionUnreachable")
  }

  /// Thirteen independent alternatives of orders of 26 outputs: 2^13 disjuncts.
  @Test func tooManyDisjuncts() throws {
    let names = (0..<26).map { "o\($0)" }
    let posts = (0..<13).map { "(o\(2 * $0) above o\(2 * $0 + 1) or o\(2 * $0 + 1) above o\(2 * $0))" }
    let spec = try folder.write(
      "many.ordain",
      """
      ordain 1
      spec "many" 1.0.0
      interface I {
        inputs { x : m in 0 .. 10 }
        outputs { \(names.joined(separator: ", ")) choose highest }
      }
      network M : I from "m.onnx"
      enforce p on M { when x >= 1 m then \(posts.joined(separator: " and ")) }
      """)
    try expectGolden(try folder.ordain(["check", spec]).text(hiding: folder), "finding-tooManyDisjuncts")
  }

  /// The condition says that 13 pigeons sit in 12 holes: out of a solver's reach.
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
    let spec = try folder.write(
      "hard.ordain",
      """
      ordain 1
      spec "hard" 1.0.0
      interface I {
        inputs { x[\(pigeons * holes)] : 1 in 0 .. 1 }
        outputs { a, b choose highest }
      }
      network M : I from "m.onnx"
      enforce p on M { when \(clauses.joined(separator: " and ")) then choose a }
      """)
    let outcome = try folder.ordain(["check", spec, "--solver-timeout", "100"])
    #expect(outcome.status == 3)
    try expectGolden(outcome.text(hiding: folder), "finding-undecided")
  }

  @Test func filesThatCannotBeUsed() throws {
    let missing = try folder.ordain(["check", "no-such-file.ordain"])
    try expectGolden(missing.text(hiding: folder), "file-missing")
    let large = try folder.write("large.ordain", [UInt8](repeating: UInt8(ascii: " "), count: 5 << 20))
    try expectGolden(try folder.ordain(["check", large]).text(hiding: folder), "file-large")
    let unwritable = try folder.ordain(["compile", cartpole, "-o", "/proc/no/such/folder"])
    try expectGolden(unwritable.text(hiding: folder), "file-unwritable")
  }

  /// A folder where the model should be, and a model with another number of outputs.
  @Test func modelsThatCannotBeUsed() throws {
    let spec = try folder.write(
      "models.ordain",
      """
      ordain 1
      spec "models" 1.0.0
      interface I { inputs { x : 1 in 0 .. 1 } outputs { a, b, c choose highest } }
      network M : I from "m.nnet"
      """)
    _ = try folder.shell("mkdir m.nnet")
    try expectGolden(try folder.ordain(["compile", spec, "-o", "out"]).text(hiding: folder), "model-folder")
    _ = try folder.shell("rmdir m.nnet")
    try folder.write("m.nnet", smallNNet(means: "0", ranges: "1", minima: "0", maxima: "1"))
    let outcome = try folder.ordain(["compile", spec, "-o", "out"])
    try expectGolden(outcome.text(hiding: folder), "model-outputs")
  }
}
