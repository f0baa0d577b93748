import Foundation
import Testing

/// `export vnnlib` and `import vnnlib`: their texts, and every refusal.
@Suite struct VNNLIBTests {
  let folder: TestFolder
  let spec: String

  init() throws {
    folder = try TestFolder()
    spec = try folder.write("spec.ordain", Self.spec)
  }

  private static let spec = """
    ordain 1
    spec "vehicles" 2.1.0
    interface Brake {
      inputs {
        distance : m    in 0 .. 200  normalize (distance - 100) / 60
        speed    : m/s  in -5 .. 70
      }
      outputs { cruise, warn, brake, stop choose highest }
    }
    interface Many { inputs { image[2, 3] : 1 in 0 .. 1 } outputs { class[40] choose highest } }
    interface Other { inputs { x : 1 } outputs { a, b choose lowest } }
    networks Side[i: 1..2] : Brake from "side_{i}.nnet"
    network Front : Brake from "front.onnx"
    network Wide : Many from "wide.onnx"
    network Plain : Other from "plain.onnx"

    enforce close "an obstacle 🚗 ahead" on Front, Side {
      when distance < 25 m and (speed > 3 m/s or speed < -1 m/s) then choose brake or stop
    }
    enforce ahead on Front {
      when distance - 2 s * speed <= 0 m and raw choice in { cruise, warn } then stop in top 2
    }
    enforce silent on Front { when speed > 60 m/s then never choose warn }
    close overrides silent
    enforce narrow on Front { when distance > 30 m and distance < 20 m then choose stop }
    enforce wide on Wide { when image[1, 2] >= 0.5 then class[3] in top 20 }
    verify calm on Front, Side { when speed <= 0 m/s then brake <= 1.5 and cruise above stop }
    """

  @Test(arguments: [
    ("close", ["--property", "close", "--network", "Front"]),
    ("linear", ["--property", "ahead"]),
    ("overridden", ["--property", "silent", "--vnnlib-version", "2.0"]),
    ("scores", ["--property", "calm", "--network", "Front"]),
    ("neverHolds", ["--property", "narrow"]), ("tooMany", ["--property", "wide"]),
    ("severalNetworks", ["--property", "close"]),
    ("elsewhere", ["--property", "ahead", "--network", "Side[1]"]), ("unknown", ["--property", "clos"]),
    ("badVersion", ["--property", "ahead", "--vnnlib-version", "3"]),
  ]) func exports(name: String, arguments: [String]) throws {
    let outcome = try folder.ordain(["export", "vnnlib", spec] + arguments)
    try expectGolden(outcome.text(hiding: folder), "vnnlib-export-\(name)")
  }

