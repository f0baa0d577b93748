import Testing

/// Exit codes, help and version.
@Suite struct UsageTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test func versionIsPrinted() throws {
    for arguments in [["--version"], ["check", "--version"]] {
      let outcome = try folder.ordain(arguments)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    }
  }

  @Test(arguments: [
    (
      "check",
      [
        "--network", "--models", "--max-rows", "--solver-timeout", "--format", "text", "json", "sarif",
        "junit",
        "github", "<spec>",
      ]
    ), ("explain", ["<code>"]),
    (
      "compile",
      [
        "--network", "--models", "--max-rows", "--solver-timeout", "--output", "-o", "<spec>", "--model",
        "--name",
        "--choose", "--prefix", "--weights", "--scratch", "--optimize", "--batch", "--float-semantics",
        "--language", "--max-ram", "--max-flash", "--max-ops", "--cost", "--prove",
        "--prove-boxes", "--evidence",
      ]
    ),
    (
      "run",
      ["--network", "--models", "--max-rows", "--solver-timeout", "--inputs", "--format", "csv, jsonl"]
    ),
    (
      "certify",
      [
        "<spec>", "--network", "--models", "--inputs", "--labels", "--clause", "--semantics",
        "--float-semantics",
        "--bound", "--method", "--norm", "--epsilon", "--lower-bound", "--timeout", "--format", "--histogram",
        "Exit codes",
      ]
    ),
    (
      "check-proof",
      [
        "<proof>", "<spec>", "--network", "--property", "--models", "--float-semantics", "--model",
        "--vnnlib",
        "--timeout", "Exit codes",
      ]
    ),
    ("why", ["--network", "--models", "--max-rows", "--solver-timeout", "--input", "<spec>"]),
    (
      "prove",
      [
        "<spec>", "--network", "--models", "--property", "--vnnlib", "--model", "--find-limits",
        "--threshold",
        "--tolerance", "--total-timeout", "--timeout", "--evidence", "--jobs", "--seed", "--format",
        "--cache", "--no-cache",
        "--float-semantics",
        "Exit codes",
      ]
    ),
  ]) func helpMentionsEveryOption(command: String, options: [String]) throws {
    let outcome = try folder.ordain([command, "--help"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for option in options { #expect(outcome.output.contains(option), "\(option)") }
    #expect(try folder.ordain(["help", command]).output == outcome.output)
  }

  @Test func helpListsEveryCommandAndExitCode() throws {
    let help = try folder.ordain(["--help"]).output
    for command in ["check", "compile", "run", "why", "explain", "fmt", "lsp"] {
      #expect(help.contains("\n  \(command) "))
    }
    for code in ["0 clean", "1 findings", "2 wrong usage", "3 undecided", "4 a failure of our own"] {
      #expect(help.replacing("\n", with: " ").contains(code), "\(code)")
    }
  }

  @Test(arguments: [
    ["frobnicate"], ["check"], ["check", "a", "b"], ["check", "a", "--frob"], ["compile", "a"],
    ["compile", "a", "-o"],
    ["run", "a"], ["run", "a", "--inputs", "b", "--format", "xml"], ["run", "-", "--inputs", "-"],
    ["why", "a"],
    ["check", "a", "--network", "N[1"], ["check", "a", "--max-rows", "0"],
    ["check", "a", "--max-rows", "many"],
    ["check", "a", "--format", "xml"], ["explain", "ORD0001"], ["explain", "ORD0101", "ORD0102"],
    ["check", "a", "--solver-timeout", "0"], ["check", "a", "--solver-timeout", "-1"],
    ["check", "a", "--models", "no-such-folder"], ["check", "a", "--models", ""],
    ["prove"], ["prove", "a", "--vnnlib", "b", "--model", "c"], ["prove", "--vnnlib", "b"],
    ["prove", "a", "--model", "c"], ["prove", "--vnnlib", "b", "--model", "c", "--property", "p"],
    ["prove", "a", "--timeout", "0"], ["prove", "a", "--timeout", "nan"], ["prove", "a", "--jobs", "0"],
    ["prove", "a", "--threshold", "x"], ["prove", "a", "--find-limits", "p", "--property", "q"],
    ["prove", "a", "--find-limits", "p", "--tolerance", "1"],
  ]) func wrongUsageEndsWith2(arguments: [String]) throws {
    let outcome = try folder.ordain(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains("Usage: ordain"))
  }

  @Test func cleanCheckEndsWith0() throws {
    let outcome = try folder.ordain(["check", cartpole])
    try expectGolden(outcome.text(hiding: folder), "checkClean")
  }

  /// What is not proved is said: a clean result must not be taken for more than it is.
  @Test func obligationsThatAreNotProvedAreCounted() throws {
    let spec = try folder.write(
      "robust.ordain",
      """
      ordain 1
      spec "unproved" 1.0.0
      interface Car { inputs { gap : m in 0 .. 200 normalize gap / 100 } outputs { stop, keep choose highest } }
      networks Net[i: 1..2] : Car from "car_{i}.onnx"
      verify v { when gap < 5 m then choose stop }
      robust r { within Linf 0.1 of normalized keep top 1 }
      robust s on Net[1] { within L2 0.1 of physical keep top 1 }
      """)
    let text = try folder.ordain(["check", spec])
    try expectGolden(text.text(hiding: folder), "checkUnproved")
    let junit = try folder.ordain(["check", spec, "--format", "junit"]).output
    #expect(junit.contains(/robustness" tests="2" failures="0" errors="0" skipped="2"/))
    // Of kinds that are not there nothing is said.
    let lines = try String(contentsOfFile: spec, encoding: .utf8).split(separator: "\n").dropLast(2)
    let verified = try folder.write(
      "verify.ordain",
      lines.joined(separator: "\n") + "\nmonitor m on Net[1] { when gap < 4 m then choose stop }\n")
    #expect(
      try folder.ordain(["check", verified]).output.contains(
        "\n  decided by `ordain prove`: 1 verify, 1 monitor\n"))
  }

  @Test func warningsAndErrorsEndWith1() throws {
    let text = try String(contentsOfFile: cartpole, encoding: .utf8)
    let misspelt = text.replacing("falls_left  = theta", with: "falls_left  = tetha")
    let outcome = try folder.ordain(["check", "-"], input: Array(misspelt.utf8))
    try expectGolden(outcome.text(hiding: folder), "checkMisspelt")

    let never = text.replacing("theta + horizon * omega <= -lean", with: "x >= 6 m")
    #expect(try folder.ordain(["check", "-"], input: Array(never.utf8)).status == 1)
  }

  /// Sixteen dense linear conditions over sixteen inputs take Z3 far more than a millisecond.
  @Test func undecidedEndsWith3() throws {
    let inputs = (0..<16).map { "x\($0) : 1 in -1 .. 1" }.joined(separator: "\n")
    let properties = (0..<16).map { property in
      let terms = (0..<16).map { input -> String in
        let number = (property * 37 + input * 101 + property * input * 13) % 97 + 1
        return "\(number % 3 == 0 ? "-" : "+") \(number) * x\(input)"
      }
      return
        "enforce p\(property) { when 0 \(terms.joined(separator: " ")) >= \(property % 7) then a above b }"
    }
    let spec = """
      ordain 1
      spec "hard" 1.0.0
      interface I { inputs { \(inputs) } outputs { a, b choose highest } }
      network N : I from "n.nnet"
      \(properties.joined(separator: "\n"))
      """
    let outcome = try folder.ordain(["check", "-", "--solver-timeout", "1"], input: Array(spec.utf8))
    #expect(outcome.status == 3)
    #expect(outcome.errors.hasPrefix("undecided[ORD0807]: the analysis on `N`"))
    #expect(outcome.output.contains("0 errors") && !outcome.output.contains("0 undecided"))
  }

  @Test func networksThatDoNotExistAreNamed() throws {
    let outcome = try folder.ordain(["check", cartpole, "--network", "Polcy"])
    try expectGolden(outcome.text(hiding: folder), "unknownNetwork")
  }
}
