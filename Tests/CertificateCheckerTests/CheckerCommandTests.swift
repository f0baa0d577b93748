import CertifiedBounds
import Diagnostics
import Foundation
import Subprocesses
import TestSupport
import Testing

/// The executable `ordain-checkcert` beside the test bundle.
@Suite struct CheckerCommandTests {
  @Test func theStatusTells() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ordain-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SplitMix64(seed: 7)
    let network = try randomChain(widest: 5, &random)
    let text = try LipschitzCertificate(of: network, LipschitzBound(of: network)).text
    let files: [(String, Data)] = [
      ("good", Data(text.utf8)), ("short", Data(text.utf8.dropLast(9))), ("model", Data([1, 2, 3])),
      ("none", Data()),
    ]
    for (name, bytes) in files { try bytes.write(to: folder.appending(path: name)) }
    let cases: [(arguments: [String], status: Int32)] = [
      (["good"], 0), (["good", "--model", "model"], 0), (["good", "--model", "good"], 1),
      (["good", "--model", "absent"], 1), (["short"], 1), (["none"], 1), (["absent"], 1), (["."], 1),
      ([], 2), (["--help"], 2), (["good", "model"], 2), (["good", "--other", "model"], 2),
    ]
    let checker = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(
      path: "ordain-checkcert"
    ).path
    try #require(FileManager.default.isExecutableFile(atPath: checker), "build `ordain-checkcert` first")
    for (index, (arguments, status)) in cases.enumerated() {
      let (output, errors) = (folder.path + "/out\(index)", folder.path + "/err\(index)")
      let ending = try Subprocess.run(
        checker, arguments, in: folder.path, input: "/dev/null", output: output, errors: errors)
      #expect(ending == .exit(status), "\(arguments)")
      let (printed, complaint) = try (
        String(contentsOfFile: output, encoding: .utf8), String(contentsOfFile: errors, encoding: .utf8)
      )
      #expect(printed.isEmpty == (status != 0))
      #expect(complaint.split(separator: "\n").count == (status == 0 ? 0 : 1), "\(complaint)")
    }
  }
}
