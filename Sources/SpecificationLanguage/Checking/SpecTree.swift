import Diagnostics

/// A specification with all that belongs to it: the files that it imports, directly or not, and the values
/// of parameters that are given from outside.
public struct SpecTree: Sendable {
  public let root: SpecSyntax
  /// Each imported file once, every one behind those that it imports itself.
  public let imported: [ImportedSpec]
  public let definitions: [Definition]

  /// How many files a specification may import.
  static let importLimit = 256

  /// Reads and parses what `root` imports.
  ///
  /// A path is relative to the importing file's folder. Reported: files that cannot be read, cycles,
  /// absolute paths, and every imported file's own syntax errors.
  ///
  /// - Parameter read: gives the file at a path; throws why it cannot.
  public init(
    root: SpecSyntax, definitions: [Definition] = [], reportingTo diagnostics: inout DiagnosticSet,
    read: @escaping (String) throws(DiagnosticSet) -> SourceFile
  ) {
    var reader = ImportReader(diagnostics: DiagnosticSet(), read: read)
    reader.follow(root, from: [normalizedPath(root.source.name)], relativeTo: "")
    diagnostics.report(contentsOf: reader.diagnostics)
    self.root = root
    imported = reader.files
    self.definitions = definitions
  }

  /// All declarations, imported ones first.
  var declarations: [DeclarationSyntax] {
    imported.flatMap(\.syntax.declarations) + root.declarations
  }

  /// Names whose declarations could not be understood.
  var brokenNames: Set<String> {
    imported.reduce(into: root.brokenNames) { $0.formUnion($1.syntax.brokenNames) }
  }
}

/// An imported file.
public struct ImportedSpec: Sendable {
  /// Relative to the root's folder, so that it does not depend on where the compiler runs.
  public let path: String
  public let syntax: SpecSyntax
}

/// A depth-first walk over imports.
private struct ImportReader {
  var diagnostics: DiagnosticSet
  let read: (String) throws(DiagnosticSet) -> SourceFile
  private(set) var files: [ImportedSpec] = []
  private var known: Set<String> = []

  init(diagnostics: DiagnosticSet, read: @escaping (String) throws(DiagnosticSet) -> SourceFile) {
    self.diagnostics = diagnostics
    self.read = read
  }

  /// - Parameters:
  ///   - chain: the paths from the root to `syntax`.
  ///   - base: the folder of `syntax`, relative to that of the root.
  mutating func follow(_ syntax: SpecSyntax, from chain: [String], relativeTo base: String) {
    for declaration in syntax.declarations {
      guard case .import(let statement) = declaration else { continue }
      if statement.path.isEmpty || statement.path.hasPrefix("/") {
        diagnostics.report(.importNotRelative(statement.range))
        continue
      }
      let path = importedPath(statement.path, from: syntax.source.name)
      if chain.contains(path) {
        diagnostics.report(.cyclicImport(path, statement.range))
        continue
      }
      guard known.insert(path).inserted else { continue }
      guard known.count <= SpecTree.importLimit, chain.count <= SpecTree.importLimit / 4 else {
        diagnostics.report(.tooManyImports(SpecTree.importLimit, statement.range))
        return
      }
      do throws(DiagnosticSet) {
        let imported = parse(try read(path), reportingTo: &diagnostics)
        let relative = normalizedPath(base + statement.path)
        follow(imported, from: chain + [path], relativeTo: folder(of: relative))
        files.append(ImportedSpec(path: relative, syntax: imported))
      } catch {
        for diagnostic in error.diagnostics {
          diagnostics.report(.unreadableImport(statement, diagnostic))
        }
      }
    }
  }
}

/// The path of what the file `importer` imports as `path`: the name of its source.
func importedPath(_ path: String, from importer: String) -> String {
  normalizedPath(folder(of: importer) + path)
}
