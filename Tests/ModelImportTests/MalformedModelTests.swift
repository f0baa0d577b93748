import Diagnostics
import ModelImport
import Testing

/// Each folder of `Malformed` holds a model that is refused, with exactly what the user is told.
@Suite struct MalformedModelTests {
  static let golden = GoldenFolder("Malformed")

  @Test func thereAreCases() {
    #expect(Self.golden.cases.count >= 80)
  }

  @Test(arguments: golden.cases) func isRefusedWithExactText(name: String) throws {
    let model = try Self.golden.model(of: name)
    var reported = DiagnosticSet()
    do throws(DiagnosticSet) {
      _ = try importModel(named: model.name, bytes: model.bytes, reportingTo: &reported)
    } catch {
      try Self.golden.check(rendered(error), of: name)
      #expect(error.diagnostics.contains { $0.severity == .error && $0.code.rawValue.hasPrefix("ORD06") })
      return
    }
    Issue.record("\(name) was imported")
  }

  /// Every code of the 06xx block that the bytes of a model can cause is caused by some folder, so that a new
  /// code comes with its example.
  @Test func everyCodeHasACase() {
    let texts = Self.golden.cases.map(Self.golden.expectedText)
    // Of files that can't be read (see `ModelFileTests`), and of a note on a model that is imported.
    let elsewhere: Set<DiagnosticCode> = [.modelNotFound, .modelUnreadable, .softmaxDropped]
    // From 20 on they are about VNN-LIB files, whose texts are those of `ordain import`.
    let codes = DiagnosticCode.allCases.filter { ("ORD06"..<"ORD0620").contains($0.rawValue) }
    for code in codes where !elsewhere.contains(code) {
      #expect(texts.contains { $0.contains("error[\(code.rawValue)]") }, "\(code)")
    }
  }
}
