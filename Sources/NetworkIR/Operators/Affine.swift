import ExactArithmetic

/// y = W x + b on each of `rows` rows of `inputCount` elements.
///
/// Result in binary32, for each row and output j: `acc = bias[j]`, then for k ascending
/// `acc = acc + (weight[k, j] * x[k])`, rounded as ``FloatSemantics`` says (with ``FloatSemantics/binary64Sums`` acc is
/// a binary64 number, rounded to binary32 at the end).
public struct Affine: KernelOperator {
  public let inputCount: Int
  public let outputCount: Int
  public let rows: Int
  /// The weight from input k to output j lies at `k * outputCount + j` (input-major, so that the
  /// inner loop of the product runs along memory and vectorises without changing any rounding).
  public let weights: [Float]
  /// One number an output; zeros for a product without bias.
  public let bias: [Float]

  /// - Requires: `rows`, `inputCount` and `outputCount` are at least 1, `weights.count == inputCount *
  ///   outputCount` and `bias.count == outputCount`.
  public init(inputCount: Int, outputCount: Int, rows: Int = 1, weights: [Float], bias: [Float]) {
    precondition(rows >= 1 && inputCount >= 1 && outputCount >= 1, "an affine map is not empty")
    precondition(
      weights.count / inputCount == outputCount && weights.count % inputCount == 0,
      "one weight for each input and output")
    precondition(bias.count == outputCount, "one bias for each output")
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.rows = rows
    self.weights = weights
    self.bias = bias
  }

  /// The weight from input `k` to output `j`.
  public func weight(input k: Int, output j: Int) -> Float { weights[k * outputCount + j] }

  public var text: String { "affine" }

  /// The operand's shape with its last dimension replaced.
  public func resultShape(of operands: [TensorShape]) throws(ShapeViolation) -> TensorShape {
    let operand = operands[0]
    guard operand.dimensions.last == inputCount, operand.elementCount / inputCount == rows,
      let shape = TensorShape(operand.dimensions.dropLast() + [outputCount])
    else {
      throw ShapeViolation(
        "maps \(rows) rows of \(inputCount) elements, but its operand has shape \(operand)")
    }
    return shape
  }

  public var constants: [[Float]] { [weights, bias] }

  public func evaluate(_ operands: [Tensor<Float>], _ semantics: FloatSemantics) -> [Float] {
    switch semantics {
    case .contractOff: evaluate(operands[0].elements, SeparateSum.self)
    case .fma: evaluate(operands[0].elements, FusedSum.self)
    case .binary64Sums: evaluate(operands[0].elements, WideSum.self)
    }
  }

  private func evaluate<Sum: ProductSum>(_ operand: [Float], _: Sum.Type) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows * outputCount)
    weights.withUnsafeBufferPointer { weights in
      operand.withUnsafeBufferPointer { operand in
        for row in 0..<rows {
          var sums = bias.map { Sum($0) }
          sums.withUnsafeMutableBufferPointer { sums in
            for k in 0..<inputCount {
              let x = operand[row * inputCount + k]
              let start = k * outputCount
              for j in 0..<outputCount { sums[j].add(weights[start + j], x) }
            }
          }
          result += sums.map(\.rounded)
        }
      }
    }
    return result
  }

  public func evaluateExactly(_ operands: [Tensor<Rational>]) -> [Rational] {
    let operand = operands[0].elements
    var result: [Rational] = []
    for row in 0..<rows {
      var sums = bias.map { Rational($0) }
      let values = Array(operand[row * inputCount..<(row + 1) * inputCount])
      if let products = Rational.products(weights, with: values, count: outputCount) {
        result += zip(sums, products).map { $0 + $1 }
        continue
      }
      for k in 0..<inputCount {
        let x = operand[row * inputCount + k]
        if x.signum == 0 { continue }
        for j in 0..<outputCount { sums[j] = sums[j] + Rational(weight(input: k, output: j)) * x }
      }
      result += sums
    }
    return result
  }
}
