import CompilerDriver
import Diagnostics
import ExactArithmetic
import Foundation
import TestSupport
import Testing
import VNNLIB

/// The public files, which are not part of this package: the folder in ORDAIN_DATA, or `shared/data` beside it.
enum Published {
  static let folder =
    ProcessInfo.processInfo.environment["ORDAIN_DATA"]
    ?? URL(filePath: packageRoot).deletingLastPathComponent().appending(path: "shared/data").path()
  static let exists = FileManager.default.fileExists(atPath: folder + "/acasxu/vnnlib/prop_1.vnnlib")
  static let skipMessage: Comment = "the public files are absent: set ORDAIN_DATA to their folder"

  static let acasxu = packageRoot + "/Specs/acasxu/acasxu.ordain"
  static let models = ModelLocator(models: nil, data: folder)

  static func text(_ property: Int) throws -> String {
    try String(contentsOfFile: folder + "/acasxu/vnnlib/prop_\(property).vnnlib", encoding: .utf8)
  }

  /// A network on which each property of the specification is declared.
  static func network(_ property: Int) -> String {
    [5: "N[1,1]", 6: "N[1,1]", 7: "N[1,9]", 8: "N[2,9]", 9: "N[3,3]", 10: "N[4,5]"][property] ?? "N[3,2]"
  }

  static func pattern(_ text: String) throws -> NetworkPattern {
    try #require(NetworkPattern(text))
  }

  /// Every `.vnnlib` file of the data.
  static func allFiles() -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".vnnlib") }.sorted()
  }
}

/// Exports one property.
func exported(
  _ spec: SourceFile, _ property: String, _ network: String, version: VNNLIBVersion = .v1
) throws -> String {
  do throws(DiagnosticSet) {
    return try ExportedVNNLIB(
      spec, definitions: [], property: property, networks: [NetworkPattern(network)].compactMap { $0 },
      models: Published.models, version: version
    ).text
  } catch {
    throw Refusal(diagnostics: error)
  }
}

/// What was reported, as text in failures.
struct Refusal: Error, CustomStringConvertible {
  let diagnostics: DiagnosticSet
  var description: String { diagnostics.text }
}
