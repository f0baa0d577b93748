import Foundation
import Testing

/// Options of `ordain compile`, and models without specification.
@Suite struct CompileTests {
  let folder: TestFolder
  let model: String

  init() throws {
    folder = try TestFolder()
    model = URL(filePath: cartpole).deletingLastPathComponent().appending(path: "cartpole.onnx").path()
  }

  @Test func filesOfEveryPlacement() throws {
    for (weights, more) in [
      ("same", []), ("separate", ["pole_weights.c", "pole_weights.h"]), ("binary", ["pole_weights.bin"]),
    ] {
      let outcome = try folder.ordain(
        ["compile", cartpole, "--prefix", "pole", "--weights", weights, "-o", weights])
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(folder.names(in: weights) == (["pole.c", "pole.h", "pole_selfcheck.c"] + more).sorted())
      #expect(outcome.output.contains(" bytes, decision proved by 10 cases)\n"))
    }
  }

  @Test func aModelAloneIsCompiled() throws {
    let outcome = try folder.ordain(["compile", "--model", model, "--cost", "-o", "out"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(folder.names(in: "out") == ["cartpole.c", "cartpole.h", "cartpole_selfcheck.c"])
    #expect(outcome.output.contains("multiplications") && outcome.output.contains("no specification"))
    #expect(!outcome.output.contains("decision"))
    let named = try folder.ordain(
      ["compile", "--model", model, "--name", "N[1,1]", "--choose", "lowest", "-o", "named"])
    #expect(named.status == 0)
    #expect(folder.names(in: "named") == ["n_1_1.c", "n_1_1.h", "n_1_1_selfcheck.c"])
    #expect(try folder.read("named/n_1_1.h").contains("the lowest is the best"))
    #expect(try folder.read("out/cartpole.h").contains("the highest is the best"))
  }

  /// The same scores as through the specification, where normalisation and rules leave them alone.
  @Test func selfChecksOfWrittenFilesPass() throws {
    for arguments in [
      [cartpole], ["--model", model], [cartpole, "--float-semantics", "fma"],
      ["--model", model, "--float-semantics", "binary64-sums"],
    ] {
      #expect(
        try folder.ordain(["compile"] + arguments + ["--prefix", "pole", "-o", "out"]).status == 0)
      for compiler in ["gcc", "clang"] {
        let line = "\(compiler) -std=c99 -O2 -mfma out/pole.c out/pole_selfcheck.c -o check -lm && ./check"
        let outcome = try folder.shell("PATH=$PATH:/opt/swift/usr/bin; \(line)")
        #expect(outcome.status == 0, "\(outcome.errors)")
      }
    }
  }

  @Test func limitsEndTheCompilation() throws {
    let outcome = try folder.ordain(
      ["compile", cartpole, "--max-ram", "100", "--max-flash", "1000", "--max-ops", "1000", "-o", "out"])
    try expectGolden(outcome.text(hiding: folder), "costLimits")
    #expect(outcome.status == 1 && folder.names(in: "out") == nil)
    let wide = try folder.ordain(
      ["compile", cartpole, "--max-ram", "4000", "--max-flash", "9000", "--max-ops", "90000", "-o", "out"])
    #expect(wide.status == 0)
  }

  @Test(arguments: ["separate", "binary"]) func weightsApartNeedWeights(_ placement: String) throws {
    let model = packageFolder.appending(path: "Tests/ModelImportTests/WellFormed/functionTanh/model.onnx")
      .path()
    let outcome = try folder.ordain(["compile", "--model", model, "--weights", placement, "-o", "out"])
    #expect(folder.names(in: "out") == nil)
    try expectGolden(outcome.text(hiding: folder), "noWeights_\(placement)")
  }

  @Test func runAndWhyRoundAsCompile() throws {
    let inputs = try folder.write("inputs.csv", "0.3,0.1,0.01,0.2\n1,2,0.1,-0.3\n")
    func scores(_ semantics: String) throws -> String {
      try folder.ordain(
        ["run", cartpole, "--inputs", inputs, "--format", "jsonl", "--float-semantics", semantics]
      ).output
    }
    let plain = try folder.ordain(["run", cartpole, "--inputs", inputs, "--format", "jsonl"]).output
    #expect(try scores("contract-off") == plain)
    #expect(try scores("fma") != plain)
    #expect(try scores("binary64-sums") != plain && scores("binary64-sums") != scores("fma"))
    let why = try folder.ordain(
      [
        "why", cartpole, "--input", "x = 0 m, v = 1 m/s, theta = 3 deg, omega = 0 rad/s",
        "--float-semantics", "fma",
      ])
    #expect(why.status == 0)
  }

  /// With a `robust` clause sums are kept in binary64 unless it is asked for something else.
  @Test func robustClausesAskForBinary64() throws {
    let model = URL(filePath: cartpole).deletingLastPathComponent().appending(path: "cartpole.onnx")
    try folder.write("cartpole.onnx", [UInt8](Data(contentsOf: model)))
    let text = try String(contentsOf: URL(filePath: cartpole), encoding: .utf8)
    let robust = try folder.write(
      "robust.ordain", text + "\nrobust steady on Policy { within L2 0.1 of normalized keep top 1 }\n")
    let inputs = try folder.write("inputs.csv", "0.3,0.1,0.01,0.2\n1,2,0.1,-0.3\n")
    func scores(_ spec: String, _ options: String...) throws -> String {
      let run = try folder.ordain(["run", spec, "--inputs", inputs, "--format", "jsonl"] + options)
      return run.output.replacing(/"certified":.*?},/, with: "")
    }
    let wide = try scores(cartpole, "--float-semantics", "binary64-sums")
    let narrow = try scores(cartpole)
    #expect(!wide.isEmpty && wide != narrow)
    #expect(try scores(robust) == wide)
    #expect(try scores(robust, "--float-semantics", "contract-off") == narrow)
  }

