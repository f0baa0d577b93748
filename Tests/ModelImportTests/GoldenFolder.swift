import Diagnostics
import Foundation
import ModelImport
import Testing

/// A folder beside the tests with one folder a case: a model and, in `expected.txt`, what importing it says.
/// With ORDAIN_ACCEPT=1 in the environment the texts are written instead of compared: then read `git diff`.
struct GoldenFolder: Sendable {
  let folder: URL

  init(_ name: String) {
    folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
  }

  var cases: [String] {
    ((try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [])
      .filter(\.hasDirectoryPath).map(\.lastPathComponent).sorted()
  }

  func file(_ name: String, of folderName: String) -> URL {
    folder.appending(path: folderName).appending(path: name)
  }

  /// The one file whose name begins with `model.`, and its bytes.
  func model(of name: String) throws -> (name: String, bytes: [UInt8]) {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: name), includingPropertiesForKeys: nil)
    let model = try #require(files.first { $0.lastPathComponent.hasPrefix("model.") })
    return (model.lastPathComponent, [UInt8](try Data(contentsOf: model)))
  }

  func expectedText(of name: String) -> String {
    (try? String(contentsOf: file("expected.txt", of: name), encoding: .utf8)) ?? ""
  }

  /// Compares `text` with the case's expected text, or accepts it.
  func check(_ text: String, of name: String) throws {
    if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
      try text.write(to: file("expected.txt", of: name), atomically: true, encoding: .utf8)
    }
    let expected = expectedText(of: name)
    #expect(text == expected, "\(name):\n\(lineDifference(from: expected, to: text))")
  }
}

func rendered(_ diagnostics: DiagnosticSet) -> String {
  diagnostics.diagnostics.map(DiagnosticRenderer(colours: false).render).joined()
}

/// The lines that are only in one of the texts, marked `-` and `+`.
private func lineDifference(from old: String, to new: String) -> String {
  let before = old.split(separator: "\n", omittingEmptySubsequences: false)
  let after = new.split(separator: "\n", omittingEmptySubsequences: false)
  let changes = after.difference(from: before)
  let removed = changes.removals.map { if case .remove(_, let line, _) = $0 { "- \(line)" } else { "" } }
  let inserted = changes.insertions.map { if case .insert(_, let line, _) = $0 { "+ \(line)" } else { "" } }
  return (removed + inserted).joined(separator: "\n")
}
