import Foundation
import Testing

/// What happens to files: missing, unreadable, unwritable, reproducible.
@Suite struct FileTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test(arguments: [
    ["check", "missing.ordain"], ["check", "."], ["check", ""], ["compile", "missing.ordain", "-o", "out"],
    ["run", cartpole, "--inputs", "missing.csv"], ["run", cartpole, "--inputs", "."],
    ["why", "missing.ordain", "--input", "x = 1"],
  ]) func unreadableFilesAreOneError(arguments: [String]) throws {
    let outcome = try folder.ordain(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty || arguments[0] == "check" && outcome.output.contains(": not analysed\n"))
    #expect(outcome.errors.hasPrefix("error[ORD0901]: cannot read"))
    #expect(outcome.errors.components(separatedBy: "error[").count == 2)
    #expect(folder.names(in: "out") == nil)
  }

  /// A model, a question or a table in place of the specification is one error.
  @Test(arguments: ["model.onnx", "model.nnet", "points.npy", "points.csv", "question.vnnlib", "report.json"])
  func otherFilesAreOneError(name: String) throws {
    let onnx = URL(filePath: cartpole).deletingLastPathComponent().appending(path: "cartpole.onnx")
    let digits = packageFolder.appending(path: "Specs/digits/test_inputs.npy")
    switch name {
    case "model.onnx": try folder.write(name, [UInt8](Data(contentsOf: onnx)))
    case "model.nnet": try folder.write(name, knownNetwork())
    case "points.npy": try folder.write(name, [UInt8](Data(contentsOf: digits)))
    case "points.csv": try folder.write(name, "0.5,0.25\n1,2\n")
    case "question.vnnlib":
      try folder.write(name, "; for a network\n(declare-const X_0 Real)\n(assert (<= X_0 0.5))\n")
    default:
      let report = try folder.ordain(["check", cartpole, "--format", "json"])
      try folder.write(name, report.output)
    }
    for arguments in [["check"], ["compile", "-o", "out"], ["prove"]] {
      // Behind a `-`, which nothing tells from a specification.
      let outcome = try folder.shell("\"$0\" \(arguments.joined(separator: " ")) - < \(name)")
      #expect(outcome.status == (arguments == ["prove"] ? 2 : 1))
      #expect(outcome.errors.hasPrefix("error[ORD0207]: this is no specification\n"), "\(outcome.errors)")
      #expect(outcome.errors.components(separatedBy: "error").count == 2, "\(outcome.errors)")
    }
  }

  @Test func specificationFromStandardInput() throws {
    let models = URL(filePath: cartpole).deletingLastPathComponent().path()
    let text = Array(try Data(contentsOf: URL(filePath: cartpole)))
    let named = try folder.ordain(["check", cartpole])
    #expect(try folder.ordain(["check", "-", "--models", models], input: text).output == named.output)
    let alone = try folder.ordain(["check", "-"], input: text)
    #expect(alone.status == 0 && alone.output.contains("0 bound, 1 not found"))
  }

  @Test func missingModelIsAnErrorOfCompile() throws {
    let spec = try folder.write("spec.ordain", try String(contentsOfFile: cartpole, encoding: .utf8))
    let outcome = try folder.ordain(["compile", spec, "-o", "out"])
    try expectGolden(outcome.text(hiding: folder), "missingModel")
    #expect(folder.names(in: "out") == nil)
  }

  @Test func brokenModelLeavesNoFolder() throws {
    let spec = try folder.write("spec.ordain", try String(contentsOfFile: cartpole, encoding: .utf8))
    try folder.write("cartpole.onnx", "this is no model")
    let outcome = try folder.ordain(["compile", spec, "-o", "out"])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error[ORD06"))
    #expect(folder.names(in: "out") == nil)
  }

  @Test func folderInsteadOfModel() throws {
    let spec = try folder.write("spec.ordain", try String(contentsOfFile: cartpole, encoding: .utf8))
    try FileManager.default.createDirectory(
      atPath: folder.path + "/cartpole.onnx", withIntermediateDirectories: true)
    let outcome = try folder.ordain(["compile", spec, "-o", "out"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("error[ORD06") && outcome.errors.contains("cartpole.onnx"))
  }

  @Test(arguments: ["/proc/no/such/folder", "/dev/full", "", "a-file", "a-file/below"])
  func unwritableOutputFolder(output: String) throws {
    try folder.write("a-file", "text")
    let outcome = try folder.ordain(["compile", cartpole, "-o", output])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("error[ORD0902]: cannot write `\(output)`: "))
    #expect(!outcome.errors.contains("Success"))
    #expect(try folder.read("a-file") == "text")
  }

  /// A folder in the place of an emitted file: the other file may be there, but nothing half-written.
  @Test func fileThatCannotBeReplaced() throws {
    let taken = folder.path + "/out/cartpole_policy.c/inside"
    try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
    let outcome = try folder.ordain(["compile", cartpole, "-o", "out"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("cannot write `out/cartpole_policy.c`"))
    #expect(folder.names(in: "out")?.contains { $0.hasSuffix(".partial") } == false)
  }

  @Test func secondCompileGivesTheSameBytes() throws {
    let first = try folder.ordain(["compile", cartpole, "-o", "first/below"])
    let second = try folder.ordain(["compile", cartpole, "-o", "second"])
    #expect(first.status == 0 && second.status == 0 && first.errors.isEmpty)
    #expect(
      folder.names(in: "first/below") == [
        "cartpole_policy.c", "cartpole_policy.h", "cartpole_policy_selfcheck.c",
      ])
    for name in ["cartpole_policy.c", "cartpole_policy.h", "cartpole_policy_selfcheck.c"] {
      let text = try folder.read("first/below/" + name)
      #expect(text == (try folder.read("second/" + name)))
      #expect(!text.contains(folder.path) && !text.contains(packageFolder.path()))
    }
    // Over the old files, too.
    #expect(try folder.ordain(["compile", cartpole, "-o", "second"]).status == 0)
    #expect(
      folder.names(in: "second") == ["cartpole_policy.c", "cartpole_policy.h", "cartpole_policy_selfcheck.c"])
  }

  @Test(arguments: [
    ["check", cartpole], ["run", cartpole, "--inputs", "-"], ["compile", cartpole, "-o", "out"],
  ])
  func fullDiskIsReported(arguments: [String]) throws {
    let outcome = try folder.ordain(arguments, input: Array("0,0,0,0\n".utf8), output: "/dev/full")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.hasPrefix("error[ORD0902]: cannot write to standard output: No space left on device"))
  }

  /// 1 is a verdict of this command.
  @Test func fullDiskIsNoVerdict() throws {
    try folder.write("n.nnet", knownNetwork())
    try folder.write(
      "p.vnnlib",
      "(declare-const X_0 Real)(declare-const X_1 Real)(declare-const Y_0 Real)(declare-const Y_1 Real)"
        + "(assert (>= X_0 0.6))(assert (<= X_0 1))(assert (>= X_1 0))(assert (<= X_1 1))(assert (<= Y_0 Y_1))"
    )
    let question = [
      "prove", "--vnnlib", "p.vnnlib", "--model", "n.nnet", "--no-cache", "--evidence", "proofs",
    ]
    #expect(try folder.ordain(question).status == 0)
    #expect(try folder.ordain(question, output: "/dev/full").status == 2)
    let proof = ["check-proof", "proofs/n_nnet_p.ordainproof"]
    #expect(try folder.ordain(proof).status == 0)
    #expect(try folder.ordain(proof, output: "/dev/full").status == 2)
  }

  @Test func closedPipeIsNoCrash() throws {
    try folder.write("rows.csv", String(repeating: "0,0,0,0\n", count: 20_000))
    let outcome = try folder.shell("\"$0\" run '\(cartpole)' --inputs rows.csv --format csv | head -1")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output == "row,network,status,reason,choice,active,push_left,push_right\n")
    // Where the signal is ignored, as in some services, the write fails instead.
    let ignored = try folder.shell("trap '' PIPE; \"$0\" run '\(cartpole)' --inputs rows.csv | head -1")
    #expect(ignored.status == 0 && ignored.errors.isEmpty)
  }
}
