import Diagnostics
import Foundation
import SpecificationLanguage
import TestSupport
import Testing

@Test func acasXuChecksCleanlyForAll45Networks() throws {
  let source = try SourceFile(path: packageRoot + "/Specs/acasxu/acasxu.ordain")
  var diagnostics = DiagnosticSet()
  let syntax = parse(source, reportingTo: &diagnostics)
  #expect(syntax.printed == source.utf8)
  let spec = try check(syntax, reportingTo: &diagnostics)
  #expect(diagnostics.diagnostics.isEmpty)
  #expect(spec.networks.count == 45)
  #expect(spec.properties.map(\.name) == (2...10).map { "p\($0)" })
  #expect(spec.networks[0].name == "N[1,1]")
  #expect(spec.networks[0].properties.map { spec.properties[$0].name } == ["p3", "p4", "p5", "p6"])
  #expect(spec.networks[8].properties.map { spec.properties[$0].name } == ["p7"])
  // p2: coc is not the worst of five; p3: coc is not the best.
  #expect(spec.properties[0].post == .before(output: 0, end: 4))
  #expect(spec.properties[1].post == .all([.notBefore(output: 0, start: 1)]))
}
