import Foundation
import Testing

/// `ordain check-proof` accepts a proof as one of its own question only. All files here are proofs that the checker accepts:
/// what is refused is right, and about something else.
@Suite struct CheckProofTests {
  let folder: TestFolder

  /// The networks' `a` is x, and x + 0.25; `b` is 0.5.
  init() throws {
    folder = try TestFolder()
    for (name, bias) in [("n1.nnet", "0"), ("n2.nnet", "0.25")] {
      try folder.write(name, knownNetwork(bias: bias))
    }
    try folder.write("spec.ordain", Self.spec)
  }

  private static let spec = """
    ordain 1
    spec "known" 1.0.0
    param start = 0.75 m
    interface I {
      inputs {
        x : m in -1 .. 1
        y : s in -1 .. 1
      }
      outputs { a, b choose highest }
    }
    networks Net[k: 1..2] : I from "n{k}.nnet"
    enforce high on Net { when x >= start and y <= 0 s then choose a }
    enforce far on Net { when x >= 0.9 m then choose a }
    verify either on Net { when x >= start or x <= -0.75 m then a <= 1.5 }
    verify slope on Net { when x + 2 m/s * y <= 0.5 m then a <= 1.5 }

    """

  /// A proof that `prove` wrote, of the first network.
  private func proof(
    _ property: String, to name: String, of spec: String = "spec.ordain", _ options: [String] = []
  ) throws -> String {
    let outcome = try folder.ordain(
      ["prove", spec, "--network", "Net[1]", "--property", property, "--evidence", name, "--no-cache"]
        + options)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    return "\(name)/Net_1__\(property).ordainproof"
  }

  private func check(_ proof: String, _ property: String, _ options: [String] = []) throws -> Int32 {
    let arguments = ["check-proof", proof, "spec.ordain", "--network", "Net[1]", "--property", property]
    return try folder.ordain(arguments + options).status
  }

  @Test func eachIsAcceptedAsItselfOnly() throws {
    let names = ["high", "far", "either", "slope"]
    let proofs = try names.map { try proof($0, to: "proofs") }
    for (own, file) in zip(names, proofs) {
      for other in names {
        #expect(try check(file, other) == (own == other ? 0 : 1), "\(own) as \(other)")
      }
      let network = ["--network", "Net[2]", "--property", own]
      #expect(try folder.ordain(["check-proof", file, "spec.ordain"] + network).status == 1, "\(own)")
      #expect(try check(file, own, ["--float-semantics", "fma"]) == 1, "\(own)")
      #expect(try check(file, own, ["-D", "start=0.76 m"]) == (own == "high" || own == "either" ? 1 : 0))
    }
  }

  /// What a search that loses a region, or moves a bound, would write.
  @Test(arguments: [
    ("high", "x >= start and", "x >= start + 1e-6 m and"), ("high", "y <= 0 s", "y <= -1e-6 s"),
    ("either", "x >= start or x <= -0.75 m", "x >= start"),
    ("either", "x >= start or x <= -0.75 m", "x <= -0.75 m"),
    ("either", "x <= -0.75 m then a <= 1.5", "x <= -0.75 m then a <= 1.500001"),
    ("slope", "<= 0.5 m", "<= 0.499999 m"), ("slope", "2 m/s", "2.000001 m/s"),
    ("high", "in -1 .. 1\n    y", "in -1 .. 0.99\n    y"),
  ])
  func lessIsRefused(property: String, from: String, to: String) throws {
    let less = Self.spec.replacing(from, with: to)
    try #require(less != Self.spec)
    try folder.write("less.ordain", less)
    let file = try proof(property, to: "proofs", of: "less.ordain")
    #expect(try check(file, property) == 1)
  }

  @Test func proofsOfCompile() throws {
    try folder.write(
      "enforce.ordain",
      Self.spec.split(separator: "\n").filter { !$0.contains("verify") }
        .joined(separator: "\n") + "\n")
    let compiled = try folder.ordain(
      ["compile", "enforce.ordain", "--network", "Net[1]", "--prove", "--evidence", "proofs", "-o", "out"])
    #expect(compiled.status == 0, "\(compiled.errors)")
    #expect(folder.names(in: "proofs") == ["Net_1__far.ordainproof", "Net_1__high.ordainproof"])
    #expect(try check("proofs/Net_1__far.ordainproof", "far") == 0)
    #expect(try check("proofs/Net_1__high.ordainproof", "high") == 0)
    #expect(try check("proofs/Net_1__high.ordainproof", "far") == 1)
  }