  /// `fast` holds of the network and, where another property is active as well, of its repairs.
  @Test func whatIsProvedIsDroppedAndChangesNoResult() throws {
    let model = URL(filePath: cartpole).deletingLastPathComponent().appending(path: "cartpole.onnx")
    try folder.write("cartpole.onnx", [UInt8](Data(contentsOf: model)))
    let text = try String(contentsOf: URL(filePath: cartpole), encoding: .utf8)
    let spec = try folder.write(
      "pole.ordain",
      text + """

        enforce fast "falling fast near the middle" on Policy {
          when x in -0.1 .. 0.1 m and v in -0.1 .. 0.1 m/s and theta in 0.1 .. 0.2 rad and omega >= 1 rad/s
          then choose push_right
        }

        """)
    let proving = ["--prove", "--evidence", "proofs"]
    for (options, out) in [([], "plain"), (proving, "proved"), (["--prove"], "again")] {
      let outcome = try folder.ordain(["compile", spec, "--prefix", "pole", "-o", out] + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let isProved = outcome.output.contains("(properties 3 (1 proved, 0 of them enforced all the same), ")
      #expect(isProved == (out != "plain"), "\(outcome.output)")
    }
    let header = try folder.read("proved/pole.h")
    #expect(header.contains(/line 36:\n \*     enforced by repair\n/))
    #expect(
      header.contains(/fast "falling fast near the middle", .*:\n \*     proved of the network, proof/))
    for name in ["pole.h", "pole.c", "pole_selfcheck.c"] {
      #expect(try folder.read("proved/\(name)") == folder.read("again/\(name)"))
    }
    // The proof is the one that the header names, and is accepted.
    #expect(folder.names(in: "proofs") == ["Policy_fast.ordainproof"])
    let proof = try folder.shell("sha256sum proofs/Policy_fast.ordainproof")
    #expect(header.contains(" *     \(proof.output.prefix(64))\n"))
    let checked = try folder.ordain(
      ["check-proof", "proofs/Policy_fast.ordainproof", "--model", "cartpole.onnx"])
    #expect(checked.status == 0, "\(checked.output)")
    // Of another demand there is no proof, nor is the older one left.
    let wide = try folder.read("pole.ordain").replacing("x in -0.1 .. 0.1 m and v in", with: "v in")
    try folder.write("pole.ordain", wide.replacing("omega >= 1", with: "omega >= 0"))
    let wider = try folder.ordain(["compile", spec, "--prefix", "pole", "-o", "wider"] + proving)
    try expectGolden(wider.text(hiding: folder), "notProved")
    #expect(folder.names(in: "proofs") == [])
    // The note's command can be pasted.
    let question = try #require(
      wider.errors.firstMatch(of: /`ordain (prove .* --property fast)` shows the input/))
    let pasted = try folder.shell("$0 \(question.1) --no-cache")
    #expect(pasted.status == 1 && pasted.output.contains("Policy fast"), "\(pasted.errors)")
    let line = "gcc -std=c99 -O2 -Iproved proved/pole.c plain/pole_selfcheck.c -o check && ./check"
    let outcome = try folder.shell(line)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  /// What the search alone says is not enough to leave a repair out.
  @Test func withoutAProofTheRepairStays() throws {
    let model = packageFolder.appending(path: "Tests/ModelImportTests/WellFormed/functionTanh/model.onnx")
    try folder.write("tanh.onnx", [UInt8](Data(contentsOf: model)))
    let spec = try folder.write(
      "tanh.ordain",
      """
      ordain 1
      spec "tanh" 1.0.0
      interface I {
        inputs { x[8] : 1 in 0 .. 1 }
        outputs { y[8] choose highest }
      }
      network Net : I from "tanh.onnx"
      enforce first on Net { when x[0] >= 0.9 and x[1] <= 0.5 then y[0] above y[1] }

      """)
    let proved = try folder.ordain(["prove", spec, "--no-cache"])
    #expect(proved.status == 0 && proved.output.contains("Net first: holds (float; "), "\(proved.output)")
    let plain = try folder.ordain(["compile", spec, "--prefix", "net", "-o", "plain"])
    let compiled = try folder.ordain(
      ["compile", spec, "--prefix", "net", "-o", "out", "--prove", "--evidence", "proofs"])
    #expect(plain.status == 0 && compiled.status == 0)
    try expectGolden(compiled.errors, "notProved-noProof")
    #expect(compiled.output.contains("wrote 0 proofs to proofs"))
    let evidence = try folder.ordain(["prove", spec, "--no-cache", "--evidence", "proofs"])
    #expect(evidence.status == 2 && evidence.errors.isEmpty)
    #expect(evidence.output.contains("\n  no proof was written: proofs know no sigmoid and no tanh\n"))
    for name in ["net.h", "net.c"] {
      #expect(try folder.read("plain/\(name)") == folder.read("out/\(name)"))
    }
  }

