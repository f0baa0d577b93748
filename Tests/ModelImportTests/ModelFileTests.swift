import Diagnostics
import Foundation
import ModelImport
import Testing

/// Files that can't be read are reported, never waited for.
@Suite struct ModelFileTests {
  private func codes(path: String) -> [DiagnosticCode] {
    var reported = DiagnosticSet()
    do throws(DiagnosticSet) {
      _ = try importModel(atPath: path, reportingTo: &reported)
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }

  private func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ordain-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test func missingFilesFoldersAndPipes() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(codes(path: folder.appending(path: "missing.onnx").path) == [.modelNotFound])
    #expect(codes(path: "a\0b.onnx") == [.modelNotFound])
    #expect(codes(path: folder.appending(path: "network.pt").path) == [.unknownModelFormat])
    #expect(codes(path: "onnx") == [.unknownModelFormat])

    let inner = folder.appending(path: "folder.nnet")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    #expect(codes(path: inner.path) == [.modelUnreadable])

    let pipe = folder.appending(path: "pipe.onnx")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(codes(path: pipe.path) == [.modelUnreadable])
  }

  @Test func hugeFilesAreRefusedUnread() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "huge.onnx")
    try Data().write(to: file)
    // A sparse file: 4 GiB long, nothing on disk.
    #expect(truncate(file.path, 4 << 30) == 0)
    #expect(codes(path: file.path) == [.modelTooLarge])
  }

  @Test func theNameIsTheBaseName() throws {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "small.NNET")
    try smallNNet.write(to: file, atomically: true, encoding: .utf8)
    var reported = DiagnosticSet()
    let model = try importModel(atPath: file.path, reportingTo: &reported)
    #expect(model.network.identity.name == "small.NNET")
    #expect(model.network.identity.hash == ContentHash(of: Array(smallNNet.utf8)))
    #expect(reported.diagnostics.isEmpty)
  }
}
