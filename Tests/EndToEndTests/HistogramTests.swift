import Foundation
import Testing

/// `ordain certify --histogram`.
@Suite struct HistogramTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func certify(_ file: String, _ specification: String = digits + "digits.ordain") throws -> Outcome {
    try folder.ordain([
      "certify", specification, "--semantics", "real", "--inputs", Self.digits + "test_inputs.npy",
      "--labels",
      Self.digits + "test_labels.npy", "--histogram", file,
    ])
  }

  private static let digits = packageFolder.appending(path: "Specs/digits/").path()

  private func picture(_ file: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + file, encoding: .utf8)
  }

  @Test func oneReportHasOnePicture() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/out", withIntermediateDirectories: false)
    let first = try certify("out/radii.svg")
    #expect(first.status == 0 && first.errors.isEmpty)
    let picture = try picture("out/radii.svg")
    try folder.write("again.svg", "another file, which is replaced")
    #expect(try certify("again.svg").status == 0)
    #expect(try self.picture("again.svg") == picture)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out") == ["radii.svg"])
    try expectGolden(picture, "certifyDigitsHistogram")
  }

  /// Every point is in one bar: the bars' titles add up to the points of the three clauses.
  @Test func barsHaveAllPoints() throws {
    _ = try certify("radii.svg")
    let bars = try picture("radii.svg").matches(of: /: (\d+) (rejected|certified[a-z, ]*)<\/title>/)
    var all = 0
    var rejected = 0
    for bar in bars {
      let count = try #require(Int(bar.output.1))
      all += count
      if bar.output.2 == "rejected" { rejected += count }
    }
    #expect(all == 3 * 359)
    let refused = 28 + 24 + 24
    #expect(rejected == refused)
  }

  @Test func whatCannotBeWritten() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/folder", withIntermediateDirectories: false)
    let outcome = try certify("folder")
    #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains("error[ORD0902]"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/folder").isEmpty)
    let missing = try certify("missing/radii.svg")
    #expect(missing.status == 1 && missing.output.isEmpty && missing.errors.contains("error[ORD0902]"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/missing"))
  }
}
