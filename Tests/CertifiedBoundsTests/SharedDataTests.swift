import CertifiedBounds
import Diagnostics
import Foundation
import ModelImport
import TestSupport
import Testing

/// The public networks of `lipschitz/`, which are not part of this package: see `ORDAIN_DATA`.
@Suite struct SharedDataTests {
  private static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["ORDAIN_DATA"] { return URL(filePath: path) }
    return URL(filePath: packageRoot).deletingLastPathComponent().appending(path: "shared/data")
  }()
  private static let names = [
    "digits_mm_64_32", "digits_relu_50_50_e0.5", "mnist5k_relu_256_256_e0.3", "cav2025_mnist_8x128",
  ]
  private static let isThere = FileManager.default.fileExists(
    atPath: folder.appending(path: "lipschitz").path)

  @Test(
    .enabled(if: isThere, "the reference data is absent: set ORDAIN_DATA to its folder"), arguments: names)
  func pairwiseBoundsAreTheExpectedOnes(name: String) throws {
    let folder = Self.folder.appending(path: "lipschitz/\(name)")
    var reported = DiagnosticSet()
    let model = try importModel(
      atPath: folder.appending(path: "model.onnx").path, reportingTo: &reported)
    let clock = ContinuousClock()
    let start = clock.now
    let bound = try LipschitzBound(of: model.network)
    print("\(name): bounds and certificates in \(clock.now - start)")
    let expected = try numbers(in: folder.appending(path: "expected_K.npy"))
    #expect(bound.pairwise.count == expected.count)
    for (own, other) in zip(bound.pairwise, expected) {
      #expect((own.value - other).magnitude <= 1e-7 * other, "\(own.value) where \(other) is expected")
    }
    for layer in bound.layers where layer.proof != .definition {
      #expect(layer.proof == .integerCertificate && layer.certificate != nil)
    }
  }

  /// What quadratic forms gain on networks that were trained for the product: the largest ratio of the pairs' bounds.
  @Test(
    .enabled(if: isThere, "the reference data is absent: set ORDAIN_DATA to its folder"),
    arguments: zip(names, [0.99, 0.9945, 0.945, 0.976]))
  func quadraticFormsAreBelowTheProduct(name: String, mean: Double) throws {
    let path = Self.folder.appending(path: "lipschitz/\(name)/model.onnx").path
    try expectRatio(of: path, below: mean)
  }

  /// And on a network that was not.
  @Test(.enabled(if: isThere, "the reference data is absent: set ORDAIN_DATA to its folder"))
  func quadraticFormsOfACASXu() throws {
    let path = Self.folder.appending(path: "acasxu/nnet/ACASXU_run2a_1_1_batch_2000.nnet").path
    try expectRatio(of: path, below: 0.006)
  }

  private func expectRatio(of path: String, below mean: Double) throws {
    var reported = DiagnosticSet()
    let network = try importModel(atPath: path, reportingTo: &reported).network
    let bound = try LipschitzBound(of: network)
    let clock = ContinuousClock()
    let start = clock.now
    let tight = try #require(TightBounds(of: network, bound))
    let time = clock.now - start
    let ratios = zip(tight.pairwise, bound.pairwise).filter { $1.value > 0 }.map { $0.value / $1.value }
    let found = ratios.reduce(0, +) / Double(ratios.count)
    print("\(path): \(found) of the product in the mean, in \(time)")
    #expect(found < mean && ratios.allSatisfy { $0 <= 1 })
  }

  /// The binary64 numbers of a numpy file.
  private func numbers(in url: URL) throws -> [Double] {
    let data = try Data(contentsOf: url)
    let header = Int(data[8]) + Int(data[9]) << 8
    let text = String(decoding: data[10..<10 + header], as: UTF8.self)
    try #require(text.contains("'<f8'") && text.contains("'fortran_order': False"))
    let bytes = Array(data[(10 + header)...])
    return stride(from: 0, to: bytes.count, by: 8).map { start in
      Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << (8 * UInt64($1)) })
    }
  }
}
