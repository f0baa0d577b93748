import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// The report of `ordain diff`: what the change from the specification at `oldPath` to the one at `newPath` means.
///
/// What the two specifications are warned about by themselves is not in it: `ordain check` says that.
///
/// - Parameters:
///   - definitions: the values of parameters of both. What it throws is in the report.
///   - allowed: the names given with `--allow-weaker`.
public func diffReport(
  from oldPath: String, to newPath: String, definitions: () throws(DiagnosticSet) -> [Definition],
  networks patterns: [NetworkPattern], allowing allowed: [String], allowingInterfaceChanges: Bool,
  timeoutMilliseconds: UInt32, progress: (String) -> Void
) -> Report {
  var report = Report(command: "diff", path: newPath, warningsFail: false)
  do throws(DiagnosticSet) {
    let definitions = try definitions()
    let (_, old) = try load(oldPath, definitions)
    let (tree, new) = try load(newPath, definitions)
    report.subject = new.name
    let allowances = try Allowances(allowed, interfaces: allowingInterfaceChanges, old: old, new: new)
    let selected = try NetworkPattern.select(patterns, from: old, new)
    let comparison = compare(
      old, new, options: ComparisonOptions(timeoutMilliseconds: timeoutMilliseconds, networks: selected),
      progress: progress)
    let names = new.networks.map(\.name) + old.networks.map(\.name)
    let places = NetworkPlaces(names.filter { selected?.contains($0) ?? true }.uniqued)
    var diff = DiffReportBuilder(comparison, allowances, places: places, report: report)
    diff.addVersion(from: old, to: new, at: versionRange(of: new, tree))
    return diff.report
  } catch {
    report.addCase("specifications", in: "specification", error)
    report.summary = "\(oldPath) -> \(newPath): not compared\n" + report.countLines
    return report
  }
}

/// What comes through a pipe has no folder: its imports would be those of the other version.
private func load(
  _ path: String, _ definitions: [Definition]
) throws(DiagnosticSet) -> (SpecTree, CheckedSpec) {
  var diagnostics = DiagnosticSet()
  let (tree, spec) = try FrontEnd.check(
    try readFile(path, limit: FrontEnd.sizeLimit), definitions: definitions, reportingTo: &diagnostics)
  if path == "-", !tree.imported.isEmpty {
    throw DiagnosticSet([
      Diagnostic(
        .unreadableImport,
        "a specification from standard input is compared without the files that it imports",
        at: .source(SourceRange(file: spec.source, bytes: 0..<min(1, spec.source.utf8.count))),
        cure: "name it by a path beside its own imports, as in a git worktree")
    ])
  }
  return (tree, spec)
}

/// Where the version stands: at the end of the header.
private func versionRange(of spec: CheckedSpec, _ tree: SpecTree) -> SourceRange {
  let end = tree.root.header?.range.bytes.upperBound ?? 0
  return SourceRange(file: spec.source, bytes: max(0, end - spec.version.utf8.count)..<end)
}

extension NetworkPattern {
  /// The names of the networks of either specification that any of `patterns` matches; `nil` if there is no
  /// pattern.
  /// - Throws: a diagnostic for each pattern that matches nothing in either.
  fileprivate static func select(
    _ patterns: [NetworkPattern], from old: CheckedSpec, _ new: CheckedSpec
  ) throws(DiagnosticSet) -> Set<String>? {
    if patterns.isEmpty { return nil }
    var names: Set<String> = []
    for pattern in patterns {
      let before = (try? select([pattern], from: old)) ?? []
      let after =
        try before.isEmpty ? select([pattern], from: new) : (try? select([pattern], from: new)) ?? []
      names.formUnion(before.map { old.networks[$0].name } + after.map { new.networks[$0].name })
    }
    return names
  }
}

extension [String] {
  /// Each element where it comes first.
  fileprivate var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
