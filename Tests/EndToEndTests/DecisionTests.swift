import Testing

/// What `run` and `why` say about decisions.
@Suite struct DecisionTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// Kept without and with an active property, repaired, and refused.
  private static let rows = """
    x,v,theta,omega
    0,0,0,0
    0,0,0.1,0.2
    -2.4,-40,0.03,0
    2.4,40,-0.03,0
    0,nan,0,0
    0,0,0.5,0

    """

  @Test(arguments: ["table", "csv", "jsonl"]) func resultsOfCartpole(format: String) throws {
    let outcome = try folder.ordain(
      ["run", cartpole, "--inputs", "-", "--format", format], input: Array(Self.rows.utf8))
    try expectGolden(outcome.text(hiding: folder), "run-\(format)")
    #expect(outcome.output.contains("repaired"))
  }

  @Test(arguments: [
    ("kept", "x = 0 m, v = 0 m/s, theta = 0 rad, omega = 0 rad/s"),
    ("repaired", "x = -2.4 m, v = -40 m/s, theta = 0.03 rad, omega = 0 rad/s"),
    ("converted", "omega = 20 deg/s, theta = 0 deg, x = 12 inch, v = 1 km/h"),
    ("refused", "x = 0 m, v = 0 m/s, theta = 0.5 rad, omega = 0 rad/s"),
    ("beyondFloats", "x = 1e60 m, v = 0 m/s, theta = 0 rad, omega = 0 rad/s"),
    ("missingInputs", "x = 0 m"), ("wrongUnit", "x = 0 s, v = 0 m/s, theta = 0 rad, omega = 0 rad/s"),
    ("noUnit", "x = 0, v = 0 m/s, theta = 0 rad, omega = 1"),
    ("misspeltInput", "x = 0 m, v = 0 m/s, tetha = 0 rad"),
    ("inputTwice", "x = 0 m, x = 1 m, v = 0 m/s, theta = 0 rad, omega = 0 rad/s"), ("nothing", ""),
    ("garbage", "\u{1B}[31m; rm -rf"),
  ]) func explanations(name: String, input: String) throws {
    let outcome = try folder.ordain(["why", cartpole, "--input", input])
    try expectGolden(outcome.text(hiding: folder), "why-\(name)")
  }

  /// One table of inputs cannot serve two interfaces.
  @Test func networksOfTwoInterfaces() throws {
    let spec = try folder.write(
      "two.ordain",
      """
      ordain 1
      spec "two" 1.0.0
      interface A { inputs { x : m in 0 .. 1 } outputs { a, b choose highest } }
      interface B { inputs { y : s in 0 .. 1 } outputs { c, d choose lowest } }
      network First : A from "one.nnet"
      network Second : B from "one.nnet"
      """)
    try folder.write("one.nnet", smallNNet(means: "0", ranges: "1", minima: "0", maxima: "1"))
    let outcome = try folder.ordain(["run", spec, "--inputs", "-"], input: Array("0.5\n".utf8))
    try expectGolden(outcome.text(hiding: folder), "twoInterfaces")
    let one = try folder.ordain(
      ["run", spec, "--inputs", "-", "--network", "Second"], input: Array("0.5\n".utf8))
    #expect(one.status == 0 && one.output.contains("Second"))
  }
}
