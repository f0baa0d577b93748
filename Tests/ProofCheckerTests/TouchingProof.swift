import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyVerification
import TestSupport
import VNNLIB

/// A random network of small dyadic weights whose first output less its second comes down to a number at a corner of a kink, a
/// question that this leaves no margin, and its proof.
struct TouchingProof {
  let bytes: [UInt8]
  /// Where it comes down to that number.
  let point: [Double]

  /// Nil if the network is less elsewhere.
  ///
  /// - Throws: where what holds has no proof.
  init?(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let inputs = 1 + Int(seed % 2)
    // Some have more sums of either sign than exact claims are tried with: boxes are split first.
    let more = seed % 5 == 0 ? 6 : 0
    let widths = [inputs, more + 2 + Int(random.next() % 3), more + 1 + Int(random.next() % 3), 2]
    var layers: [Affine] = []
    var nodes: [Node] = []
    func quarters() -> Float { Float(Int(random.next() % 9) - 4) / 4 }
    for (from, to) in zip(widths, widths.dropFirst()) {
      let affine = Affine(
        inputCount: from, outputCount: to, weights: (0..<from * to).map { _ in quarters() },
        bias: (0..<to).map { _ in quarters() })
      layers.append(affine)
      func append(_ operation: NetworkIR.Operation) {
        nodes.append(
          Node(
            name: "", operation: operation, operands: [ValueID(index: nodes.count)], shape: .vector(to)))
      }
      append(.affine(affine))
      if layers.count < widths.count - 1 {
        append(random.next() % 3 == 0 ? .leakyRelu(LeakyRelu(slope: -0.5)) : .relu)
      }
    }
    let network = try Network(
      identity: ModelIdentity(name: "test.onnx", format: "onnx", hash: ContentHash(of: [])),
      inputShape: .vector(inputs), nodes: nodes, output: ValueID(index: nodes.count))
    var least: (value: Rational, point: [Rational])?
    for point in Self.corners(of: layers[0]) {
      let outputs = try network.evaluateExactly(point)
      let value = outputs[0] - outputs[1]
      if value < least?.value ?? value + .one { least = (value, point) }
    }
    guard let least, let limit = (-least.value).nearestDouble, Rational(limit) == -least.value else {
      return nil
    }
    point = least.point.compactMap(\.nearestDouble)
    guard zip(point, least.point).allSatisfy({ Rational($0) == $1 }) else { return nil }
    // Zero does not count, or one unit in the last place is left.
    let isStrict = seed % 3 != 0
    let row = Comparison(
      [.output(0): .one, .output(1): Rational(-1)], constant: Rational(isStrict ? limit : limit.nextUp),
      isStrict: isStrict)
    let low = Comparison([.output(0): .one], constant: Rational(20))
    var assertions = (0..<inputs).flatMap { input in
      [1, -1].map { Formula.comparison(Comparison([.input(input): Rational($0)], constant: Rational(-1))) }
    }
    assertions.append(.any([.all([.comparison(row), .comparison(low)]), .comparison(row)]))
    var options = ProverOptions(boxes: 100)
    options.records = true
    let set = UnsafeSet(inputCount: inputs, outputCount: 2, assertions: assertions)
    let result = try prove(set, of: network, options)
    guard result.real.holds, let proof = result.proof else { return nil }
    bytes = try proof.proof(model: [UInt8](repeating: 7, count: 32), question: "generated \(seed)")
  }

  /// The corners of [-1, 1]^n, and where first sums are zero: all of one input, and of two the ends of these lines.
  private static func corners(of layer: Affine) -> [[Rational]] {
    let ends = [Rational(-1), .one]
    func weight(_ input: Int, _ output: Int) -> Rational {
      Rational(layer.weight(input: input, output: output))
    }
    var result = layer.inputCount == 1 ? ends.map { [$0] } : ends.flatMap { x in ends.map { [x, $0] } }
    for output in 0..<layer.outputCount {
      let bias = Rational(layer.bias[output])
      for input in 0..<layer.inputCount where weight(input, output).signum != 0 {
        for end in layer.inputCount == 1 ? [.zero] : ends {
          var point = [Rational](repeating: end, count: layer.inputCount)
          let other = layer.inputCount == 1 ? .zero : weight(1 - input, output) * end
          point[input] = -(bias + other) / weight(input, output)
          if point[input].magnitude <= .one { result.append(point) }
        }
      }
    }
    return result
  }
}
