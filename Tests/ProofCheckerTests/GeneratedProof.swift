import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import VNNLIB

/// A random network of dense layers and leaky rectifiers with a question that holds, and its proof.
struct GeneratedProof {
  let bytes: [UInt8]

  /// Nil if the search does not prove it.
  init?(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // More than 16 inputs: neurons are split.
    let inputs = seed % 3 == 0 ? 17 : 2 + Int(random.next() % 2)
    let widths = [inputs, 4 + Int(random.next() % 6), 4 + Int(random.next() % 4), 2]
    var nodes: [Node] = []
    for (from, to) in zip(widths, widths.dropFirst()) {
      let affine = Affine(
        inputCount: from, outputCount: to,
        weights: (0..<from * to).map { _ in Float(random.unit() * 2 - 1) },
        bias: (0..<to).map { _ in Float(random.unit() - 0.5) })
      func append(_ operation: NetworkIR.Operation) {
        nodes.append(
          Node(
            name: "", operation: operation, operands: [ValueID(index: nodes.count)], shape: .vector(to)))
      }
      append(.affine(affine))
      if nodes.count < 2 * widths.count - 3 {
        let slope = [Float(0), 0, 0.1, -1, 2][Int(random.next() % 5)]
        append(slope == 0 ? .relu : .leakyRelu(LeakyRelu(slope: slope)))
      }
    }
    let network = try Network(
      identity: ModelIdentity(name: "test.onnx", format: "onnx", hash: ContentHash(of: [])),
      inputShape: .vector(inputs), nodes: nodes, output: ValueID(index: nodes.count))
    // Points' least value of a row, and a little: the search proves it or finds a point below.
    let least =
      (0..<64).map { _ in
        let outputs = network.evaluate((0..<inputs).map { _ in Float(2 * random.unit() - 1) })
        return Double(outputs[0]) - Double(outputs[1])
      }.min() ?? 0
    let row = Comparison(
      [.output(0): .one, .output(1): Rational(-1)], constant: Rational(0.2 * (1 + random.unit()) - least))
    let low = Comparison([.output(0): .one], constant: Rational(20))
    var assertions = (0..<inputs).flatMap { input in
      [1, -1].map { Formula.comparison(Comparison([.input(input): Rational($0)], constant: Rational(-1))) }
    }
    assertions.append(.any([.all([.comparison(row), .comparison(low)]), .comparison(row)]))
    var options = ProverOptions(boxes: 3000)
    options.records = true
    let set = UnsafeSet(inputCount: inputs, outputCount: 2, assertions: assertions)
    guard let proof = try prove(set, of: network, options).proof else { return nil }
    bytes = try proof.proof(model: [UInt8](repeating: 7, count: 32), question: "generated \(seed)")
  }
}

extension SplitMix64 {
  /// Uniform in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
