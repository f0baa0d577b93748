import Foundation
import Testing

/// `ordain certify --method projections` and `--method linear`: verdicts at the digits of a small network, and one clear diagnostic for what it
/// does not answer.
@Suite struct ProjectionTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let digits = packageFolder.appending(path: "Specs/digits/").path()
  private static let tables = [
    "--inputs", digits + "test_inputs.npy", "--labels", digits + "test_labels.npy",
  ]

  private func certify(_ specification: String, _ options: String...) throws -> Outcome {
    try folder.ordain(["certify", specification, "--method", "projections"] + Self.tables + options)
  }

  /// The digits' interface about a network that is written here.
  private func writeNetwork(_ nnet: String, _ rest: String = "") throws -> String {
    try folder.write("net.nnet", nnet)
    return try folder.write(
      "net.ordain",
      """
      ordain 1
      spec "small" 1.0.0
      interface Small {
        inputs {
          x : 1 in -1 .. 1
          y : 1 in -1 .. 1
        }
        outputs { left, right choose highest }
      }
      network Net : Small from "net.nnet"
      \(rest)

      """)
  }

  /// left = relu(x), right = relu(y): equal on the diagonal.
  private static let diagonal = """
    // two inputs, one hidden layer
    2,2,2,2,
    2,2,2,
    0,
    -1.0,-1.0,
    1.0,1.0,
    0.0,0.0,0.0,
    1.0,1.0,1.0,
    1.0,0.0,
    0.0,1.0,
    1.0,
    1.0,
    1.0,0.0,
    0.0,1.0,
    0.0,
    0.0,

    """

  private func run(
    _ specification: String, _ points: String, _ labels: String, _ options: String...
  ) throws -> Outcome {
    let tables = [
      "--inputs", try folder.write("x.csv", points), "--labels", try folder.write("y.txt", labels),
    ]
    return try folder.ordain(["certify", specification, "--method", "projections"] + tables + options)
  }

  @Test func verdictsAndWitnesses() throws {
    let specification = try writeNetwork(Self.diagonal)
    let points = "x,y\n0.5,0\n0.5,0.4\n2,0\n"
    let labels = "left\nright\nleft\n"
    let text = try run(specification, points, labels, "--norm", "L2", "--epsilon", "0.2")
    try expectGolden(text.text(hiding: folder), "certifyProjections")
    let json = try run(
      specification, points, labels, "--norm", "Linf", "--epsilon", "0.2", "--lower-bound", "--format", "json"
    )
    #expect(json.status == 0)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(report["method"] as? String == "projections")
    let results = try #require(report["results"] as? [[String: Any]])
    let verdicts = try #require(results[0]["points"] as? [[String: Any]])
    #expect(verdicts.map { $0["point"] as? Int } == [1, 2, 3])
    #expect(verdicts.map { $0["verdict"] as? String } == ["robust", "notRobust", "outsideDomain"])
    #expect(verdicts.map { $0["choice"] as? String } == ["left", "left", nil])
    let witness = try #require(verdicts[1]["witness"] as? [String: Any])
    #expect(witness["choice"] as? String == "right")
    let input = try #require(witness["input"] as? [Double])
    #expect(input[1] > input[0] && zip(input, [0.5, 0.4]).allSatisfy { abs($0 - $1) <= 0.2 })
    let radius = try #require(verdicts[1]["certifiedRadius"] as? Double)
    #expect(radius > 0.0498 && radius < 0.05)
    #expect(verdicts[0]["certifiedRadius"] as? Double == 0.2)
  }

  @Test func selectedClauses() throws {
    let specification = try writeNetwork(
      Self.diagonal,
      """
      robust near on Net { within L2 0.01 of normalized keep top 1 }
      robust far on Net { within L2 0.2 of normalized keep top 1 }
      """)
    func clauses(_ options: String...) throws -> [String] {
      let outcome = try folder.ordain(
        [
          "certify", specification, "--method", "linear", "--inputs",
          try folder.write("x.csv", "x,y\n0.5,0\n"),
          "--labels", try folder.write("y.txt", "left\n"),
        ] + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output.matches(of: /\n(\w+) on Net/).map { String($0.output.1) }
    }
    #expect(try clauses() == ["near", "far"])
    #expect(try clauses("--clause", "far") == ["far"])
  }

  /// Scores |x| and -0.1. Near the bend linear bounds have |x| >= x.
  @Test func linearBoundsSayLess() throws {
    let bent = Self.diagonal.replacing(
      "1.0,0.0,\n0.0,1.0,\n1.0,\n1.0,\n1.0,0.0,\n0.0,1.0,\n0.0,\n0.0,",
      with: "1.0,0.0,\n-1.0,0.0,\n0.0,\n0.0,\n1.0,1.0,\n0.0,0.0,\n0.0,\n-0.1,")
    let specification = try writeNetwork(bent)
    func points(_ method: String, _ epsilon: String, _ options: String...) throws -> [[String: Any]] {
      let ball = ["--method", method, "--norm", "L2", "--epsilon", epsilon, "--format", "json"]
      let tables = [
        "--inputs", try folder.write("x.csv", "x,y\n0.1,0\n0.8,0\n"), "--labels",
        try folder.write("y.txt", "left\nleft\n"),
      ]
      let outcome = try folder.ordain(["certify", specification] + ball + tables + options)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
      #expect(report["method"] as? String == method && report["compiler"] is String)
      let results = try #require(report["results"] as? [[String: Any]])
      #expect((results[0]["modelHash"] as? String)?.count == 64)
      return try #require(results[0]["points"] as? [[String: Any]])
    }
    func verdicts(_ method: String, _ epsilon: String) throws -> [[String?]] {
      try points(method, epsilon).map { [$0["verdict"] as? String, $0["reason"] as? String] }
    }
    #expect(try verdicts("linear", "0.3") == [["unknown", "bounds"], ["robust", nil]])
    #expect(try verdicts("projections", "0.3") == [["robust", nil], ["robust", nil]])
    #expect(try verdicts("linear", "0.09") == [["robust", nil], ["robust", nil]])
    // The bound reaches -0.1 at x = -0.1.
    let radius = try #require(try points("linear", "0.3", "--lower-bound")[0]["certifiedRadius"] as? Double)
    #expect(radius > 0.199 && radius < 0.2)
  }

  @Test func whatProjectionsDoNotAnswer() throws {
    // MinMax, and clauses of several places.
    let ball = try certify(Self.digits + "digits.ordain", "--norm", "Linf", "--epsilon", "0.1")
    try expectGolden(ball.text(hiding: folder), "certifyProjectionsOperator")
    try expectGolden(
      try certify(Self.digits + "digits.ordain").text(hiding: folder), "certifyProjectionsPlaces")
    let repaired = try writeNetwork(
      Self.diagonal,
      "enforce p { when x > 0.5 then choose left }\nrobust r on Net { within L2 0.1 of physical keep top 1 }")
    let outcome = try run(repaired, "0,0\n", "left\n")
    try expectGolden(outcome.text(hiding: folder), "certifyProjectionsRepaired")
    let lines = try folder.ordain(
      ["certify", Self.digits + "digits.ordain", "--method", "linear", "--norm", "L2", "--epsilon", "1"]
        + Self.tables)
    #expect(lines.errors.contains("error[ORD1211]: linear bounds do not apply: node `sorted2`"))
    #expect(lines.errors.contains("leave `--method linear` out"))
  }

  @Test func optionsThatDoNotGoTogether() throws {
    let specification = Self.digits + "digits.ordain"
    for options in [
      ["--norm", "L2"], ["--epsilon", "0.1"], ["--norm", "L2", "--epsilon", "0"],
      ["--norm", "L2", "--epsilon", "nan"], ["--semantics", "real"], ["--histogram", "h.svg"],
      ["--timeout", "0"],
    ] {
      let outcome = try folder.ordain(
        ["certify", specification, "--method", "projections"] + Self.tables + options)
      #expect(outcome.status == 2, "\(options)")
    }
    #expect(try folder.ordain(["certify", specification] + Self.tables + ["--lower-bound"]).status == 2)
  }
}
