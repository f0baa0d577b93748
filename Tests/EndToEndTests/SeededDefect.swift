import Foundation

/// One mistake, planted in one of the correct specifications of the folder `SeededDefects`: a file
/// `SPEC.N-KIND.defect` of comments, `key: value` lines, an empty line, and the edit as a hunk of a unified diff
/// (without line numbers; the lines it replaces occur in the specification once).
struct SeededDefect {
  /// What can be wrong with a specification that parses.
  enum Kind: String, CaseIterable {
    case unsatisfiable, alwaysTrue, outOfDomain
    case tautologicalPost, contradictoryPost
    case conflictingPair, conflictingTriple, conflictNotPermitted, permittedUnreachable
    case redundant, subsumed, uselessOverride, alwaysOverridden
    case sliver, beyondDomain, uncoveredDomain, nothingEnforced
    case mixedUnitNorm, unitMistake
  }

  struct Malformed: Error {
    let file, reason: String
  }

  /// The file's name without its extension.
  let name: String
  /// The file name of the specification that the mistake is planted in.
  let specification: String
  let kind: Kind
  /// The code that finds it.
  let code: String
  /// Codes that the mistake implies as well.
  let others: [String]
  /// Text of the one line of the defective specification that is to be blamed.
  let blamed: String
  /// Names that the message has to mention. Of a conflict: the members of each minimal set, and nothing else.
  let names: [Set<String>]
  let options: [String]
  /// The text of the defective specification.
  let text: String

  /// The line to be blamed, from 1.
  var line: Int {
    (text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(blamed) } ?? -1)
      + 1
  }

  init(file: URL) throws {
    name = file.deletingPathExtension().lastPathComponent
    let content = try String(contentsOf: file, encoding: .utf8)
    let parts = content.split(separator: "\n\n", maxSplits: 1)
    var values: [Substring: [String]] = [:]
    for line in parts[0].split(separator: "\n") where !line.hasPrefix("//") {
      guard let colon = line.firstIndex(of: ":") else {
        throw Malformed(file: name, reason: "no `key: value`: \(line)")
      }
      values[line[..<colon], default: []].append(String(line[colon...].dropFirst(2)))
    }
    specification = name.prefix { $0 != "." } + ".ordain"
    guard let kind = Kind(rawValue: values["kind"]?.first ?? ""), let code = values["code"]?.first,
      let blamed = values["at"]?.first, parts.count == 2, name.hasSuffix("-\(kind.rawValue)")
    else { throw Malformed(file: name, reason: "incomplete") }
    (self.kind, self.code, self.blamed) = (kind, code, blamed)
    others = values["also"]?.first?.components(separatedBy: ", ") ?? []
    names = values["names"]?.map { Set($0.components(separatedBy: ", ")) } ?? []
    options = values["options"]?.first?.components(separatedBy: " ") ?? []

    let hunk = parts[1].split(separator: "\n")
    let correct = file.deletingLastPathComponent().appending(path: specification)
    let pieces = ("\n" + (try String(contentsOf: correct, encoding: .utf8)))
      .components(separatedBy: Self.lines(of: hunk, except: "+"))
    guard pieces.count == 2 else { throw Malformed(file: name, reason: "\(pieces.count - 1) such lines") }
    text = String(pieces.joined(separator: Self.lines(of: hunk, except: "-")).dropFirst())
    guard text.components(separatedBy: blamed).count == 2 else {
      throw Malformed(file: name, reason: "`\(blamed)` is not unique")
    }
  }

  private static func lines(of hunk: [Substring], except sign: Character) -> String {
    "\n" + hunk.filter { $0.first != sign }.map { $0.dropFirst(2) }.joined(separator: "\n") + "\n"
  }
}
