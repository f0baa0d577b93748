import CertificateChecker
import CertifiedBounds
import Diagnostics
import Foundation
import ModelImport
import NetworkIR
import TestSupport
import Testing

@Suite struct WrittenCertificateTests {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ORDAIN_DATA"] { return URL(filePath: path) }
    return URL(filePath: packageRoot).deletingLastPathComponent().appending(path: "shared/data")
  }()
  private static let isThere = FileManager.default.fileExists(
    atPath: folder.appending(path: "lipschitz").path)
  private static let names = [
    "digits_mm_64_32", "digits_relu_50_50_e0.5", "mnist5k_relu_256_256_e0.3", "cav2025_mnist_8x128",
  ]

  @Test(
    .enabled(if: isThere, "the reference data is absent: set ORDAIN_DATA to its folder"), arguments: names)
  func publicNetworksAreProved(name: String) throws {
    let path = Self.folder.appending(path: "lipschitz/\(name)/model.onnx").path
    var reported = DiagnosticSet()
    let network = try importModel(atPath: path, reportingTo: &reported).network
    let certificate = try LipschitzCertificate(of: network, LipschitzBound(of: network))
    let text = Data(certificate.text.utf8)
    let clock = ContinuousClock()
    let start = clock.now
    let checked = try checkCertificate(text)
    let time = clock.now - start
    print("\(name): \(text.count) bytes, checked in \(time)")
    #expect(time < .seconds(1))
    #expect(checked.model == sha256(try Data(contentsOf: URL(filePath: path))))
    let weights = network.nodes.compactMap { node -> [Float]? in
      if case .affine(let affine) = node.operation { affine.weights } else { nil }
    }
    #expect(checked.weights == weights.map { sha256($0.withUnsafeBytes { Data($0) }) })
  }

  @Test(arguments: 0..<UInt64(sampleCount(200, full: 5_000)))
  func generatedNetworksAreProved(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let network = try randomChain(widest: 8, &random)
    let text = try LipschitzCertificate(of: network, LipschitzBound(of: network)).text
    do {
      _ = try checkCertificate(Data(text.utf8))
    } catch {
      Issue.record("\(error.reason): \(text)")
    }
  }

  /// A last layer with an activation behind it does not get the distance of its rows.
  @Test func anActivationAtTheEndCountsInTheBoundsOfPairs() throws {
    let layer = Affine(inputCount: 2, outputCount: 2, weights: [3, 0, 0, 3], bias: [0, 0])
    let network = try network(2, [(.affine(layer), [0]), (.leakyRelu(LeakyRelu(slope: -2)), [1])])
    let text = try LipschitzCertificate(of: network, LipschitzBound(of: network)).text
    _ = try checkCertificate(Data(text.utf8))
    // Where both inputs are negative, y = -6 x: the bound is 6 sqrt 2 = 8.485..., and 8 is wrong.
    let low = text.replacing(/\["0x0p\+0", "[^"]*"\]/, with: "[\"0x0p+0\", \"0x1p+3\"]")
    #expect(low != text)
    #expect(throws: Rejection.self) { try checkCertificate(Data(low.utf8)) }
  }

  /// What the command prints of a file is safe to print.
  @Test func theModelIsAHash() throws {
    var random = SplitMix64(seed: 1)
    let network = try randomChain(widest: 3, &random)
    let text = try LipschitzCertificate(of: network, LipschitzBound(of: network)).text
    for model in ["", "\\u001b[2J", String(repeating: "g", count: 64), String(repeating: "a", count: 65)] {
      let other = text.replacing(/"model": "[^"]*"/, with: "\"model\": \"\(model)\"")
      #expect(throws: Rejection.self) { try checkCertificate(Data(other.utf8)) }
    }
  }

  /// What certificates have no rule for is refused by its name, though it has bounds.
  @Test func otherOperatorsAreRefused() throws {
    let layer = Affine(inputCount: 2, outputCount: 2, weights: [1, 2, 3, 4], bias: [0, 0])
    for operation in [NetworkIR.Operation.softplus, .negation, .hardSwish] {
      let network = try network(2, [(.affine(layer), [0]), (operation, [1])])
      let bound = try LipschitzBound(of: network)
      #expect(
        throws: CertificateFailure(node: "node 2", reason: .noRule(operator: operation.implementation.text))
      ) { try LipschitzCertificate(of: network, bound) }
    }
    let residual = try network(2, [(.affine(layer), [0]), (.elementwise(.add), [0, 1])])
    let bound = try LipschitzBound(of: residual)
    #expect(throws: CertificateFailure.self) { try LipschitzCertificate(of: residual, bound) }
  }
}
