import Foundation
import Testing

/// What the commands show of certificates: of a program with properties, and of one whose clause abstains.
@Suite struct CertifiedTests {
  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    let source = URL(filePath: cartpole).deletingLastPathComponent()
    for name in ["cartpole.ordain", "cartpole.onnx"] {
      try FileManager.default.copyItem(
        at: source.appending(path: name), to: URL(filePath: folder.path).appending(path: name))
    }
    try folder.write(
      "robust.ordain",
      """
      ordain 1
      spec "robust" 1.0.0
      import "cartpole.ordain"
      robust near "the push stays" on Policy { within L2 0.0001 of normalized keep top 1 }
      robust far on Policy { within Linf 0.01 of normalized keep top 1 }
      """)
    try folder.write(
      "careful.ordain",
      """
      ordain 1
      spec "careful" 1.0.0
      import "cartpole.ordain"
      robust near on Policy { within L2 0.0001 of normalized keep top 1 abstain when uncertified }
      expect at { x: 0 m, v: 0 m/s, theta: 0.1 rad, omega: 0.2 rad/s } on Policy chooses push_right
      expect abstain unreachable
      """)
  }

  /// Away from the guards; at the boundary of one; repaired; refused.
  private static let rows = """
    x,v,theta,omega
    0,0,0.005,0.01
    0,0,0.02,0
    0,0,0.1,0.2
    -2.4,-40,0.03,0
    0,0,0.5,0

    """

  @Test(arguments: ["table", "csv", "jsonl"]) func results(format: String) throws {
    let outcome = try folder.ordain(
      ["run", "robust.ordain", "--inputs", "-", "--format", format], input: Array(Self.rows.utf8))
    try expectGolden(outcome.text(hiding: folder), "certified-\(format)")
  }

  @Test func explanations() throws {
    var text = ""
    for name in ["robust", "careful"] {
      for theta in ["0.1", "0.02"] {
        let outcome = try folder.ordain(
          ["why", "\(name).ordain", "--input", "x = 0 m, v = 0 m/s, theta = \(theta) rad, omega = 0 rad/s"])
        text += "# \(name), theta = \(theta) rad\n" + outcome.text(hiding: folder)
      }
    }
    try expectGolden(text, "certified-why")
  }

  /// `ordain certify` speaks of the decision after repair.
  @Test func certifiedDecisionsOfARepairedNetwork() throws {
    try folder.write("x.csv", Self.rows)
    try folder.write("y.txt", "0\n1\n1\n1\n1\n")
    let outcome = try folder.ordain(
      ["certify", "robust.ordain", "--inputs", "x.csv", "--labels", "y.txt", "--format", "json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let clauses = try #require(report["clauses"] as? [[String: Any]])
    let run = try folder.ordain(
      ["run", "robust.ordain", "--inputs", "x.csv", "--format", "jsonl"])
    let lines = try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(clauses.count == 2 && lines.count == 5)
    for clause in clauses {
      let name = try #require(clause["name"] as? String)
      let points = try #require(clause["points"] as? [[String: Any]])
      #expect(points.count == 5)
      #expect(points.contains { $0["certified"] as? Bool == true }, "\(name) is certified nowhere")
      for (point, line) in zip(points, lines) {
        let certified = try #require(line["certified"] as? [String])
        #expect(point["certified"] as? Bool == certified.contains(name))
        #expect(point["choice"] as? String == line["choice"] as? String)
      }
    }
  }

  @Test func expectationsKnowOfAbstentions() throws {
    let outcome = try folder.ordain(["test", "careful.ordain"])
    let text = outcome.text(hiding: folder).replacing(/\(\d+\.\d ms\)/, with: "(TIME)")
    try expectGolden(text, "certified-expectations")
  }

  @Test func compiledFilesSayWhatIsCertified() throws {
    for language in ["c", "swift"] {
      let outcome = try folder.ordain(
        ["compile", "careful.ordain", "--language", language, "-o", language])
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let header = try folder.read("c/careful_policy.h")
    let swift = try folder.read("swift/CarefulPolicy.swift")
    for text in [header, swift] {
      #expect(text.contains("Robust clauses, and what stays where they are certified:"))
      #expect(text.contains("the program abstains where it is not certified"))
    }
    #expect(header.contains("CAREFUL_POLICY_REASON_UNCERTIFIED = 9"))
    #expect(swift.contains("case uncertified = 9") && swift.contains("isCertified(_ clause: Clause)"))
  }
}
