import Foundation
import Testing

/// Correct specifications are clean, and a mistake planted in one is found, named and placed.
@Suite struct SeededDefectTests {
  private static let seeds = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "SeededDefects")

  private static func files(_ ending: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: seeds.path())
    return (names ?? []).filter { $0.hasSuffix(ending) }.sorted()
  }

  static let specifications = files(".ordain")
  static let defects = files(".defect")

  let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try FileManager.default.copyItem(
      at: Self.seeds.appending(path: "shared"), to: URL(filePath: folder.path + "/shared"))
  }

  private static func defect(_ name: String) throws -> SeededDefect {
    try SeededDefect(file: seeds.appending(path: name))
  }

  @Test func everyKindIsSeededTwice() throws {
    #expect(Self.specifications.count == 20)
    #expect(Self.defects.count == 40)
    let defects = try Self.defects.map(Self.defect)
    for kind in SeededDefect.Kind.allCases {
      #expect(defects.count { $0.kind == kind } >= 2, "\(kind)")
    }
    for specification in Self.specifications {
      #expect(defects.count { $0.specification == specification } == 2, "\(specification)")
    }
  }

  /// Nothing but notes: of models that are not there, and of the conflict where the interface permits one.
  @Test(arguments: specifications) func correctIsClean(name: String) throws {
    let text = try String(contentsOf: Self.seeds.appending(path: name), encoding: .utf8)
    try folder.write(name, text)
    let options = try Self.defects.map(Self.defect).filter { $0.specification == name }.flatMap(\.options)
    let (status, found) = try check(name, Array(Set(options)))
    #expect(status == 0)
    #expect(found.allSatisfy { $0.severity == "note" }, "\(found)")
    #expect(Set(found.map(\.code)) == (text.contains("abstain when conflict") ? ["ORD0801"] : []), "\(found)")
    let test = try folder.ordain(["test", name])
    #expect(test.status == 0, "\(test.output)\(test.errors)")
    let format = try folder.ordain(["fmt", "--check", name])
    #expect(format.status == 0, "\(format.errors)")
  }

  @Test(arguments: defects) func defectIsFound(name: String) throws {
    let defect = try Self.defect(name)
    try folder.write(defect.specification, defect.text)
    let (status, found) = try check(defect.specification, defect.options)
    #expect(status == 1)
    #expect(Set(found.map(\.code)) == Set([defect.code] + defect.others), "\(found)")
    let planted = found.filter { $0.code == defect.code }
    #expect(planted.allSatisfy { ["error", "warning"].contains($0.severity) }, "\(planted)")
    #expect(planted.contains { $0.location?.start?.line == defect.line }, "\(defect.line): \(planted)")
    if defect.code == "ORD0801" && defect.kind != .contradictoryPost {
      #expect(Set(planted.map(\.conflicting)) == Set(defect.names), "\(planted)")
    } else {
      for names in defect.names {
        #expect(planted.contains { names.isSubset(of: $0.quoted) }, "\(names): \(planted)")
      }
    }
  }

  /// The exit code, and what is found but for missing models.
  private func check(_ name: String, _ options: [String]) throws -> (status: Int32, found: [Finding]) {
    let outcome = try folder.ordain(["check", name, "--format", "json"] + options)
    let report = try JSONDecoder().decode(Findings.self, from: Data(outcome.output.utf8))
    return (outcome.status, report.diagnostics.filter { $0.code != "ORD0601" })
  }
}

private struct Findings: Decodable {
  let diagnostics: [Finding]
}

/// What these tests read of a diagnostic in a JSON report.
private struct Finding: Decodable {
  struct Note: Decodable {
    let message: String
  }
  struct Location: Decodable {
    struct Position: Decodable {
      let line: Int
    }
    let start: Position?
  }

  let code, severity, message: String
  let notes: [Note]
  let location: Location?

  /// The texts in backticks of the message and its notes.
  var quoted: Set<String> { Self.quoted(in: ([message] + notes.map(\.message)).joined(separator: "\n")) }

  /// The properties that a conflict's message names.
  var conflicting: Set<String> { Self.quoted(in: message.components(separatedBy: " conflict on ")[0]) }

  private static func quoted(in text: String) -> Set<String> {
    Set(text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element))
  }
}
