import Diagnostics
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// A time limit may decide whether something is decided, with a cache or without; never what.
@Suite struct TimeLimitTests {
  /// Nine half-spaces of 24 inputs: hundreds of sets, and one hard question at the end.
  private static func halfSpaces() throws -> CheckedSpec {
    let properties = (0..<9).map { property -> String in
      let terms = (0..<24).map { input -> String in
        let size = (property * 37 + input * (4 + 13 * property)) % 97 + 1
        return "\(size % 3 == 0 ? "-" : "+") \(size) * x[\(input)]"
      }
      return
        "enforce p\(property) { when 0 \(terms.joined(separator: " ")) >= \(property % 7) then a above b }"
    }
    var diagnostics = DiagnosticSet()
    let text = """
      ordain 1
      spec "hard" 1.0.0
      interface I {
        inputs {
          x[24] : 1 in -1 .. 1
        }
        outputs { a, b choose highest }
      }
      network Net : I from "a"
      \(properties.joined(separator: "\n"))
      """
    return try check(
      parse(SourceFile(name: "hard.ordain", text: text), reportingTo: &diagnostics),
      reportingTo: &diagnostics)
  }

  private static func analysis(
    of spec: CheckedSpec, _ cache: (any AnalysisCache)?, milliseconds: UInt32
  ) -> (table: RepairTable?, diagnostics: DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let analysis = analyse(
      spec, options: AnalysisOptions(timeoutMilliseconds: milliseconds), cache: cache,
      reportingTo: &diagnostics)
    return (analysis.networks[0].table, diagnostics)
  }

  @Test(arguments: [1, 2, 5, 10, 20, 40, 80] as [UInt32])
  func whatIsDecidedIsTheSame(milliseconds: UInt32) throws {
    let spec = try Self.halfSpaces()
    let cache = Memory()
    let proved = try #require(Self.analysis(of: spec, cache, milliseconds: 60_000).table)
    #expect(proved.rows.count >= 100)
    for cache in [cache, nil] {
      let (table, diagnostics) = Self.analysis(of: spec, cache, milliseconds: milliseconds)
      if let table {
        #expect(table.rows.map(\.activation) == proved.rows.map(\.activation))
      } else {
        #expect(diagnostics.diagnostics.contains { $0.code == .analysisUndecided })
        #expect(diagnostics.containsUndecided && !diagnostics.containsError)
      }
    }
  }

  /// A cache that makes the last question hard: where that is not answered in time, the points of the cache
  /// are forgotten, so that a second run has what the first had.
  @Test func whatHintsLeaveUndecidedIsAskedWithoutThem() throws {
    let spec = try Self.halfSpaces()
    let cache = Memory()
    _ = try #require(Self.analysis(of: spec, cache, milliseconds: 60_000).table)
    // About the smallest limit under which runs without hints succeed; hints alone need several times as long.
    var limit: UInt32 = 8
    while !(0..<3).allSatisfy({ _ in Self.analysis(of: spec, nil, milliseconds: limit).table != nil }) {
      limit += limit / 2
    }
    // How busy the machine is may change between two runs, but hardly five times to the same effect.
    let isWorse = (0..<5).allSatisfy { _ in
      Self.analysis(of: spec, cache, milliseconds: limit).table == nil
        && Self.analysis(of: spec, nil, milliseconds: limit).table != nil
    }
    #expect(!isWorse, "\(limit) ms")
  }
}
