import Foundation
import Testing

/// `ordain fmt`.
@Suite struct FormattingTests {
  let folder: TestFolder
  static let untidy = "ordain   1 spec \"t\" 1.0.0 // c\nparam  a=3   m\n"
  static let tidy = "ordain 1\nspec \"t\" 1.0.0  // c\nparam a = 3 m\n"

  init() throws { folder = try TestFolder() }

  @Test func filesAreFormattedInPlace() throws {
    for name in ["a.ordain", "b.ordain"] { try folder.write(name, Self.untidy) }
    try folder.write("c.ordain", Self.tidy)
    let before = try FileManager.default.attributesOfItem(atPath: folder.path + "/c.ordain")
    let outcome = try folder.ordain(["fmt", "a.ordain", "b.ordain", "c.ordain"])
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
    for name in ["a.ordain", "b.ordain", "c.ordain"] { #expect(try folder.read(name) == Self.tidy) }
    let after = try FileManager.default.attributesOfItem(atPath: folder.path + "/c.ordain")
    #expect(
      before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int, "it was written for nothing")
    #expect(try folder.ordain(["fmt", "--check", "a.ordain", "b.ordain"]).status == 0)
    #expect(folder.names(in: ".") == ["a.ordain", "b.ordain", "c.ordain"])
  }

  @Test func standardInputGoesToStandardOutput() throws {
    let outcome = try folder.ordain(["fmt", "-"], input: Array(Self.untidy.utf8))
    #expect(outcome.status == 0 && outcome.output == Self.tidy && outcome.errors.isEmpty)
    let checked = try folder.ordain(["fmt", "--check", "-"], input: Array(Self.untidy.utf8))
    #expect(checked.status == 1 && checked.output.isEmpty)
    #expect(try folder.ordain(["fmt", "--check", "-"], input: Array(Self.tidy.utf8)).status == 0)
  }

  @Test func checkNamesTheFilesAndWritesNothing() throws {
    for name in ["a.ordain", "b.ordain"] { try folder.write(name, Self.untidy) }
    try folder.write("c.ordain", Self.tidy)
    let outcome = try folder.ordain(["fmt", "--check", "a.ordain", "c.ordain", "b.ordain"])
    try expectGolden(outcome.text(hiding: folder), "fmt-check")
    #expect(try folder.read("a.ordain") == Self.untidy)
  }

  /// Mistakes of one file do not keep the others from being formatted; names and units are no matter of layout.
  @Test func syntaxErrorsLeaveTheFileAlone() throws {
    let broken = Self.untidy + "param = 3\n"
    try folder.write("broken.ordain", broken)
    try folder.write("wrong.ordain", Self.untidy + "param b=c+3 parsecs\n")
    try folder.write("a.ordain", Self.untidy)
    let outcome = try folder.ordain(["fmt", "broken.ordain", "missing.ordain", "wrong.ordain", "a.ordain"])
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("error[ORD0102]: expected a parameter's name"))
    #expect(outcome.errors.contains("error[ORD0901]: cannot read `missing.ordain`"))
    #expect(try folder.read("broken.ordain") == broken)
    #expect(try folder.read("a.ordain") == Self.tidy)
    #expect(try folder.read("wrong.ordain") == Self.tidy + "param b = c + 3 parsecs\n")
    let piped = try folder.ordain(["fmt", "-"], input: Array(broken.utf8))
    #expect(piped.status == 1 && piped.output.isEmpty)
  }

  @Test func linksAndPermissionsStay() throws {
    let file = try folder.write("a.ordain", Self.untidy)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.ordain", withDestinationPath: "a.ordain")
    #expect(try folder.ordain(["fmt", "link.ordain"]).status == 0)
    #expect(try folder.read("a.ordain") == Self.tidy)
    let link = try FileManager.default.attributesOfItem(atPath: folder.path + "/link.ordain")
    #expect(link[.type] as? FileAttributeType == .typeSymbolicLink)
    let permissions = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(permissions == 0o640)
  }

  @Test func wrongUsage() throws {
    for arguments in [["fmt"], ["fmt", "-", "a.ordain"], ["fmt", "--frob"]] {
      #expect(try folder.ordain(arguments).status == 2)
    }
  }
}
