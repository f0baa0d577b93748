import CertifiedBounds
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// Certifies decisions of the emitted program, point by point: with its scores, from the reference evaluation, and its
/// heads.
struct FloatCertifier {
  private let network: Network
  private let normalizations: [FloatNormalization]
  private let heads: [StaticHead]

  /// - Parameters:
  ///   - network: with the float semantics of the program.
  ///   - heads: of that program.
  init(_ network: Network, _ interface: Interface, heads: [StaticHead]) {
    self.network = network
    normalizations = interface.inputs.map { FloatNormalization($0.normalization) }
    self.heads = heads
  }

  /// The verdict of each head. Outside the inputs' domains the program abstains, and they mean nothing.
  ///
  /// - Requires: one finite number for each input.
  func verdicts(at point: [Float]) -> [PointVerdict] {
    let scores = network.evaluate(zip(normalizations, point).map { $0($1) })
    return heads.map { $0.verdict(scores) }
  }
}
