import Foundation
import Subprocesses

/// A C compiler with its options.
public struct CBuild: Sendable, Hashable, CustomStringConvertible {
  public let compiler: String
  public let flags: [String]

  public init(_ compiler: String, _ flags: String...) {
    self.compiler = compiler
    self.flags = flags
  }

  public var description: String { ([compiler] + flags).joined(separator: " ") }

  /// gcc and clang, every level of optimisation, with and without the machine's own instructions.
  public static let all: [CBuild] = ["gcc", "clang"].flatMap { compiler in
    ["-O0", "-O1", "-O2", "-O3"].flatMap { level in
      [CBuild(compiler, "-std=c99", level), CBuild(compiler, "-std=c99", level, "-march=native")]
    }
  }
}

/// A command failed; its output says why. The folder is kept.
public struct CommandFailure: Error, CustomStringConvertible {
  public let command: String
  public let ending: Subprocess.Ending
  public let output: String

  public var description: String { "`\(command)` ended with \(ending):\n\(output)" }
}

/// A temporary folder of C files, compiled and run as separate processes; removed with the value.
public final class CFolder: @unchecked Sendable {
  // INVARIANT: the URL is not written after init; files are named by their callers.
  public let url: URL
  private var keeps = false

  public init(_ files: [(name: String, contents: [UInt8])]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ordain-c-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for file in files { try Data(file.contents).write(to: url.appending(path: file.name)) }
  }

  deinit {
    if !keeps { try? FileManager.default.removeItem(at: url) }
  }

  /// Compiles `source` to an executable with all warnings as errors.
  public func executable(_ source: String, _ build: CBuild, named name: String = "program") throws -> String {
    try run(build.compiler, build.flags + ["-Wall", "-Wextra", "-Werror", source, "-o", name, "-lm"])
    return url.appending(path: name).path()
  }

  /// Runs a command in this folder.
  /// - Returns: what it wrote to standard output.
  @discardableResult
  public func run(_ command: String, _ arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
    let unique = UUID().uuidString
    let files = ["in", "out", "err"].map { url.appending(path: "\($0)-\(unique)") }
    try Data(input).write(to: files[0])
    try Data().write(to: files[1])
    try Data().write(to: files[2])
    let ending = try Subprocess.run(
      command, arguments, in: url.path(), input: files[0].path(), output: files[1].path(),
      errors: files[2].path())
    let output = Array(try Data(contentsOf: files[1]))
    if ending != .exit(0) {
      keeps = true
      let errors = try Data(contentsOf: files[2])
      throw CommandFailure(
        command: ([command] + arguments).joined(separator: " "), ending: ending,
        output: String(decoding: errors.prefix(4000), as: UTF8.self) + "\nin \(url.path())")
    }
    for file in files { try FileManager.default.removeItem(at: file) }
    return output
  }
}

/// 32-bit words as bytes, and back; in the machine's order, as emitted code reads them.
public func bytes(ofWords words: [UInt32]) -> [UInt8] { words.withUnsafeBytes { Array($0) } }
public func words(ofBytes bytes: [UInt8]) -> [UInt32] {
  bytes.withUnsafeBytes { buffer in
    stride(from: 0, to: buffer.count - 3, by: 4).map {
      buffer.loadUnaligned(fromByteOffset: $0, as: UInt32.self)
    }
  }
}