  /// The file after a change of what it says of itself, with the SHA-256 made right.
  private func rewritten(_ file: String, _ change: (inout Data) -> Void) throws -> String {
    var bytes = try Data(contentsOf: URL(filePath: folder.path + "/" + file)).dropLast(32)
    change(&bytes)
    try folder.write("head", Array(bytes))
    let digits = Array(try folder.shell("sha256sum head").output.prefix(64))
    let hash = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    try folder.write("rewritten", Array(bytes) + hash)
    return "rewritten"
  }

  /// A file that claims less of the same network and regions is not enough; what it calls its question doesn't count.
  @Test func whatAFileSaysOfItself() throws {
    let file = try proof("high", to: "proofs")
    let real = try rewritten(file) { $0[15] = 0 }
    let alone = try folder.ordain(["check-proof", real])
    #expect(alone.status == 0 && alone.output.contains("semantics real"), "\(alone.output)")
    #expect(try check(real, "high") == 1)
    let renamed = try rewritten(file) { bytes in
      guard let range = bytes.range(of: Data("Net[1] high".utf8)) else { return }
      bytes.replaceSubrange(range, with: Data("Net[2] high".utf8))
    }
    #expect(try folder.ordain(["check-proof", renamed]).output.contains("proved: Net[2] high"))
    let named = ["spec.ordain", "--network", "Net[1]", "--property", "high"]
    let checked = try folder.ordain(["check-proof", renamed] + named)
    #expect(checked.status == 0 && checked.output.contains("proved: Net[1] high"), "\(checked.output)")
    #expect(
      try folder.ordain(["check-proof", renamed, "spec.ordain", "--network", "Net[2]", "--property", "high"])
        .status == 1)
  }

  /// Never success, and one answer only.
  @Test func timeRunsOut() throws {
    let file = try proof("high", to: "proofs")
    let own = ["check-proof", file, "spec.ordain", "--network", "Net[1]", "--property", "high", "--timeout"]
    #expect(try folder.ordain(own + ["60"]).status == 0)
    for path in [file, "spec.ordain"] {
      let outcome = try folder.ordain(["check-proof", path, "--timeout", "1e-9"])
      #expect(outcome.status == 3 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.output == "\(path): not decided: time limit\n")
    }
    #expect(try folder.ordain(own + ["0"]).status == 2)
  }

  @Test func whatItSays() throws {
    let file = try proof("high", to: "proofs")
    let fma = try proof("high", to: "fma", ["--float-semantics", "fma"])
    let own = ["spec.ordain", "--network", "Net[1]", "--property", "high"]
    let cases: [[String]] = [
      [file] + own, [fma] + own, [fma] + own + ["--float-semantics", "fma"],
      [file] + own.dropLast() + ["far"],
      [file, "spec.ordain", "--network", "Net[2]", "--property", "high"],
      [file] + own + ["-D", "start=0.8 m"],
      [file], [file, "--model", "n1.nnet"], [file, "--model", "n2.nnet"],
      [file, "spec.ordain", "--network", "Net[1]"], [file] + own.dropLast() + ["hihg"],
      [file] + own + ["--model", "n1.nnet"], [file, "--property", "high"], [file, "--vnnlib", "p.vnnlib"],
      ["none.ordainproof"] + own, ["spec.ordain"] + own,
    ]
    var text = ""
    for arguments in cases {
      let outcome = try folder.ordain(["check-proof"] + arguments)
      text +=
        "# \(arguments.joined(separator: " "))\n"
        + outcome.text(hiding: folder)
        .replacing(/\d+ claims?/, with: "C claims").replacing(/[0-9.e-]+ CPU/, with: "T CPU")
    }
    try expectGolden(text, "check-proof")
  }
}
