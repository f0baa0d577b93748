import Foundation
import TestSupport
import Testing

/// The article's table lists the files that say on their first line that they are trusted, and the C shims; no others.
@Test func trustedFilesAreThoseOfTheArticle() throws {
  let marked = try markedFiles()
  #expect(!marked.isEmpty)
  let listed = try listedFiles()
  for path in marked.subtracting(listed).sorted() { Issue.record("\(path) is not in the article's table") }
  for path in listed.subtracting(marked).sorted() {
    Issue.record("\(path) is in the article's table and has no mark")
  }
}

/// Swift files whose first line starts with the mark, and the C shims.
private func markedFiles() throws -> Set<String> {
  let sources = packageRoot + "/Sources/"
  var found: Set<String> = []
  for path in try FileManager.default.subpathsOfDirectory(atPath: sources) {
    if path.hasSuffix("/shim.h") { found.insert("Sources/" + path) }
    guard path.hasSuffix(".swift") else { continue }
    let text = try String(contentsOfFile: sources + path, encoding: .utf8)
    if text.hasPrefix("// Trusted:") { found.insert("Sources/" + path) }
  }
  return found
}

/// The first column of the first table; a name without a folder is in that of the name before it.
private func listedFiles() throws -> Set<String> {
  let path = packageRoot + "/Sources/CompilerDriver/Ordain.docc/TrustedBase.md"
  let lines = try String(contentsOfFile: path, encoding: .utf8).split(
    separator: "\n", omittingEmptySubsequences: false)
  let table = lines.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }.dropFirst(2)
  var found: Set<String> = []
  for row in table {
    var folder = ""
    for name in row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map({ String($0.1) }) {
      if let slash = name.lastIndex(of: "/") { folder = String(name[...slash]) }
      #expect(found.insert(name.contains("/") ? name : folder + name).inserted, "\(name) is listed twice")
    }
  }
  return found
}
