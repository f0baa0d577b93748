import Foundation
import Testing

/// `lipschitz` clauses: proved of the digit reader, or an error before anything is written. Its bounds are known from a
/// numpy script (`Specs/digits/evaluate.py`).
@Suite struct LipschitzClauseTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private static let digits = packageFolder.appending(path: "Specs/digits/").path()

  /// The largest bound of a pair.
  private static func largest() throws -> Double {
    let data = try Data(contentsOf: URL(filePath: digits + "expected.json"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let pairwise = try #require(object["pairwise"] as? [[Double]])
    return try #require(pairwise.joined().max())
  }

  private func specify(_ clauses: String, ink: String = "1 in 0 .. 1") throws {
    try folder.write(
      "d.ordain",
      """
      ordain 1
      spec "digits" 1.0.0
      interface Digits {
        inputs { ink[8, 8] : \(ink) }
        outputs { digit[10] choose highest }
      }
      network Reader : Digits from "\(Self.digits)digits.onnx"
      enforce blot { when ink[0, 0] >= max then never choose digit[1] }
      \(clauses)

      """)
  }

  @Test func whatIsProvedStandsInTheHeader() throws {
    let bound = try Self.largest() * (1 + 1e-6)
    try specify(
      """
      lipschitz calm "no jumps" { L2 of normalized to margins <= \(bound) }
      lipschitz even on Reader { Linf of physical to margins <= \(8 * bound) }
      """)
    let compiled = try folder.ordain(["compile", "d.ordain", "-o", "out"])
    #expect(compiled.status == 0 && compiled.errors.isEmpty)
    let header = try String(contentsOfFile: folder.path + "/out/digits_reader.h", encoding: .utf8)
    #expect(header.contains("Proved of the network's own scores, without rounding and before any repair:\n"))
    #expect(header.contains(" *   calm \"no jumps\": L2 of normalized to margins <= \(bound) (proved: 14.68"))
    #expect(header.contains(" *   even: Linf of physical to margins <= \(8 * bound) (proved: 117.44"))
    let checked = try folder.ordain(["check", "d.ordain"])
    #expect(checked.status == 0 && checked.output.contains("1 bound, Lipschitz clauses proved of 1\n"))
    // Without its model nothing is said of a network.
    let absent = try folder.ordain(["check", "d.ordain", "--format", "junit"])
    #expect(absent.output.contains(/lipschitz" tests="1" failures="0" errors="0" skipped="0"/))
    try folder.write("no.ordain", try text().replacing("digits.onnx", with: "none.onnx"))
    let missing = try folder.ordain(["check", "no.ordain", "--format", "junit"])
    #expect(missing.output.contains(/lipschitz" tests="1" failures="0" errors="0" skipped="1"/))
  }

  private func text() throws -> String {
    try String(contentsOfFile: folder.path + "/d.ordain", encoding: .utf8)
  }

  /// Below the truth by a millionth, through either norm: an error, and nothing is written.
  @Test func whatIsNotProvedIsAnError() throws {
    let bound = try Self.largest() * (1 - 1e-6)
    for clause in ["L2 of normalized to margins <= \(bound)", "Linf of physical to margins <= \(8 * bound)"] {
      try specify("lipschitz calm { \(clause) }")
      for command in [["check", "d.ordain"], ["compile", "d.ordain", "-o", "out"]] {
        let outcome = try folder.ordain(command)
        #expect(
          outcome.status == 1 && outcome.errors.contains("error[ORD1208]: `calm` is not proved of `Reader`"))
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    }
    try specify(
      "lipschitz calm { L2 of physical to margins <= 14 / 1 m }", ink: "mm in 0 .. 1000 normalize ink / 1000")
    let outcome = try folder.ordain(["compile", "d.ordain", "-o", "out"])
    try expectGolden(
      outcome.text(hiding: folder).replacing(packageFolder.path(), with: "PACKAGE/"), "lipschitzNotProved")
  }

  /// `ordain certify` proves them as well, and its report has them.
  @Test func certifyProvesThem() throws {
    let text = try String(contentsOfFile: Self.digits + "digits.ordain", encoding: .utf8)
      .replacing("digits.onnx", with: Self.digits + "digits.onnx")
    let files = [
      "--semantics", "real", "--inputs", Self.digits + "test_inputs.npy", "--labels",
      Self.digits + "test_labels.npy",
      "--format", "json",
    ]
    try folder.write("d.ordain", text + "lipschitz calm { L2 of physical to margins <= 14.7 }\n")
    let report = try #require(
      try JSONSerialization.jsonObject(
        with: Data(try folder.ordain(["certify", "d.ordain"] + files).output.utf8)) as? [String: Any])
    let clause = try #require((report["lipschitz"] as? [[String: Any]])?.first)
    #expect(clause["bound"] as? Double == 14.7)
    let proved = try #require(clause["proved"] as? Double)
    let largest = try Self.largest()
    #expect(proved >= largest && proved <= largest * (1 + 1e-8))
    try folder.write("d.ordain", text + "lipschitz calm { L2 of physical to margins <= 14.6 }\n")
    let refused = try folder.ordain(["certify", "d.ordain"] + files)
    #expect(refused.status == 1 && refused.output.isEmpty && refused.errors.contains("error[ORD1208]"))
  }
}
