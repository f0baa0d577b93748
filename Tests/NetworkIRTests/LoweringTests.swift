import LoopIR
import NetworkIR
import TestSupport
import Testing

/// The loops of generated networks, run by the interpreter, which also finds elements beyond an array's ends and
/// results that were not written.
@Suite struct LoweringTests {
  @Test(arguments: 0..<UInt64(sampleCount(150, full: 6_000))) func loopsComputeWhatEvaluationDoes(
    seed: UInt64
  ) throws {
    let network = try RandomNetwork.make(seed: seed)
    var generator = SplitMix64(seed: seed)
    for goal in [OptimizationGoal.speed, .size] {
      let lowered = network.lowered(LoweringNames(prefix: "n"), for: goal)
      let interpreter = try LoopInterpreter(LoopProgram(lowered.declarations))
      for _ in 0..<3 {
        let input = randomFloats(network.inputCount, &generator)
        var arguments: [LoopInterpreter.Argument] = [
          .array(input.map { UInt64($0.bitPattern) }),
          .array([UInt64?](repeating: nil, count: network.outputCount)),
        ]
        if lowered.scratchCount > 0 {
          arguments.append(.array([UInt64?](repeating: nil, count: lowered.scratchCount)))
        }
        let output = try interpreter.call(lowered.forward, arguments).arrays[1].map { try #require($0) }
        // NaN has many bit patterns, of which hardware chooses.
        let expected = network.evaluate(input)
        for (bits, expected) in zip(output, expected) {
          let value = Float(bitPattern: UInt32(bits))
          #expect(value.bitPattern == expected.bitPattern || value.isNaN && expected.isNaN, "\(network)")
        }
        #expect(output.count == expected.count)
      }
    }
  }
}