  /// A pipe, a device or a link that is named as the output stays what it is.
  @Test func outputsStayWhatTheyAre() throws {
    let export = ["export", "vnnlib", spec, "--property", "ahead"]
    let text = try folder.ordain(export).output
    try folder.write("target.vnnlib", "old")
    let line = export.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try folder.shell(
      "mkfifo pipe && ln -s target.vnnlib link && (cat pipe > read &) && $0 \(line) -o pipe && $0 \(line) -o link && "
        + "test -p pipe && test -L link && $0 \(line) -o /dev/stdout")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == text)
    #expect(try folder.read("target.vnnlib") == text)
    #expect(try folder.ordain(export + ["-o", "/dev/full"]).status == 1)
  }

  /// What is asserted behind the question is no part of it.
  @Test func nothingIsAssertedBehindTheQuestion() throws {
    let file = try folder.write(
      "late.vnnlib",
      "(declare-const X_0 Real)(declare-const Y_0 Real)(declare-const Y_1 Real)"
        + "(assert (<= Y_0 Y_1))(check-sat)(exit)(assert (<= X_0 0.5))")
    let outcome = try folder.ordain(["import", "vnnlib", file, "--interface", "I"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("behind `check-sat`, the command `assert` is not understood"))
  }

  /// A model that is found is named with its hash, and has to fit; the file has no path of this machine.
  @Test func modelsAreNamed() throws {
    func nnet(outputs: Int) -> String {
      let zeros = String(repeating: "0,\n", count: outputs)
      let rows = String(repeating: "1,-1,\n", count: outputs)
      return
        "// synthetic\n1,2,\(outputs),4,\n2,\(outputs),\n0,\n0,-5,\n200,70,\n100,0,3,\n60,1,4,\n\(rows)\(zeros)"
    }
    try folder.write("side_1.nnet", nnet(outputs: 4))
    let arguments = ["export", "vnnlib", spec, "--property", "calm", "--network", "Side[1]"]
    let outcome = try folder.ordain(arguments)
    #expect(outcome.status == 0 && outcome.output.contains("; model          side_1.nnet, SHA-256 "))
    // Scores are the network's own, whatever the header's scaling (3, 4) makes of them.
    #expect(outcome.output.contains("(and (>= Y_2 1.5))") && !outcome.output.contains(folder.path))
    let written = try folder.ordain(arguments + ["-o", "out/calm.vnnlib"])
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(try folder.read("out/calm.vnnlib") == outcome.output)
    let back = try folder.ordain([
      "import", "vnnlib", "out/calm.vnnlib", "--interface", "Brake", "--spec", spec, "--network", "Side[1]",
      "--name",
      "back", "-o",
      "out/below/calm.ordain",
    ])
    #expect(back.status == 0 && back.output.isEmpty)
    let text = try folder.read("out/below/calm.ordain")
    #expect(text.contains("import \"../../spec.ordain\""))
    #expect(text.contains("verify back_scores on Side[1] {\n  when speed <= 0 m/s\n  then brake < 1.5\n}"))

    try folder.write("side_1.nnet", nnet(outputs: 3))
    let refused = try folder.ordain(arguments)
    #expect(refused.status == 1 && refused.output.isEmpty && refused.errors.hasPrefix("error[ORD0702]"))
  }

  private static let declarations = """
    (declare-const X_0 Real)
    (declare-const X_1 Real)
    (declare-const Y_0 Real)
    (declare-const Y_1 Real)
    (declare-const Y_2 Real)
    (declare-const Y_3 Real)
    (assert (<= X_0 0.1))

    """

  @Test(arguments: [
    ("choice", "(assert (or (and (<= Y_2 Y_0)) (and (<= Y_2 Y_1)) (and (<= Y_2 Y_3))))"),
    (
      "regions",
      """
      (assert (or (and (>= X_1 2.5e-1) (<= X_1 (/ 1 3)) (<= Y_2 Y_0)) (and (> X_1 60) (>= Y_1 12.5))
        (and (<= X_1 (/ 1 3)) (>= X_1 0.25) (<= Y_2 Y_1))))
      """
    ),
    ("linear", "(assert (<= (+ X_0 (* 3 X_1)) 2)) (assert (< Y_0 Y_1))"),
    ("both", "(assert (or (<= Y_0 Y_1) (>= Y_3 4)))"),
    ("unclosed", "(assert (<= Y_0 Y_1)"), ("unsupported", "(assert (=> (<= Y_0 Y_1) (<= Y_1 Y_2)))"),
    ("undeclared", "(assert (<= Y_0 Y_4))"), ("nonlinear", "(assert (<= (* X_0 X_1) 1))"),
    ("tooDeep", "(assert " + String(repeating: "(not ", count: 300)),
    ("sum", "(assert (<= (+ Y_0 Y_1) 1))"), ("mixed", "(assert (<= Y_0 X_0))"),
    ("allUnsafe", "(assert (<= X_1 1))"), ("outside", "(assert (>= X_0 9)) (assert (<= Y_0 Y_1))"),
    ("version2", "(vnnlib-version <2.0>)"), ("binary", "\u{0}\u{1}"),
  ]) func imports(name: String, assertions: String) throws {
    try folder.write("query.vnnlib", Self.declarations + assertions + "\n")
    let outcome = try folder.ordain([
      "import", "vnnlib", "query.vnnlib", "--interface", "Brake", "--spec", spec, "--network", "Front",
    ])
    try expectGolden(outcome.text(hiding: folder), "vnnlib-import-\(name)")
    // What was imported checks, beside the specification that it imports.
    if outcome.status == 0 {
      try folder.write("query.ordain", outcome.output)
      #expect(try folder.ordain(["check", "query.ordain"]).errors.contains(/error\[ORD0[1-5]/) == false)
    }
  }

  @Test func importsAlone() throws {
    try folder.write("2 nets.vnnlib", Self.declarations + "(assert (>= Y_0 Y_1))\n")
    let outcome = try folder.ordain(["import", "vnnlib", "2 nets.vnnlib", "--interface", "Net"])
    try expectGolden(outcome.text(hiding: folder), "vnnlib-import-alone")
    try folder.write("alone.ordain", outcome.output)
    #expect(try folder.ordain(["check", "alone.ordain"]).status == 0)
  }

  @Test(arguments: [
    ("otherInterface", ["--interface", "Other", "--spec", "spec.ordain"]),
    ("noInterface", ["--interface", "Brakes", "--spec", "spec.ordain"]),
    ("badName", ["--interface", "a b"]),
    ("taken", ["--interface", "Brake", "--spec", "spec.ordain", "--network", "Front", "--name", "close"]),
  ]) func refusesImport(name: String, arguments: [String]) throws {
    try folder.write("query.vnnlib", Self.declarations + "(assert (>= Y_0 3))\n")
    let outcome = try folder.ordain(["import", "vnnlib", "query.vnnlib"] + arguments)
    try expectGolden(outcome.text(hiding: folder), "vnnlib-import-\(name)")
  }
}
