import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct EvaluationTests {
  /// The order and the rounding of an affine node, written down once more from its comment.
  @Test(arguments: 0..<40) func affineSumsInOrderWithoutFusing(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (rows, inputs, outputs) = (
      Int.random(in: 1...3, using: &generator), Int.random(in: 1...70, using: &generator),
      Int.random(in: 2...40, using: &generator)
    )
    let weights = randomFloats(inputs * outputs, &generator)
    let bias = randomFloats(outputs, &generator)
    let affine = Affine(inputCount: inputs, outputCount: outputs, rows: rows, weights: weights, bias: bias)
    let made = try network(
      shape(rows, inputs), [node("a", .affine(affine), reading: 0, shape: shape(rows, outputs))])
    let input = randomFloats(rows * inputs, &generator)
    var expected: [Float] = []
    for row in 0..<rows {
      for j in 0..<outputs {
        var sum = bias[j]
        for k in 0..<inputs {
          // Through binary64, where the product is exact: what is rounded is the product, then the sum.
          let product = Float(Double(weights[k * outputs + j]) * Double(input[row * inputs + k]))
          sum = Float(Double(sum) + Double(product))
        }
        expected.append(sum)
      }
    }
    #expect(bits(made.evaluate(input)) == bits(expected))
  }

  /// Every step of a sum in binary64 is rounded once, so it is what a fused operation gives; the result is rounded once
  /// more.
  @Test(arguments: 0..<40) func binary64SumsRoundTheEndToBinary32(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (inputs, outputs) = (
      Int.random(in: 1...70, using: &generator), Int.random(in: 2...40, using: &generator)
    )
    let weights = randomFloats(inputs * outputs, &generator)
    let bias = randomFloats(outputs, &generator)
    let affine = Affine(inputCount: inputs, outputCount: outputs, weights: weights, bias: bias)
    let made = try network(
      shape(inputs), [node("a", .affine(affine), reading: 0, shape: shape(outputs))])
    let input = randomFloats(inputs, &generator)
    let expected = (0..<outputs).map { j in
      Float(
        (0..<inputs).reduce(Double(bias[j])) { sum, k in
          sum.addingProduct(Double(weights[k * outputs + j]), Double(input[k]))
        })
    }
    #expect(bits(made.rounding(as: .binary64Sums).evaluate(input)) == bits(expected))
  }

  /// Three terms of 2^-25 next to 1 are lost one by one in binary32, and a sum may exceed binary32 on its way, but not
  /// at its end.
  @Test func binary64SumsKeepWhatBinary32Loses() throws {
    let most = Float.greatestFiniteMagnitude
    for (bias, terms, narrow, wide) in [
      (Float(1), [Float](repeating: 0x1p-25, count: 3), Float(1), Float(1).nextUp),
      (most, [most, -most, 0], .infinity, most), (most, [most, 0, 0], .infinity, .infinity),
      (-most, [-most, 0, 0], -.infinity, -.infinity),
    ] {
      let affine = Affine(inputCount: 3, outputCount: 1, weights: terms, bias: [bias])
      let made = try network(shape(3), [node("a", .affine(affine), reading: 0, shape: shape(1))])
      #expect(made.evaluate([1, 1, 1]) == [narrow])
      #expect(made.rounding(as: .binary64Sums).evaluate([1, 1, 1]) == [wide])
    }
  }

  @Test func reluKeepsNegativeZeroAndNaN() throws {
    let made = try network(shape(6), [node("r", .relu, reading: 0, shape: shape(6))])
    let scores = made.evaluate([-0.0, 0, -1, .leastNonzeroMagnitude, -.infinity, .nan])
    #expect(bits(Array(scores.prefix(5))) == bits([-0.0, 0, 0, .leastNonzeroMagnitude, 0]))
    #expect(scores[5].isNaN)
  }

  @Test func elementwiseOperations() throws {
    let results: [(ElementwiseOperator, [Float])] = [
      (.add, [8, -3]), (.subtract, [4, -5]), (.multiply, [12, -4]), (.divide, [3, -4]),
    ]
    for (elementwise, expected) in results {
      let constant = ElementwiseWithConstant(elementwise, constant: .vector([2, 1]), on: .right)
      let right = try network(
        shape(2), [node("c", .elementwiseWithConstant(constant), reading: 0, shape: shape(2))])
      #expect(right.evaluate([6, -4]) == expected)
      #expect(try right.evaluateExactly([Rational(6), Rational(-4)]) == expected.map { Rational($0) })

      let left = ElementwiseWithConstant(elementwise, constant: .vector([6, -4]), on: .left)
      let swapped = try network(
        shape(2), [node("c", .elementwiseWithConstant(left), reading: 0, shape: shape(2))])
      #expect(swapped.evaluate([2, 1]) == expected)
    }
    let square = try network(shape(2), [node("s", .elementwise(.multiply), reading: 0, 0, shape: shape(2))])
    #expect(square.evaluate([3, -2]) == [9, 4])
  }

  @Test func exactDivisionByZeroIsAnError() throws {
    let constant = ElementwiseWithConstant(.divide, constant: .vector([1, 1]), on: .left)
    let made = try network(
      shape(2), [node("inverse", .elementwiseWithConstant(constant), reading: 0, shape: shape(2))])
    #expect(throws: ExactEvaluationError.divisionByZero(node: "inverse", element: 1)) {
      try made.evaluateExactly([.one, .zero])
    }
    #expect(made.evaluate([1, 0]) == [1, .infinity])
  }

  /// On small integers nothing is rounded, so both evaluations agree to the bit.
  @Test(arguments: 0..<20) func evaluationsAgreeWhereNothingIsRounded(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    func integers(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(Int.random(in: -9...9, using: &generator)) }
    }
    let first = Affine(inputCount: 4, outputCount: 6, weights: integers(24), bias: integers(6))
    let second = Affine(inputCount: 3, outputCount: 2, rows: 2, weights: integers(6), bias: integers(2))
    let made = try network(
      shape(1, 4),
      [
        node("first", .affine(first), reading: 0, shape: shape(1, 6)),
        node("relu", .relu, reading: 1, shape: shape(1, 6)),
        node("rows", .reshape(Reshape(to: shape(2, 3))), reading: 2, shape: shape(2, 3)),
        node("second", .affine(second), reading: 3, shape: shape(2, 2)),
        node("twice", .elementwise(.add), reading: 4, 4, shape: shape(2, 2)),
      ])
    let input = integers(4)
    let exact = try made.evaluateExactly(input.map { Rational($0) })
    #expect(made.evaluate(input).map { Rational($0) } == exact)
  }
}
