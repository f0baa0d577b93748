import Diagnostics
import Foundation
import TestSupport
import Testing

/// Codes whose cause a test cannot bring about portably: each with the reason.
private let untestable: [DiagnosticCode: String] = [:]

@Test func everyCodeHasAGoldenText() throws {
  let tests = URL(filePath: packageRoot + "/Tests")
  let files = try #require(FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil))
  var golden = ""
  for case let file as URL in files where file.pathExtension == "txt" {
    golden += try String(contentsOf: file, encoding: .utf8)
  }
  for code in DiagnosticCode.allCases where untestable[code] == nil {
    let isShown = golden.contains("[\(code.rawValue)]")
    #expect(isShown, "\(code) has no golden test")
  }
}

@Test func codesAreUnique() {
  #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
}
