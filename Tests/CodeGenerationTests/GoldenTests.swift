import CodeGeneration
import Foundation
import TestSupport
import Testing

/// The emitted files of a small program, to be read; `ORDAIN_ACCEPT=1` writes them anew.
@Test func emittedFilesAreTheGoldenOnes() throws {
  let program = try #require(programs(ofSpec: exampleSpec).first)
  let emitted = emit(program, compilerVersion: "0.0.0")
  for file in emitted.files {
    let path = packageRoot + "/Tests/CodeGenerationTests/Golden/" + file.name
    if ProcessInfo.processInfo.environment["ORDAIN_ACCEPT"] == "1" {
      try Data(file.contents).write(to: URL(filePath: path))
    }
    let golden = try Data(contentsOf: URL(filePath: path))
    #expect(
      String(decoding: file.contents, as: UTF8.self) == String(decoding: golden, as: UTF8.self),
      "\(file.name) differs; read the difference, then run the test with ORDAIN_ACCEPT=1")
  }
}

@Test func theSameProgramGivesTheSameBytes() throws {
  let first = try programs(ofSpec: exampleSpec).map { emit($0, compilerVersion: "0.0.0") }
  let second = try programs(ofSpec: exampleSpec).map { emit($0, compilerVersion: "0.0.0") }
  #expect(first.map { $0.files.map(\.contents) } == second.map { $0.files.map(\.contents) })
}
