import CompilerDriver
import Diagnostics
import Foundation
import TestSupport
import Testing
import VNNLIB

/// Import, export, import is the identity on meaning, over generated files and an interface whose units, domains and
/// normalisations are of all kinds.
@Suite struct RoundTripTests {
  /// In normalised inputs, the domain is -1/2 ... 1/2 for each; the second's physical bounds are no finite decimals, the
  /// third's normalisation turns it around.
  private static let interface = """
    ordain 1
    spec "generated" 1.0.0
    interface I {
      inputs {
        x : ft    in 100 .. 300   normalize (x - 200) / 200
        y : rad   in -1 / 6 .. 1 / 6  normalize y * 3
        z : ft/s  in -3 .. 3      normalize (0 - z) / 6 * 1
      }
      outputs { a, b, c, d choose BETTER }
    }
    network M : I from "none.onnx"
    """

  private static let domain = (0..<3).map { "(assert (<= X_\($0) 0.5)) (assert (>= X_\($0) -0.5))" }

  @Test(arguments: 0..<UInt64(20)) func meaningIsKept(seed: UInt64) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ordain-vnnlib-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let better = seed % 2 == 0 ? "highest" : "lowest"
    let base = SourceFile(
      name: folder.path() + "base.ordain", text: Self.interface.replacing("BETTER", with: better))
    try base.text(in: base.utf8.indices).write(
      toFile: base.name, atomically: true, encoding: .utf8)
    let isStrict = seed % 4 >= 2
    var generator = QueryGenerator(seed: seed, isStrict: isStrict)
    let domain = try QueryTree.assertions(of: Self.domain.joined(separator: "\n"))
    var compared = 0
    for _ in 0..<sampleCount(25, full: 250) {
      let text = generator.text()
      guard let first = try imported(text, base) else { continue }
      let once = try back(first, base)
      let original = [try QueryTree.assertions(of: text)]
      let trees = try once.map(QueryTree.assertions)
      // A strict comparison becomes its closure: more is unsafe, never less.
      #expect(isContained(original, in: trees, within: domain), "\(text)\n\(first)")
      if !isStrict { #expect(isContained(trees, in: original, within: domain), "\(text)\n\(first)") }
      let twice = try once.flatMap { text in try imported(text, base).map { try back($0, base) } ?? [] }
      #expect(isEquivalent(try twice.map(QueryTree.assertions), trees), "\(text)\n\(first)")
      compared += 1
    }
    #expect(compared > 5)
  }

  /// `nil` if there is nothing to say: an empty region, or outputs that are never or always unsafe.
  private func imported(_ text: String, _ base: SourceFile) throws -> String? {
    do throws(DiagnosticSet) {
      return try ImportedVNNLIB(
        SourceFile(name: "query.vnnlib", text: text), name: "q", interface: "I", specification: base,
        target: base.name.replacing("base.", with: "query."), networks: []
      ).text
    } catch {
      guard error.diagnostics.allSatisfy({ [.nothingToImport, .notSayable].contains($0.code) }) else {
        throw Refusal(diagnostics: error)
      }
      return nil
    }
  }

  /// Every property of an imported text, exported; one whose condition never holds says nothing.
  private func back(_ text: String, _ base: SourceFile) throws -> [String] {
    let source = SourceFile(name: base.name.replacing("base.", with: "query."), text: text)
    let names = text.split(separator: "\n").filter { $0.hasPrefix("enforce ") || $0.hasPrefix("verify ") }
      .map { String($0.split(separator: " ")[1]) }
    return try names.compactMap { name in
      do {
        return try exported(source, name, "M")
      } catch let refusal as Refusal where refusal.diagnostics.diagnostics.map(\.code) == [.nothingToExport] {
        return nil
      }
    }
  }
}
