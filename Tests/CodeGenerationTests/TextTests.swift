import CodeGeneration
import SafetyLayers
import TestSupport
import Testing

private func literal(_ value: Float) -> String {
  var text: [UInt8] = []
  HexFloat.append(value, to: &text)
  return String(decoding: text, as: UTF8.self)
}

@Test func hexadecimalLiteralsKeepEveryBit() throws {
  var generator = SplitMix64(seed: 5)
  let ends: [Float] = [
    0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, Float.leastNormalMagnitude.nextDown,
    .greatestFiniteMagnitude, 1, Float(1).nextUp, Float(2).nextDown,
  ]
  let random = (0..<200_000).map { _ in Float(bitPattern: UInt32.random(in: 0...(.max), using: &generator)) }
  for value in (ends + ends.map { -$0 } + random) where value.isFinite {
    let text = literal(value)
    #expect(text.hasSuffix("f"))
    #expect(Float(text.dropLast())?.bitPattern == value.bitPattern, "\(text)")
  }
  for _ in 0..<200_000 {
    let value = Double(bitPattern: UInt64.random(in: 0...(.max), using: &generator))
    if !value.isFinite { continue }
    var text: [UInt8] = []
    HexFloat.append(value, to: &text)
    #expect(Double(String(decoding: text, as: UTF8.self))?.bitPattern == value.bitPattern)
  }
  #expect(literal(12) == "0x1.8p+3f")
  #expect(literal(-.leastNonzeroMagnitude) == "-0x1p-149f")
}

private func prefix(spec: String, network: String, among networks: [String]) throws -> String {
  let text = exampleSpec.replacing("\"brake-assist\"", with: "\"\(spec)\"")
  let program = try #require(programs(ofSpec: text).first)
  let renamed = SafetyProgram(
    specName: spec, specVersion: "1", specHash: program.specHash, networkName: network,
    interface: program.interface, network: program.network, guards: program.guards, table: program.table)
  return emit(renamed, compilerVersion: "", amongNetworks: networks).prefix
}

@Test func prefixesAreIdentifiersAndInjective() throws {
  #expect(try prefix(spec: "acas-xu", network: "N[1,1]", among: []) == "acas_xu_n_1_1")
  #expect(try prefix(spec: "int", network: "Double", among: []) == "int_double")
  #expect(try prefix(spec: "3d", network: "Net", among: []) == "s3d_net")
  #expect(try prefix(spec: "__", network: "Net", among: []) == "spec_net")
  let alike = ["N[1,1]", "N_1_1", "n[1,1]", "N[11]", "N"]
  let prefixes = try alike.map { try prefix(spec: "s", network: $0, among: alike) }
  #expect(Set(prefixes).count == alike.count)
  #expect(prefixes[3...] == ["s_n_11", "s_n"])
}
