import Diagnostics
import Foundation
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// A cache in memory.
final class Memory: AnalysisCache, @unchecked Sendable {
  var entries: [String: [UInt8]]
  init(_ entries: [String: [UInt8]] = [:]) { self.entries = entries }
  func bytes(named name: String) -> [UInt8]? { entries[name] }
  func store(_ bytes: [UInt8], named name: String) { entries[name] = bytes }
}

/// Answers every name with the same bytes and forgets what it is told.
private struct Poison: AnalysisCache {
  let bytes: [UInt8]
  func bytes(named name: String) -> [UInt8]? { bytes }
  func store(_ bytes: [UInt8], named name: String) {}
}

/// Whatever a cache holds, results are those without one, to the byte.
@Suite struct CacheTests {
  private static func checked(_ source: SourceFile) throws -> CheckedSpec {
    var diagnostics = DiagnosticSet()
    return try check(parse(source, reportingTo: &diagnostics), reportingTo: &diagnostics)
  }

  /// Everything that an analysis says, as text.
  private static func outcome(
    _ spec: CheckedSpec, _ cache: (any AnalysisCache)?, maxRows: Int = 4096
  ) -> String {
    var diagnostics = DiagnosticSet()
    let analysis = analyse(
      spec, options: AnalysisOptions(maxRows: maxRows, coverage: true), cache: cache,
      reportingTo: &diagnostics)
    return diagnostics.text + "\n" + analysis.networks.map { "\($0)" }.joined(separator: "\n")
      + analysis.conflicts.map { "\($0.properties) \($0.region) \($0.example)" }.joined()
  }

  private static func generated(_ seed: UInt64) throws -> CheckedSpec {
    var generator = SpecGenerator(seed: 110_000 + seed)
    return try checked(generator.spec().source)
  }

  @Test func aSecondRunSaysTheSameAndStoresTheSame() throws {
    for seed in UInt64(0)..<80 {
      let spec = try Self.generated(seed)
      let plain = Self.outcome(spec, nil)
      let cache = Memory()
      #expect(Self.outcome(spec, cache) == plain)
      #expect(!cache.entries.isEmpty)
      // What the first run left need not all be of use to the second.
      #expect(Self.outcome(spec, cache) == plain)
      let stored = cache.entries
      #expect(Self.outcome(spec, cache) == plain)
      #expect(cache.entries == stored, "seed \(seed)")
    }
  }

  /// Specifications over the same interface share an entry: what one leaves behind harms no other.
  @Test func entriesOfOtherSpecificationsAreHarmless() throws {
    let cache = Memory()
    for seed in UInt64(0)..<150 {
      let spec = try Self.generated(seed)
      #expect(Self.outcome(spec, cache) == Self.outcome(spec, nil), "seed \(seed)")
    }
    #expect(cache.entries.count < 40)
  }

  @Test func tooManyRowsAreToldTheSame() throws {
    for seed in UInt64(0)..<60 {
      let spec = try Self.generated(seed)
      let cache = Memory()
      _ = Self.outcome(spec, cache)
      for rows in 1...4 {
        #expect(Self.outcome(spec, cache, maxRows: rows) == Self.outcome(spec, nil, maxRows: rows))
      }
    }
  }

  /// 2,000 damaged entries; 40,000 with `ORDAIN_FULL=1`.
  @Test(arguments: 0..<4) func damagedEntriesAreHarmless(part: UInt64) throws {
    for seed in part * 10..<(part + 1) * 10 {
      let spec = try Self.generated(seed)
      let plain = Self.outcome(spec, nil)
      let cache = Memory()
      _ = Self.outcome(spec, cache)
      let (name, bytes) = try #require(cache.entries.first)
      var random = SplitMix64(seed: seed)
      for _ in 0..<sampleCount(50, full: 1_000) {
        let damaged = mutated(
          bytes, with: Array("point 0 0:7fc00000 1:1/0\nscores 9 9\n".utf8), using: &random)
        #expect(
          Self.outcome(spec, Memory([name: damaged])) == plain, "\(String(decoding: damaged, as: UTF8.self))")
      }
    }
  }

  /// Points that would be harmful if they were believed: well-formed, and wrong.
  @Test(arguments: [
    "point 0 0:40800001", "point 0 0:7f800000", "point 0 0:7fc00000", "point 0 0:ff7fffff",
    "point 0 0:c0800001",
    "point 99", "point -1", "point 9223372036854775807", "point 0 9:0", "point 0 -1:0", "point 0 0:1/3 1:1/3",
    "point 0 0:10000000000000000000000001/8000000000000000000000000", "point 0 0:-1/3 0:3f800000",
    "point 0 0:0/1 1:1/1000000000000000000000000000000", "scores", "scores 1", "scores 0 0 0 0 0 0 0 0 0",
    "scores -9223372036854775808 9223372036854775807", "scores 1 2 3", "scores 1 0 1 0", "scores 4 3 2 1 0",
  ])
  func poisonIsHarmless(line: String) throws {
    let poison = Poison(bytes: Array("ordain-witnesses 1\n\(line)\nend\n".utf8))
    for seed in UInt64(0)..<40 {
      let spec = try Self.generated(seed)
      #expect(Self.outcome(spec, poison) == Self.outcome(spec, nil), "seed \(seed)")
    }
  }

  /// Between two neighbouring floats nothing is active, and no input is there: the point proves no set.
  @Test func aPointBetweenFloatsProvesNothing() throws {
    let spec = try Self.checked(
      SourceFile(
        name: "gap.ordain",
        text: """
          ordain 1
          spec "gap" 1.0.0
          interface I { inputs { x : 1 in 0 .. 100 } outputs { a, b choose highest } }
          network Net : I from "a"
          enforce p { when x <= 10 then choose a }
          enforce q { when x > 10 then choose b }
          """))
    let poison = Poison(
      bytes: Array("ordain-witnesses 1\npoint 0 0:10000000000001/1000000000000\nend\n".utf8))
    #expect(Self.outcome(spec, poison) == Self.outcome(spec, nil))
  }

  /// `CheckerBenchmark` times it.
  @Test func aLargeSpecificationIsTheSameFromItsCache() throws {
    let spec = try Self.checked(SourceFile(name: "large.ordain", text: LargeSpec(seed: 1).text))
    let cache = Memory()
    let first = Self.outcome(spec, cache)
    #expect(Self.outcome(spec, cache) == first)
    var diagnostics = DiagnosticSet()
    let rows = try #require(
      analyse(spec, cache: cache, reportingTo: &diagnostics).networks[0].table?.rows, "\(diagnostics.text)")
    #expect(!diagnostics.containsError && !diagnostics.containsUndecided, "\(diagnostics.text)")
    #expect(rows.count >= 1_000, "\(rows.count)")
    #expect(rows.contains { $0.activation.active.count >= 10 })
    #expect(rows.allSatisfy { !$0.disjuncts.isEmpty })
  }
}
