import CertifiedBounds
import CompilerDriver
import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage
import TestSupport

/// A network of dense layers with ReLUs between, and the interface of its inputs.
struct SmallNetwork {
  struct Layer {
    /// By output and input.
    let weights: [[Float]]
    let bias: [Float]
  }

  let layers: [Layer]
  let interface: Interface
  let network: Network

  /// - Parameters:
  ///   - domains: of each input, as a specification has it after `in`. For example: `0 .. 1 normalize x / 3`, with the
  ///     input's name `x`.
  init(
    _ layers: [Layer], domains: [String], better: String = "highest",
    _ semantics: FloatSemantics = .binary64Sums
  ) throws {
    self.layers = layers
    let inputs = domains.enumerated().map { index, domain in
      "x\(index) : 1 in " + domain.replacing("x", with: "x\(index)")
    }
    let outputs = layers[layers.count - 1].bias.indices.map { "s\($0)" }
    let text = """
      ordain 1
      spec "small" 1.0.0
      interface Small {
        inputs { \(inputs.joined(separator: "\n")) }
        outputs { \(outputs.joined(separator: ", ")) choose \(better) }
      }
      network Net : Small from "net.onnx"
      robust r on Net { within L2 1 of normalized keep top 1 }

      """
    interface = try CompiledSpec(text).spec.interfaces[0]
    var nodes: [Node] = []
    func append(_ operation: NetworkIR.Operation, _ width: Int) {
      nodes.append(
        Node(
          name: "node \(nodes.count)", operation: operation, operands: [ValueID(index: nodes.count)],
          shape: .vector(width)))
    }
    for (position, layer) in layers.enumerated() {
      let width = layer.bias.count
      if position > 0 { append(.relu, layers[position - 1].bias.count) }
      let inputs = layer.weights[0].count
      append(
        .affine(
          Affine(
            inputCount: inputs, outputCount: width,
            weights: (0..<inputs).flatMap { k in layer.weights.map { $0[k] } }, bias: layer.bias)), width)
    }
    network = try Network(
      identity: ModelIdentity(name: "net.onnx", format: "onnx", hash: ContentHash(of: [])),
      inputShape: .vector(domains.count), nodes: nodes, output: ValueID(index: nodes.count),
      semantics: semantics)
  }

  func certifier(
    _ norm: Norm, _ radius: Rational, _ space: NormSpace = .physical, by method: BallMethod = .projections
  ) throws -> BallCertifier {
    try BallCertifier(
      of: network, interface, norm: norm, space: space, radius: radius, by: method,
      normalizationErrors: normalizationErrors(of: interface))
  }

  func verdict(
    _ norm: Norm, _ radius: Rational, at point: [Float], _ space: NormSpace = .physical,
    by method: BallMethod = .projections
  ) throws -> BallVerdict {
    try certifier(norm, radius, space, by: method).verdict(at: point, limits: BallLimits(seconds: 60))
  }

  /// The best output of the program, by the first of equal ones.
  func choice(at point: [Float]) -> Int {
    let scores = scores(at: point)
    let order = interface.tieOrder
    return order.dropFirst().reduce(order[0]) { best, output in
      let isBetter =
        interface.better == .lowest ? scores[output] < scores[best] : scores[output] > scores[best]
      return isBetter ? output : best
    }
  }

  /// What emitted code computes, bit for bit.
  func scores(at point: [Float]) -> [Float] {
    network.evaluate(zip(interface.inputs, point).map { FloatNormalization($0.normalization)($1) })
  }
}
