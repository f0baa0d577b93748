import ExactArithmetic
import NetworkIR

/// For each node of a network of ``TinyNetwork`` what one execution adds to each element at most, over a box of inputs.
/// Intervals of what is computed, in rationals.
func executionErrors(of network: Network, lower: [Rational], upper: [Rational]) -> [Int: [Rational]] {
  let unit = Rational(powerOfTwo: -24)
  let smallest = Rational(powerOfTwo: -149)
  var magnitudes = [zip(lower, upper).map { max($0.magnitude, $1.magnitude) }]
  var errors: [Int: [Rational]] = [:]
  for (position, node) in network.nodes.enumerated() {
    let operands = node.operands.map { magnitudes[$0.index] }
    var result: [Rational]
    var error = [Rational](repeating: .zero, count: node.shape.elementCount)
    switch node.operation {
    case .affine(let affine):
      // A sum of n products and a bias: n + 1 roundings of each, and underflows.
      let growth = (Rational.one + unit).power(affine.inputCount + 1)
      result = affine.bias.map { Rational($0).magnitude }
      for input in 0..<affine.inputCount {
        for output in 0..<affine.outputCount {
          result[output] =
            result[output] + Rational(affine.weight(input: input, output: output)).magnitude
            * operands[0][input]
        }
      }
      error = result.map { (growth - .one) * $0 + Rational(affine.inputCount) * smallest * growth }
    case .leakyRelu:
      result = operands[0]
      error = result.map { unit * $0 + smallest }
    case .elementwise:
      result = zip(operands[0], operands[1]).map { $0 + $1 }
      error = result.map { unit * $0 }
    case .relu, .absoluteValue: result = operands[0]
    case let other: preconditionFailure("no tiny network has \(other)")
    }
    errors[position] = error
    magnitudes.append(zip(result, error).map { $0 + $1 })
  }
  return errors
}
