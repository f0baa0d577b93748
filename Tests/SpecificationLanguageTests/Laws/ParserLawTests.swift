import Diagnostics
import Foundation
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// Laws of the front end that hold for every text whatever.
@Suite struct ParserLaws {
  /// Real specifications and the malformed ones of `Golden/`.
  static let corpus: [[UInt8]] = ["/Specs", "/Tests/SpecificationLanguageTests/Golden"].flatMap { folder in
    let files =
      FileManager.default.enumerator(atPath: packageRoot + folder)?.compactMap { $0 as? String } ?? []
    // Those that expand to millions of parts are tested as they are, by HostileTexts.
    return files.filter { $0.hasSuffix(".ordain") && !$0.contains("ORD0208") }.sorted().compactMap {
      FileManager.default.contents(atPath: packageRoot + folder + "/" + $0).map(Array.init)
    }
  }.filter { $0.count < 8_000 }

  /// Parses and checks: the tree prints back, and a specification comes out iff no error was reported.
  ///
  /// - Parameter analyses: whether it is analysed as well, with small limits.
  @discardableResult static func examine(_ bytes: [UInt8], analyses: Bool = false) -> DiagnosticSet {
    let source = SourceFile(name: "any.ordain", utf8: bytes)
    var diagnostics = DiagnosticSet()
    let syntax = parse(source, reportingTo: &diagnostics)
    #expect(syntax.printed == bytes)
    for diagnostic in diagnostics.diagnostics {
      guard case .source(let range) = diagnostic.location else { continue }
      #expect(range.bytes.upperBound <= bytes.count)
    }
    do {
      let spec = try check(syntax, reportingTo: &diagnostics)
      #expect(!diagnostics.containsError)
      if analyses { analyse(spec, &diagnostics) }
    } catch {
      #expect(error.containsError)
      return error
    }
    return diagnostics
  }

  /// What the solver leaves open is a time limit; anything else would be an error of ours.
  private static func analyse(_ spec: CheckedSpec, _ diagnostics: inout DiagnosticSet) {
    let options = AnalysisOptions(maxRows: 64, maxDisjuncts: 64, timeoutMilliseconds: 50, coverage: true)
    var said = DiagnosticSet()
    let analysis = SafetyLayers.analyse(spec, options: options, reportingTo: &said)
    #expect(analysis.networks.count == spec.networks.count)
    for diagnostic in said.diagnostics where diagnostic.code == .analysisUndecided {
      #expect(diagnostic.problem.hasSuffix("the solver says `time limit reached`"))
    }
    for network in analysis.networks where network.table == nil {
      #expect(said.containsError || said.containsUndecided)
    }
    diagnostics.report(contentsOf: said)
  }

  @Test(arguments: 0..<4) func randomBytesPrintBack(_ part: Int) {
    for seed in 0..<sampleCount(500, full: 25_000) {
      var random = SplitMix64(seed: UInt64(part * 1_000_000 + seed))
      let highest: UInt8 = seed % 2 == 0 ? 255 : 126
      let length = Int.random(in: 0...300, using: &random)
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...highest, using: &random) }
      #expect(Self.examine(bytes).containsError, "part \(part), seed \(seed)")
    }
  }

  /// 20,000 mutated specifications, analysed if they are right; 200,000 with `ORDAIN_FULL=1`.
  @Test(arguments: 0..<4) func mutatedSpecificationsNeverCrash(_ part: Int) {
    var accepted = 0
    for seed in 0..<sampleCount(5_000, full: 50_000) {
      var random = SplitMix64(seed: UInt64(part) << 32 | UInt64(seed))
      let text = Self.corpus.randomElement(using: &random) ?? []
      let other = Self.corpus.randomElement(using: &random) ?? []
      let diagnostics = Self.examine(
        mutated(text, with: other, using: &random), analyses: true)
      if !diagnostics.containsError { accepted += 1 }
      if seed % 16 == 0 { _ = diagnostics.text }
    }
    #expect(accepted > 0)
  }

  /// A text is as good with Windows' line ends, a byte order mark or comments between all its lines.
  @Test func lineEndsAndMarksDoNotMatter() throws {
    let text = try String(
      contentsOfFile: packageRoot + "/Specs/acasxu/acasxu.ordain", encoding: .utf8)
    for variant in [
      text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, text.replacing("\n", with: " // note\n"),
      text + "//",
    ] {
      #expect(Self.examine(Array(variant.utf8)).diagnostics.isEmpty)
    }
  }

  @Test func moreThanFourMegabytesAreRefused() {
    let diagnostics = Self.examine([UInt8](repeating: 0x20, count: (4 << 20) + 1))
    #expect(diagnostics.diagnostics.contains { $0.code == .specificationTooLarge })
  }
}
