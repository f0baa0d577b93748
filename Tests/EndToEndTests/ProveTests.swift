import Foundation
import Testing

/// `ordain prove` on networks whose scores are known: `a` is x and `b` is 0.5, in floats as over the reals.
@Suite struct ProveTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    for name in ["n1.nnet", "n2.nnet"] { try folder.write(name, knownNetwork()) }
    try folder.write("spec.ordain", Self.spec)
  }

  private static let spec = """
    ordain 1
    spec "known" 1.0.0
    interface I {
      inputs {
        x : m in -1 .. 1
        y : s in -1 .. 1
      }
      outputs { a, b choose highest }
    }
    networks Net[k: 1..2] : I from "n{k}.nnet"
    enforce high "far up" on Net { when x >= 0.75 m and y <= 0 s then choose a }
    enforce low on Net[2] { when x >= 0.25 m and y <= 0 s then choose a }
    verify cap on Net[1] { when x <= 0.75 m then a <= 0.8 }
    monitor watch on Net[1] { when x >= 0 m then a above b }
    verify either on Net[2] { when x >= 0.75 m or x <= -0.75 m then a <= 1.5 }

    """

  private func objects(_ outcome: Outcome) throws -> [[String: Any]] {
    try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func prove(_ arguments: [String], cache: Bool = false) throws -> Outcome {
    let options = (cache ? ["--cache", "cache"] : ["--no-cache"]) + ["--format", "json"]
    return try folder.ordain(["prove", "spec.ordain"] + arguments + options)
  }

  /// The properties by network, `enforce` first; a `monitor` where it is named.
  @Test func verdictsAndExitCodes() throws {
    let outcome = try prove([])
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    let answers = try objects(outcome)
    func text(_ key: String) -> [String?] { answers.map { $0[key] as? String } }
    #expect(text("network") == ["Net[1]", "Net[1]", "Net[2]", "Net[2]", "Net[2]"])
    #expect(text("property") == ["high", "cap", "high", "low", "either"])
    #expect(text("verdict") == ["holds", "holds", "holds", "violated", "holds"])
    #expect(text("realVerdict") == text("verdict"))
    #expect(answers.allSatisfy { $0["semantics"] as? String == "float" && $0["floatVerdict"] == nil })
    #expect(answers.allSatisfy { $0["compiler"] as? String == answers[0]["compiler"] as? String })
    let hash = try folder.shell("sha256sum n1.nnet").output.prefix(64)
    #expect(answers.allSatisfy { $0["modelHash"] as? String == String(hash) })
    let found = try #require(answers[3]["counterexample"] as? [String: [String: Double]])
    let inputs = try #require(found["inputs"])
    let (x, y) = (try #require(inputs["x"]), try #require(inputs["y"]))
    #expect(x >= 0.25 && x <= 0.5 && y >= -1 && y <= 0)
    #expect(Double(Float(x)) == x)
    #expect(found["scores"] == ["a": x, "b": 0.5])
    #expect(found["realScores"]?["b"] == 0.5)

    #expect(try prove(["--network", "Net[1]"]).status == 0)
    let watched = try prove(["--property", "watch", "--property", "cap"])
    #expect(watched.status == 1)
    #expect(try objects(watched).map { $0["property"] as? String } == ["cap", "watch"])
    let noTime = try prove(["--property", "cap", "--timeout", "1e-9"])
    let open = try objects(noTime)
    if open[0]["verdict"] as? String == "undecided" {
      #expect(noTime.status == 3 && open[0]["reason"] as? String == "time limit")
    }
    #expect(try prove(["--jobs", "1"]).status == 1)
  }

  @Test func textHasALineEachAndASummary() throws {
    let outcome = try folder.ordain(["prove", "spec.ordain", "--network", "Net[2]", "--no-cache"])
    #expect(outcome.status == 1)
    let lines = outcome.output.replacing(/[0-9.]+ s/, with: "T s").split(separator: "\n")
    #expect(lines[0] == "Net[2] high \"far up\": holds (float; T s)")
    #expect(lines[1] == "Net[2] low: violated (float; T s)")
    #expect(lines[2].wholeMatch(of: #/  at x = 0\.\d+ m, y = .* s/#) != nil, "\(lines[2])")
    #expect(lines[3].hasPrefix("  scores a 0.") && lines[3].hasSuffix(", b 0.5"))
    #expect(lines[5] == "3 questions: 2 hold, 1 violated, 0 undecided; T s of CPU time")
  }

  /// A violation is kept, and believed again only after it was replayed.
  @Test func violationsAreKept() throws {
    let first = try objects(try prove(["--property", "low"], cache: true))
    #expect(first[0]["isFromCache"] as? Bool == false)
    let names = (folder.names(in: "cache") ?? []).filter { $0.hasSuffix(".violation") }
    try #require(names.count == 1)
    let again = try objects(try prove(["--property", "low"], cache: true))
    #expect(again[0]["isFromCache"] as? Bool == true && again[0]["verdict"] as? String == "violated")
    #expect(
      (again[0]["counterexample"] as? NSDictionary) == (first[0]["counterexample"] as? NSDictionary))
    // One that violates nothing (x = 1), one outside the domain, numbers that are none, too few, garbage.
    for text in [
      "3f800000\n0\n", "3ec00000\n40000000\n", "7fc00000\n0\n", "3ec00000\n", "not a number\n", "",
    ] {
      try folder.write("cache/" + names[0], text)
      let answers = try objects(try prove(["--property", "low"], cache: true))
      #expect(answers[0]["isFromCache"] as? Bool == false && answers[0]["verdict"] as? String == "violated")
    }
    // Another question has another entry: a comment makes none, a bound does.
    try folder.write("spec.ordain", "// changed\n" + Self.spec)
    #expect(try objects(try prove(["--property", "low"], cache: true))[0]["isFromCache"] as? Bool == true)
    try folder.write("spec.ordain", Self.spec.replacing("x >= 0.25 m", with: "x >= 0.3 m"))
    #expect(try objects(try prove(["--property", "low"], cache: true))[0]["isFromCache"] as? Bool == false)
  }

  /// Proof and violation come close to the true limit, and lie on its two sides.
  @Test(arguments: [
    ("high", "x >=", 0.5, 0.75), ("low", "x >=", 0.5, 0.25), ("cap", "x <=", 0.8, 0.75),
  ])
  func limits(property: String, threshold: String, limit: Double, specified: Double) throws {
    let outcome = try prove([
      "--find-limits", property, "--threshold", threshold, "--tolerance", "0.001",
    ])
    #expect(outcome.status == (property == "low" ? 1 : 0) && outcome.errors.isEmpty)
    let answers = try objects(outcome)
    #expect(answers.count == (property == "high" ? 2 : 1))
    for answer in answers {
      let holds = try #require(answer["holdsAt"] as? Double)
      let violated = try #require(answer["violatedAt"] as? Double)
      #expect(threshold == "x >=" ? holds > limit && violated <= limit : holds <= limit && violated > limit)
      let moved = max(abs(holds - specified), abs(violated - specified))
      #expect(abs(holds - violated) <= 0.001 * moved)
      #expect(answer["specified"] as? Double == specified && answer["unit"] as? String == "m")
      let found = try #require(answer["counterexample"] as? [String: [String: Double]])
      #expect(found["inputs"]?["x"] == violated)
      #expect(found["scores"]?["a"] == found["inputs"]?["x"])
    }
  }

  /// Bounds have the digits of inputs, which would seem to miss them otherwise; the specification's own has its own digits.
  @Test func limitsSayTheirNumbers() throws {
    try folder.write("spec.ordain", Self.spec.replacing("x >= 0.25 m", with: "x > 30 cm"))
    let limits = ["--find-limits", "low", "--threshold", "x >="]
    let answer = try #require(try objects(try prove(limits)).first)
    #expect(answer["specified"] as? Double == 0.3)
    let text = try folder.ordain(["prove", "spec.ordain", "--no-cache"] + limits).output
    #expect(text.hasPrefix("Net[2] low, specified x > 0.3 m\n"), "\(text)")
    let bound = try #require(text.firstMatch(of: /violated at x >= (\S+) m\n    at x = (\S+) m/))
    #expect(bound.1 == bound.2)
    let place = try #require(Double(bound.1))
    #expect(Double(Float(place)) == place && answer["violatedAt"] as? Double == place)
  }

  @Test func limitsAtTheEnds() throws {
    let free = try prove(["--find-limits", "high", "--threshold", "y", "--network", "Net[1]"])
    let answer = try #require(try objects(free).first)
    #expect(free.status == 0 && answer["holdsAt"] as? Double == 1 && answer["isDomainEnd"] as? Bool == true)
    #expect(answer["violatedAt"] == nil)
    let nowhere = try prove(["--find-limits", "low", "--threshold", "y <="])
    let object = try #require(try objects(nowhere).first)
    #expect(nowhere.status == 1 && object["holdsAt"] == nil && object["violatedAt"] != nil)
    let all = try objects(try prove(["--find-limits", "high", "--network", "Net[1]"]))
    #expect(all.map { $0["threshold"] as? String } == ["x >=", "y <="])
    let text = try folder.ordain(["prove", "spec.ordain", "--find-limits", "high", "--no-cache"]).output
    #expect(text.hasPrefix("Net[1] high, specified x >= 0.75 m\n  holds at x >= 0.5"))
    #expect(text.contains("  holds at y <= 1.0 s, the end of the domain\n"))
  }

  /// Reals are the main verdict, floats stand beside it.
  /// A witness over the reals, at which the program's sums are infinite.
  @Test func scoresMayOverflow() throws {
    try folder.write(
      "big.nnet", knownNetwork(bias: "3e38").replacing("1,-1,\n0,0,", with: "3e38,-3e38,\n0,0,"))
    let file = try folder.write(
      "q.vnnlib",
      """
      (declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const Y_1 Real)
      (assert (>= X_0 0.6)) (assert (<= X_0 1.0)) (assert (>= X_1 0.0)) (assert (<= X_1 1.0)) (assert (>= Y_0 Y_1))

      """)
    let question = ["prove", "--vnnlib", file, "--model", "big.nnet", "--no-cache"]
    let outcome = try folder.ordain(question + ["--format", "json"])
    let answer = try #require(try objects(outcome).first)
    #expect(outcome.status == 1 && answer["verdict"] as? String == "violated")
    let scores = (answer["counterexample"] as? [String: [String: Any]])?["scores"]
    #expect(scores?["Y_0"] is NSNull && scores?["Y_1"] as? Double == 0.5, "\(outcome.output)")
    #expect(try folder.ordain(question).status == 1)
  }

  @Test func vnnlib() throws {
    let declarations = """
      (declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const Y_1 Real)
      (assert (<= X_1 1.0)) (assert (>= X_1 0.0)) (assert (<= Y_0 Y_1))

      """
    func answer(_ bounds: String) throws -> (Int32, [String: Any]) {
      let file = try folder.write("p.vnnlib", declarations + bounds)
      let outcome = try folder.ordain([
        "prove", "--vnnlib", file, "--model", "n1.nnet", "--format", "json", "--no-cache",
      ])
      return (outcome.status, try #require(try objects(outcome).first))
    }
    let (code, safe) = try answer("(assert (>= X_0 0.6)) (assert (<= X_0 1.0))")
    #expect(code == 0 && safe["verdict"] as? String == "holds" && safe["floatVerdict"] as? String == "holds")
    #expect(safe["semantics"] as? String == "real" && safe["realVerdict"] == nil)
    #expect(safe["network"] as? String == "n1.nnet" && safe["property"] as? String == "p")
    let (status, unsafe) = try answer("(assert (>= X_0 0.4)) (assert (<= X_0 1.0))")
    #expect(status == 1 && unsafe["verdict"] as? String == "violated")
    // No float lies in the box, and a real number in it violates: floats are not proved by that.
    let (open, empty) = try answer("(assert (>= X_0 0.4)) (assert (<= X_0 0.4))")
    #expect(open == 1 && empty["verdict"] as? String == "violated")
    #expect(empty["floatVerdict"] as? String == "undecided" && empty["floatReason"] != nil)
    let inputs = (empty["counterexample"] as? [String: [String: Any]])?["inputs"]
    #expect(inputs?["X_0"] as? String == "2/5")
  }

  /// What contradicts itself holds of every network, and nobody takes that for a proof about this one.
  @Test func aFileWithoutPointsIsNoted() throws {
    let head = """
      (declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const Y_1 Real)
      (assert (>= X_1 0.0)) (assert (<= X_1 1.0)) (assert (<= Y_0 Y_1)) (assert (>= X_0 0.0))

      """
    try folder.write("empty.vnnlib", head + "(assert (<= X_0 -1.0))\n")
    try folder.write("point.vnnlib", head + "(assert (<= X_0 0.0))\n")
    func prove(_ file: String) throws -> Outcome {
      try folder.ordain(["prove", "--vnnlib", file, "--model", "n1.nnet", "--no-cache"])
    }
    let empty = try prove("empty.vnnlib")
    #expect(empty.status == 0 && empty.output.hasPrefix("n1.nnet empty: holds (real; "))
    try expectGolden(empty.errors, "prove-emptyFile")
    #expect(try prove("point.vnnlib").errors.isEmpty)
  }

  /// The limit on all questions together ends the search, and says so.
  @Test func limitsHaveATotalTime() throws {
    let outcome = try prove([
      "--find-limits", "high", "--network", "Net[1]", "--tolerance", "1e-6", "--total-timeout", "1e-6",
    ])
    let answers = try objects(outcome)
    // The first question is asked with what is left, a millionth of a second.
    #expect(answers.count == 2 && answers[1]["questions"] as? Int == 0)
    #expect(answers[1]["reason"] as? String == "total time limit")
    // What it proved is known of the other bound, too.
    #expect((answers[1]["holdsAt"] as? Double) == (answers[0]["holdsAt"] == nil ? nil : 0))
    #expect(outcome.status == 3)
    let text = try folder.ordain([
      "prove", "spec.ordain", "--find-limits", "high", "--network", "Net[1]", "--total-timeout", "1e-6",
      "--no-cache",
    ]).output
    #expect(text.contains("  not asked at y <= ") && !text.contains("nowhere"), "\(text)")
  }

  /// `a` is x + 2^20 - 2^20, with rounding: between the proof and the violation are places that stay open.
  @Test func limitsThatRoundingLeavesOpen() throws {
    let rounded = knownNetwork().replacing(
      "1,0,\n-1,0,\n0,\n0,\n1,-1,\n0,0,\n0,\n0.5,",
      with:
        "1,0,\n0,1,\n1048576,\n0,\n1,0,\n0,0,\n-1048576,\n0.5,")
    try #require(rounded != knownNetwork())
    try folder.write("n1.nnet", rounded)
    let outcome = try prove([
      "--find-limits", "high", "--threshold", "x >=", "--network", "Net[1]", "--float-semantics",
      "binary64-sums",
    ])
    let answer = try #require(try objects(outcome).first)
    #expect(outcome.status == 3 && (answer["reason"] as? String)?.hasPrefix("precision") == true)
    let places = ["holdsAt", "undecidedAt", "violatedAt"].compactMap { answer[$0] as? Double }
    #expect(places.count == 3 && places == places.sorted(by: >) && places[0] - places[1] < 0.01 * 0.75)
  }

  /// Names of VNN-LIB files are shown as they are.
  @Test func namesOfFiles() throws {
    try folder.write(
      "a-b 1.0.vnnlib",
      """
      (declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const Y_1 Real)
      (assert (<= X_1 1.0)) (assert (>= X_1 0.0)) (assert (<= Y_0 Y_1))
      (assert (>= X_0 0.6)) (assert (<= X_0 1.0))

      """)
    let outcome = try folder.ordain([
      "prove", "--vnnlib", "a-b 1.0.vnnlib", "--model", "n1.nnet", "--evidence", "proofs", "--no-cache",
    ])
    #expect(outcome.output.hasPrefix("n1.nnet a-b 1.0: holds (real; "), "\(outcome.output)")
    #expect(folder.names(in: "proofs") == ["n1_nnet_a_b_1_0.ordainproof"])
  }

  /// An older proof is not left as if it were of the question that is asked now.
  @Test func olderProofsAreRemoved() throws {
    let own = "Net_1__high.ordainproof"
    func prove(_ property: String, _ options: [String] = []) throws -> (Int32, [String]) {
      let arguments = ["--network", "Net[1]", "--property", property, "--evidence", "proofs"]
      let outcome = try folder.ordain(["prove", "spec.ordain", "--cache", "cache"] + arguments + options)
      return (outcome.status, folder.names(in: "proofs") ?? [])
    }
    #expect(try prove("cap") == (0, ["Net_1__cap.ordainproof"]))
    #expect(try prove("high") == (0, ["Net_1__cap.ordainproof", own]))
    let spec = try folder.read("spec.ordain")
    // Now and then from the cache.
    try folder.write("spec.ordain", spec.replacing("x >= 0.75 m and", with: "x >= 0.25 m and"))
    for _ in 0..<2 {
      try folder.write("proofs/\(own)", "an older proof")
      #expect(try prove("high") == (1, ["Net_1__cap.ordainproof"]))
    }
    // A question that can't be asked has no proof, either.
    try folder.write("proofs/\(own)", "an older proof")
    try folder.write("spec.ordain", spec.replacing("x >= 0.75 m and", with: "x >= 2 m and"))
    let refused = try prove("high")
    #expect(refused == (2, ["Net_1__cap.ordainproof"]))
    // What can't be removed is said, and nothing is asked.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/proofs/\(own)", withIntermediateDirectories: true)
    try folder.write("spec.ordain", spec)
    let taken = try folder.ordain([
      "prove", "spec.ordain", "--network", "Net[1]", "--property", "high", "--evidence", "proofs",
      "--no-cache",
    ])
    #expect(taken.status == 2 && taken.errors.hasPrefix("error[ORD0902]: cannot remove `proofs/\(own)`: "))
  }

  /// Questions that are alike but for a blank have files of their own, whichever are asked.
  @Test func questionsHaveFilesOfTheirOwn() throws {
    try folder.write(
      "two.ordain",
      """
      ordain 1
      spec "two" 1.0.0
      interface I {
        inputs {
          x : m in -1 .. 1
          y : s in -1 .. 1
        }
        outputs { a, b choose highest }
      }
      network Net : I from "n1.nnet"
      network Net_low : I from "n2.nnet"
      verify low_cap on Net { when x <= 0.75 m then a <= 0.8 }
      verify cap on Net_low { when x <= 0.5 m then a <= 0.8 }

      """)
    let evidence = ["--evidence", "proofs", "--no-cache"]
    let names = ["Net_low_cap.ordainproof", "Net_low_cap_.ordainproof"]
    for options in [[], ["--property", "cap"]] {
      #expect(try folder.ordain(["prove", "two.ordain"] + evidence + options).status == 0)
      #expect(folder.names(in: "proofs") == names)
    }
    for (name, network, property) in [(names[0], "Net", "low_cap"), (names[1], "Net_low", "cap")] {
      let question = ["--network", network, "--property", property]
      #expect(try folder.ordain(["check-proof", "proofs/" + name, "two.ordain"] + question).status == 0)
    }
  }

  /// The verdict is not lost, and nobody takes the run for one that left its proofs.
  @Test(.enabled(if: geteuid() == 0)) func aProofThatCannotBeWrittenEndsWith2() throws {
    let outcome = try folder.ordain([
      "prove", "spec.ordain", "--network", "Net[1]", "--property", "high", "--evidence", "/proc",
      "--no-cache",
    ])
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.output.contains("high \"far up\": holds (float; "), "\(outcome.output)")
    #expect(outcome.output.contains("  no proof was written: "), "\(outcome.output)")
  }

  /// Nothing is asked whose proof has no place to go, nor is a program written.
  @Test(arguments: ["taken", "taken/below", "/proc/no/such", ""])
  func aFolderThatCannotBeMadeIsFoundFirst(evidence: String) throws {
    try folder.write("taken", "a file where a folder is wanted")
    let names = folder.names(in: ".")
    let options = ["spec.ordain", "--network", "Net[2]", "--evidence", evidence]
    let proved = try folder.ordain(["prove", "--no-cache"] + options)
    #expect(proved.status == 2 && proved.output.isEmpty)
    let compiled = try folder.ordain(["compile", "--prove", "-o", "out"] + options)
    #expect(compiled.status == 1 && compiled.output.isEmpty)
    let misplaced = try folder.ordain(["compile", "--prove", "spec.ordain", "-o", evidence])
    #expect(misplaced.status == 1 && misplaced.output.isEmpty)
    for outcome in [proved, compiled, misplaced] {
      #expect(outcome.errors.hasPrefix("error[ORD0902]: cannot write `\(evidence)`: "), "\(outcome.errors)")
    }
    #expect(folder.names(in: ".") == names)
    #expect(try folder.read("taken") == "a file where a folder is wanted")
  }

  @Test(arguments: [
    ["--vnnlib", "a.vnnlib", "--model", "n1.nnet", "-D", "x=1"],
    ["--vnnlib", "a.vnnlib", "--model", "n1.nnet", "--models", "."],
    ["--vnnlib", "a.vnnlib", "--model", "n1.nnet", "--property", "p"], ["--vnnlib", "a.vnnlib"],
    ["spec.ordain", "--find-limits", "high", "--evidence", "proofs"],
    ["spec.ordain", "--total-timeout", "1"],
    ["spec.ordain", "--find-limits", "high", "--total-timeout", "0"],
  ]) func wrongUsageEndsWith2(arguments: [String]) throws {
    let outcome = try folder.ordain(["prove"] + arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.hasPrefix("Error: "))
  }

  @Test func aVNNLIBFileIsNoSpecification() throws {
    for (arguments, cure) in [
      (["p.vnnlib"], "write `--vnnlib p.vnnlib --model MODEL`"),
      (["p.vnnlib", "--model", "n1.nnet"], "write `--vnnlib p.vnnlib --model n1.nnet`"),
    ] {
      let outcome = try folder.ordain(["prove"] + arguments)
      #expect(outcome.status == 2 && outcome.errors.contains(cure), "\(outcome.errors)")
    }
  }

  @Test func refusals() throws {
    let softmax = packageFolder.appending(path: "Tests/ModelImportTests/WellFormed/softmaxFinal/model.onnx")
      .path()
    let ranges = (0..<3).map {
      "(declare-const X_\($0) Real) (assert (<= X_\($0) 1.0)) (assert (>= X_\($0) 0.0))"
    }
    let outputs = (0..<4).map { "(declare-const Y_\($0) Real)" }
    let header = (ranges + outputs).joined(separator: "\n") + "\n"
    try folder.write("probability.vnnlib", header + "(assert (>= Y_0 0.9))\n")
    try folder.write("sum.vnnlib", header + "(assert (<= (* 2.0 Y_0) Y_1))\n")
    try folder.write("order.vnnlib", header + "(assert (<= Y_0 Y_1))\n")
    try folder.write(
      "wide.vnnlib", "(declare-const X_0 Real) (declare-const Y_0 Real) (assert (<= Y_0 1.0))\n")
    try folder.write(
      "open.vnnlib",
      "(declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real) (declare-const Y_1 Real)\n"
        + "(assert (<= X_0 1.0)) (assert (<= Y_0 1.0))\n")
    try folder.write(
      "none.ordain", Self.spec.split(separator: "\n").prefix(10).joined(separator: "\n") + "\n")
    try folder.write(
      "softmax.ordain",
      """
      ordain 1
      spec "known" 1.0.0
      interface I {
        inputs { x[3] : 1 in 0 .. 1 }
        outputs { a[4] choose highest }
      }
      network Net : I from "\(softmax)"
      verify probability on Net { when x[0] >= 0.5 then a[0] <= 0.9 or a[0] above a[1] }

      """)
    let cases: [[String]] = [
      ["softmax.ordain"], ["missing.ordain"], ["--vnnlib", "missing.vnnlib", "--model", "n1.nnet"],
      ["--vnnlib", "probability.vnnlib", "--model", softmax], ["--vnnlib", "sum.vnnlib", "--model", softmax],
      ["--vnnlib", "wide.vnnlib", "--model", "n1.nnet"], ["--vnnlib", "open.vnnlib", "--model", "n1.nnet"],
      ["none.ordain"], ["spec.ordain", "--property", "hihg"], ["spec.ordain", "--network", "Net[3]"],
      ["spec.ordain", "--property", "low", "--network", "Net[1]"],
      ["spec.ordain", "--find-limits", "either"],
      ["spec.ordain", "--find-limits", "high", "--threshold", "x <="],
      ["spec.ordain", "--find-limits", "high", "--threshold", "z"],
    ]
    var text = ""
    for arguments in cases {
      let outcome = try folder.ordain(["prove"] + arguments + ["--no-cache"])
      #expect(outcome.status == 2 && !outcome.output.contains("Net"), "\(arguments)")
      text +=
        "# \(arguments.joined(separator: " "))\n".replacing(packageFolder.path(), with: "PACKAGE/")
        + outcome.text(hiding: folder)
    }
    try expectGolden(text, "prove-refusals")
    let order = try folder.ordain(["prove", "--vnnlib", "order.vnnlib", "--model", softmax, "--no-cache"])
    #expect(order.output.contains(" (real; "), "\(order.errors)")
    let check = try folder.ordain(["check-proof", "missing.ordainproof"])
    #expect(check.status == 2 && check.errors.contains("missing.ordainproof"))
    let bad = try folder.ordain(["check-proof", "spec.ordain"])
    #expect(bad.status == 1 && bad.output.contains("not proved"))
  }
}
