import Foundation
import Testing

/// `--format` and `ordain explain` as users run them. `Tests/EndToEnd/formats.py` validates the formats themselves.
@Suite struct FormatTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  static let formats = ["text", "json", "sarif", "junit", "github"]

  /// A specification with a conflict, a warning, a network that is refused and one that is not found.
  private static let findings = """
    ordain 1
    spec "findings" 2.1.0
    interface Plane {
      inputs {
        height : ft  in 0 .. 9000
        speed  : m/s in 0 .. 300
      }
      outputs { climb, stay, sink choose highest }
    }
    networks N[i: 1..2] : Plane from "n{i}.nnet"
    network Calm : Plane from "calm.nnet"
    network Lost : Plane from "lost.nnet"
    enforce low "100 %, a:b" on N { when height <= 1000 ft then choose climb }
    for s in { 250 m/s, 280 m/s } {
      enforce fast on N[1] { when speed >= s then never choose climb }
    }
    enforce high on Calm { when height >= 8000 ft and speed < 400 m/s then choose sink }
    """

  @Test(arguments: formats) func statusAndCompletenessDoNotDependOnTheFormat(format: String) throws {
    let spec = try folder.write("spec.ordain", Self.findings)
    try folder.write("calm.nnet", smallNNet(means: "0,0", ranges: "1,1", minima: "0,0", maxima: "1,1"))
    let outcome = try folder.ordain(["check", spec, "--format", format])
    #expect(outcome.status == 1)
    let all = outcome.output + outcome.errors
    #expect(format == "text" || outcome.errors.isEmpty)
    for code in ["ORD0801", "ORD0310", "ORD0702", "ORD0601"] { #expect(all.contains(code), "\(code)") }
    try expectGolden(outcome.text(hiding: folder).withoutTimes, "format-\(format)")
  }

  @Test(arguments: formats) func textThatDoesNotParseIsReported(format: String) throws {
    let outcome = try folder.ordain(["check", "-", "--format", format], input: Array("enforce".utf8))
    #expect(outcome.status == 1)
    #expect(format == "text" || outcome.errors.isEmpty)
    #expect((outcome.output + outcome.errors).contains("ORD0207"))
    let missing = try folder.ordain(["check", "missing.ordain", "--format", format])
    #expect(missing.status == 1 && (missing.output + missing.errors).contains("ORD0901"))
    let pattern = try folder.ordain(["check", cartpole, "--network", "Polcy", "--format", format])
    #expect(pattern.status == 1 && (pattern.output + pattern.errors).contains("no network matches"))
  }

  @Test(arguments: formats) func cleanIsClean(format: String) throws {
    let outcome = try folder.ordain(["check", cartpole, "--format", format])
    #expect(outcome.status == 0 && outcome.errors.isEmpty && !outcome.output.isEmpty)
  }

  @Test func explainListsExplainsAndRefuses() throws {
    let list = try folder.ordain(["explain"])
    #expect(list.status == 0 && list.output.contains("ORD0801  properties conflict\n"))
    let one = try folder.ordain(["explain", "ORD0801"])
    #expect(one.status == 0 && one.errors.isEmpty)
    try expectGolden(one.text(hiding: folder), "explain")
    #expect(try folder.ordain(["explain", "ord0801"]).output == one.output)
    let unknown = try folder.ordain(["explain", "ORD8001"])
    #expect(unknown.status == 2 && unknown.output.isEmpty)
    #expect(unknown.errors.hasPrefix("Error: there is no code `ORD8001`; did you mean ORD0801?\n"))
    #expect(try folder.ordain(["explain", "everything"]).errors.contains("`ordain explain` lists them"))
  }
}
