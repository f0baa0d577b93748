import Diagnostics
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

/// Each folder of `Golden/` is a specification that somebody could have got wrong: `input.ordain`, and in
/// `expected.txt` all that is said about it. `ORDAIN_ACCEPT=1` writes what is said now; read the diff.
@Suite struct GoldenDiagnostics {
  static let root = packageRoot + "/Tests/SpecificationLanguageTests/Golden/"
  static let cases = (try? FileManager.default.contentsOfDirectory(atPath: root).sorted()) ?? []
  static let codes = DiagnosticCode.allCases.map(\.rawValue).filter { code in
    ["ORD01", "ORD02", "ORD03", "ORD04", "ORD05", "ORD1101"].contains { code.hasPrefix($0) }
  }

  /// Everything that parsing and checking say, as users see it; a warning does not end the check. Imports
  /// are read from `folder`.
  static func said(of source: SourceFile, in folder: String) -> String {
    var diagnostics = DiagnosticSet()
    let syntax = parse(source, reportingTo: &diagnostics)
    do {
      let tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
        do {
          return SourceFile(name: path, utf8: Array(try Data(contentsOf: URL(filePath: folder + "/" + path))))
        } catch {
          throw DiagnosticSet([Diagnostic(.unreadableFile, "no `\(path)`", at: .none, cure: "check the path")]
          )
        }
      }
      _ = try check(tree, reportingTo: &diagnostics)
      return diagnostics.text
    } catch {
      return error.text
    }
  }

  @Test(arguments: cases) func isDiagnosed(_ name: String) throws {
    let folder = Self.root + name
    let said = Self.said(of: try SourceFile(path: folder + "/input.ordain"), in: folder)
    if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
      try said.write(toFile: folder + "/expected.txt", atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOfFile: folder + "/expected.txt", encoding: .utf8)
    #expect(said == expected)
    #expect(said.contains("[\(name.prefix(7))]"), "\(name) does not show its code")
  }

  @Test(arguments: codes) func everyCodeHasAFolder(_ code: String) {
    // Four megabytes are no golden file; ParserLawTests has this one.
    if code == DiagnosticCode.specificationTooLarge.rawValue { return }
    #expect(Self.cases.contains { $0.hasPrefix(code + "-") })
  }
}
