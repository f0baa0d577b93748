import Foundation
import Subprocesses
import Testing

/// How a run of the built `ordain` ended.
struct Outcome {
  let status: Int32
  let output: String
  let errors: String

  /// The text that golden files hold: exit code, standard output, standard error.
  func text(hiding folder: TestFolder) -> String {
    let parts = "exit \(status)\n--- output\n\(output)--- errors\n\(errors)"
    return parts.replacingOccurrences(of: folder.path, with: "FOLDER")
      .replacingOccurrences(of: packageFolder.path(), with: "PACKAGE/")
  }
}

/// `ordain` was ended by a signal, or did not end.
struct Crash: Error {
  let arguments: [String]
  let ending: Subprocess.Ending
  let errors: String
}

let packageFolder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The executable beside the test bundle.
let ordainExecutable: String = {
  let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let path = folder.appending(path: "ordain").path()
  precondition(
    FileManager.default.isExecutableFile(atPath: path), "no executable at \(path): build `ordain` first")
  return path
}()

let cartpole = packageFolder.appending(path: "Specs/cartpole/cartpole.ordain").path()

/// A temporary folder, removed with the value.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "ordain-\(UUID().uuidString)").path()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file; returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(filePath: path + "/" + name))
    return path + "/" + name
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path + "/" + name)), as: UTF8.self)
  }

  /// The names in a folder below this one, ascending; `nil` if there is no such folder.
  func names(in name: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
  }

  /// Runs `ordain` in this folder, without ORDAIN_DATA.
  /// - Parameter output: where standard output goes instead of the outcome.
  func ordain(_ arguments: [String], input: [UInt8] = [], output: String? = nil) throws -> Outcome {
    try run(ordainExecutable, arguments, input: input, output: output)
  }

  /// Runs a line of shell in which `$0` is `ordain`.
  func shell(_ line: String) throws -> Outcome {
    try run("/bin/sh", ["-c", line, ordainExecutable])
  }

  private func run(
    _ executable: String, _ arguments: [String], input: [UInt8] = [], output: String? = nil
  ) throws -> Outcome {
    let unique = UUID().uuidString
    let files = try ["in", "out", "err"].map { try write(".\($0)-\(unique)", $0 == "in" ? input : []) }
    let ending = try Subprocess.run(
      executable, arguments, in: path, environment: ["PATH": "/usr/bin:/bin"], input: files[0],
      output: output ?? files[1], errors: files[2])
    let errors = try read(".err-\(unique)")
    guard case .exit(let status) = ending else {
      throw Crash(arguments: arguments, ending: ending, errors: errors)
    }
    let outcome = Outcome(status: status, output: try read(".out-\(unique)"), errors: errors)
    for file in files { try FileManager.default.removeItem(atPath: file) }
    #expect(!outcome.errors.contains("Fatal error") && !outcome.errors.contains("Current stack trace"))
    return outcome
  }
}

/// Compares `text` with `Golden/NAME.txt`. With ORDAIN_ACCEPT=1 in the environment it is written instead: then read
/// `git diff`.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name).txt")
  if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  #expect(text == expected, sourceLocation: sourceLocation)
}

extension String {
  /// Times differ from run to run.
  var withoutTimes: String {
    replacing(/\([0-9]+\.[0-9] ms\)/, with: "(TIME)").replacing(/time="[0-9.]+"/, with: "time=\"T\"")
      .replacing(/"seconds" : [0-9.e-]+/, with: "\"seconds\" : T")
  }
}