  @Test(arguments: [
    ["-o", "out"], ["a", "--model", "b.onnx", "-o", "out"], ["a", "--name", "N", "-o", "out"],
    ["a", "--choose", "lowest", "-o", "out"], ["--model", "b.onnx", "--choose", "best", "-o", "out"],
    ["--model", "b.onnx", "-D", "x=1", "-o", "out"], ["--model", "b.onnx", "--network", "N", "-o", "out"],
    ["--model", "b.onnx", "--name", "", "-o", "out"], ["a", "--prefix", "int", "-o", "out"],
    ["a", "--prefix", "a-b", "-o", "out"], ["a", "--weights", "none", "-o", "out"],
    ["a", "--scratch", "heap", "-o", "out"], ["a", "--optimize", "both", "-o", "out"],
    ["a", "--float-semantics", "fast", "-o", "out"], ["a", "--max-ram", "-1", "-o", "out"],
    ["a", "--max-ops", "many", "-o", "out"], ["a", "--language", "rust", "-o", "out"],
    ["a", "--language", "swift", "--weights", "binary", "-o", "out"],
    ["a", "--prove-boxes", "10", "-o", "out"], ["a", "--prove", "--prove-boxes", "0", "-o", "out"],
    ["a", "--evidence", "proofs", "-o", "out"],
    ["--model", "b.onnx", "--prove", "-o", "out"],
  ]) func wrongUsageEndsWith2(arguments: [String]) throws {
    let outcome = try folder.ordain(["compile"] + arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains("Usage: ordain compile"))
    #expect(folder.names(in: "out") == nil)
  }

  @Test func modelsThatCannotBeReadAreErrors() throws {
    let outcome = try folder.ordain(["compile", "--model", "missing.onnx", "-o", "out"])
    #expect(outcome.status == 1 && outcome.errors.hasPrefix("error[ORD0601]"))
    #expect(folder.names(in: "out") == nil)
  }
}
