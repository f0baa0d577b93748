import Foundation
import Testing

/// `ordain lipschitz --certificate` and `ordain-checkcert`, as users run them.
@Suite struct CertificateTests {
  let folder: TestFolder

  init() throws { folder = try TestFolder() }

  @Test func digitsAreProved() throws {
    let model = packageFolder.appending(path: "Specs/digits/digits.onnx").path()
    let written = try folder.ordain(["lipschitz", model, "--certificate", "new/digits.ordaincert"])
    #expect(written.status == 0 && written.errors.isEmpty)
    let again = try folder.ordain(["lipschitz", model, "--certificate", "again.ordaincert"])
    #expect(again.status == 0)
    let text = try folder.read("new/digits.ordaincert")
    #expect(try folder.read("again.ordaincert") == text)
    let checked = try folder.shell("\"$0-checkcert\" new/digits.ordaincert --model \(model)")
    #expect(checked.status == 0 && checked.errors.isEmpty)
    #expect(checked.output.split(separator: "\n").count == 4)
    let other = try folder.shell("\"$0-checkcert\" new/digits.ordaincert --model new/digits.ordaincert")
    #expect(other.status == 1 && other.output.isEmpty)
  }

  @Test func whatHasNoCertificate() throws {
    var text = ""
    for name in ["functionSoftplus", "residualBlock", "averagePool"] {
      let model = packageFolder.appending(path: "Tests/ModelImportTests/WellFormed/\(name)/model.onnx").path()
      #expect(try folder.ordain(["lipschitz", model]).status == 0)
      let outcome = try folder.ordain(["lipschitz", model, "--certificate", "no.ordaincert"])
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      text += outcome.errors
    }
    #expect(folder.names(in: ".")?.contains("no.ordaincert") == false)
    try expectGolden(text.replacing(packageFolder.path(), with: "PACKAGE/"), "noCertificate")
  }
}
