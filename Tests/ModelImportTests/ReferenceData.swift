import Diagnostics
import Foundation
import ModelImport
import NetworkIR
import Testing

/// The public networks with reference outputs, which are not part of this package (their licences differ):
/// the folder in the environment variable ORDAIN_DATA, or `shared/data` beside the package. Tests on them
/// are skipped, visibly, where it is absent.
enum ReferenceData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ORDAIN_DATA"] { return URL(filePath: path) }
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().appending(path: "shared/data")
  }()

  static func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: name).path)
  }

  static let skipMessage: Comment = "the reference data is absent: set ORDAIN_DATA to its folder"

  /// The rows of a CSV file without quotes, without its header.
  static func rows(_ name: String) throws -> [[String]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func importModel(_ name: String) throws(DiagnosticSet) -> ImportedModel {
    var reported = DiagnosticSet()
    return try ModelImport.importModel(
      atPath: folder.appending(path: name).path, reportingTo: &reported)
  }
}
