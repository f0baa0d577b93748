import Diagnostics
import SafetyLayers
import SpecificationLanguage
import TestSupport

// Times the analysis of a large generated specification, without a cache and with one; prints what it is
// made of.
//
//   swift run -c release CheckerBenchmark [seed]

/// Keeps what is stored for as long as it lives.
final class Memory: AnalysisCache, @unchecked Sendable {
  private var entries: [String: [UInt8]] = [:]
  func bytes(named name: String) -> [UInt8]? { entries[name] }
  func store(_ bytes: [UInt8], named name: String) { entries[name] = bytes }
}

let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 1
let text = LargeSpec(seed: seed).text
var diagnostics = DiagnosticSet()
let source = SourceFile(name: "large.ordain", text: text)
let spec = try check(parse(source, reportingTo: &diagnostics), reportingTo: &diagnostics)
let cache = Memory()
for run in ["first", "cached"] {
  var said = DiagnosticSet()
  var phases: [(name: String, start: ContinuousClock.Instant)] = [("sets", .now)]
  let analysis = analyse(
    spec, cache: cache,
    progress: { progress in
      let name =
        switch progress.phase {
        case .sets: "sets"
        case .rows: "rows"
        case .properties: "properties"
        }
      if phases.last?.name != name { phases.append((name, .now)) }
    }, reportingTo: &said)
  let ends = phases.dropFirst().map(\.start) + [.now]
  let times = zip(phases, ends).map { "\($0.name) \($1 - $0.start)" }.joined(separator: ", ")
  let rows = analysis.networks[0].table?.rows ?? []
  print("\(run) run: \(ends[ends.count - 1] - phases[0].start) (\(times))")
  print(
    "  \(spec.properties.count) properties, \(spec.interfaces[0].inputs.count) inputs, "
      + "\(spec.interfaces[0].outputs.count) outputs, \(rows.count) feasible sets, deepest overlap "
      + "\(rows.map(\.activation.active.count).max() ?? 0), \(rows.map(\.disjuncts.count).max() ?? 0) disjuncts at "
      + "most, \(analysis.conflicts.count) conflicts")
  for diagnostic in said.diagnostics { print("  \(diagnostic.code.rawValue) \(diagnostic.problem)") }
}
