import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct ConvolutionTests {
  /// The sum of every place, written down once more from the operator's comment on a padded copy of the operand.
  @Test(arguments: 0..<80) func sumsInOrderOverThePaddedOperand(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (convolution, dimensions) = randomConvolution(&generator)
    let operand = Tensor(
      try #require(TensorShape(dimensions)), randomFloats(dimensions.reduce(1, *), &generator))
    let result = try convolution.resultShape(of: [operand.shape])
    let window = convolution.window
    let rank = window.kernel.count
    // One spatial dimension is a plane of height 1.
    func plane(_ numbers: [Int], _ missing: Int) -> [Int] { rank == 2 ? numbers : [missing] + numbers }
    let (kernel, strides, dilations) = (
      plane(window.kernel, 1), plane(window.strides, 1), plane(window.dilations, 1)
    )
    let (before, after) = (plane(window.padsBefore, 0), plane(window.padsAfter, 0))
    let sizes = plane(Array(dimensions[1...rank]), 1)
    let outputs = plane(Array(result.dimensions[1...rank]), 1)
    let channels = convolution.inputChannels
    let width = before[1] + sizes[1] + after[1]
    var padded = [Float](repeating: 0, count: (before[0] + sizes[0] + after[0]) * width * channels)
    for y in 0..<sizes[0] {
      for x in 0..<sizes[1] {
        for c in 0..<channels {
          let place = (y + before[0]) * width + x + before[1]
          padded[place * channels + c] = operand.elements[(y * sizes[1] + x) * channels + c]
        }
      }
    }
    var expected: [Float] = []
    let groupInputs = channels / convolution.groups
    let groupOutputs = convolution.outputChannels / convolution.groups
    for y in 0..<outputs[0] {
      for x in 0..<outputs[1] {
        for co in 0..<convolution.outputChannels {
          var sum = convolution.bias[co]
          for ky in 0..<kernel[0] {
            for kx in 0..<kernel[1] {
              for ci in 0..<groupInputs {
                let row = y * strides[0] + ky * dilations[0]
                let column = x * strides[1] + kx * dilations[1]
                let channel = co / groupOutputs * groupInputs + ci
                let value = padded[(row * width + column) * channels + channel]
                let tap = (ky * kernel[1] + kx) * groupInputs + ci
                let weight = convolution.weights[tap * convolution.outputChannels + co]
                sum = Float(Double(sum) + Double(Float(Double(weight) * Double(value))))
              }
            }
          }
          expected.append(sum)
        }
      }
    }
    #expect(bits(convolution.evaluate([operand], .contractOff)) == bits(expected))
  }

  @Test func exactSumsAreTheRationalOnes() throws {
    let convolution = Convolution(
      inputChannels: 1, outputChannels: 1, kernel: [2, 2], strides: [1, 1], dilations: [1, 1],
      padsBefore: [1, 0], padsAfter: [0, 0], groups: 1, weights: [1, 2, 3, 4], bias: [0.5])
    let operand = Tensor(try shape(1, 1, 3, 1), [Rational(1), Rational(10), Rational(100)])
    #expect(
      convolution.evaluateExactly([operand]) == [Rational(43) + Rational(1, over: 2), Rational(861, over: 2)])
  }

  @Test func operandsThatDoNotFitAreRefused() throws {
    let convolution = Convolution(
      inputChannels: 2, outputChannels: 3, kernel: [3, 3], strides: [1, 1], dilations: [2, 1],
      padsBefore: [0, 0],
      padsAfter: [0, 0], groups: 1, weights: [Float](repeating: 1, count: 54), bias: [0, 0, 0])
    #expect(try convolution.resultShape(of: [shape(1, 5, 3, 2)]) == shape(1, 1, 1, 3))
    for refused in [[1, 4, 3, 2], [1, 5, 2, 2], [2, 5, 3, 2], [1, 5, 3, 3], [5, 3, 2], [1, 1, 5, 3, 2]] {
      let operand = try #require(TensorShape(refused))
      #expect(throws: ShapeViolation.self) { try convolution.resultShape(of: [operand]) }
    }
  }
}
