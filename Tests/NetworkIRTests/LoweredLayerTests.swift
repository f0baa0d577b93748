import LoopIR
import NetworkIR
import TestSupport
import Testing

/// Layers as loops, run by the interpreter, against the evaluation: bit for bit, for both goals and semantics and
/// for every size of vector registers.
@Suite struct LoweredLayerTests {
  @Test(arguments: 0..<60) func convolutions(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (convolution, dimensions) = randomConvolution(&generator)
    try check(.convolution(convolution), on: dimensions, &generator)
  }

  @Test(arguments: 0..<40) func poolings(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (pooling, dimensions) = randomPooling(&generator)
    try check(.pooling(pooling), on: dimensions, &generator)
  }

  @Test(arguments: 0..<30) func affineMaps(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let (rows, inputs, outputs) = (
      Int.random(in: 1...20, using: &generator), Int.random(in: 1...30, using: &generator),
      Int.random(in: 1...110, using: &generator)
    )
    let affine = Affine(
      inputCount: inputs, outputCount: outputs, rows: rows,
      weights: randomFloats(inputs * outputs, &generator),
      bias: randomFloats(outputs, &generator))
    try check(.affine(affine), on: [rows, inputs], &generator)
  }

  /// The layer, a residual of it that is written over its dying operand, and ReLU; so overlapping tiles must store
  /// each element once.
  private func check(
    _ operation: NetworkIR.Operation, on dimensions: [Int], _ generator: inout SplitMix64
  ) throws {
    let input = try #require(TensorShape(dimensions))
    let result = try operation.implementation.resultShape(of: [input])
    var nodes = [node("layer", operation, reading: 0, shape: result)]
    if result == input {
      nodes.append(node("again", operation, reading: 1, shape: result))
      nodes.append(node("residual", .elementwise(.add), reading: 2, 1, shape: result))
    } else {
      nodes.append(node("square", .elementwise(.multiply), reading: 1, 1, shape: result))
    }
    nodes.append(node("relu", .relu, reading: nodes.count, shape: result))
    nodes.append(node("double", .elementwise(.add), reading: nodes.count, nodes.count, shape: result))
    guard result.elementCount >= 2 else { return }
    let made = try network(input, nodes)
    let values = randomFloats(input.elementCount, &generator)
    for semantics in FloatSemantics.allCases {
      let rounded = made.rounding(as: semantics)
      let expected = bits(rounded.evaluate(values))
      for goal in OptimizationGoal.allCases {
        let lowered = rounded.lowered(LoweringNames(prefix: "test_net"), for: goal)
        for width in VectorWidth.allCases {
          let program = LoopProgram(lowered.declarations.map(width.choosing))
          let scratch = [UInt64?](repeating: nil, count: lowered.scratchCount)
          let arguments: [LoopInterpreter.Argument] =
            [
              .array(values.map { UInt64($0.bitPattern) }),
              .array([UInt64?](repeating: nil, count: result.elementCount)),
            ] + (scratch.isEmpty ? [] : [.array(scratch)])
          let output = try LoopInterpreter(program).call(lowered.forward, arguments).arrays[1]
          #expect(output == expected.map { UInt64($0) }, "\(semantics) \(goal) \(width)")
        }
      }
    }
  }
}

/// Which of its numbers a program is compiled with.
private enum VectorWidth: CaseIterable {
  case narrow, wide, widest

  func choosing(_ declaration: Declaration) -> Declaration {
    guard case .constants(let constants) = declaration else { return declaration }
    return .constants(
      constants.map { constant in
        let value =
          switch self {
          case .narrow: constant.value
          case .wide: constant.wide
          case .widest: constant.widest
          }
        return NamedConstant(name: constant.name, value: value, comment: "")
      })
  }
}
