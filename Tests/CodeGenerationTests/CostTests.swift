import CodeGeneration
import Diagnostics
import LoopIR
import NetworkIR
import TestSupport
import Testing

// Operations counted by hand.

/// Ten places of 16 channels: tiles span 2, 4 or 5 places, as the machine has it, and so compute 10, 12 or 10 of them;
/// 5 places of 32 channels in tiles of 1, 2 or 3 are 5 or 6. No machine exceeds the largest.
///
/// With sums in binary64 tiles span 16 channels and 1, 2 or 5 places, so they compute 10 places of 10, and 5 or 6 of 5.
/// Then there are no operations on binary32 numbers, and of those on binary64 numbers two for a step of a sum and one
/// for the weight that it reads, besides those for operands, biases and results.
@Test(arguments: [(channels: 16, places: 10, computed: 12), (channels: 32, places: 5, computed: 6)])
func operationsAreThoseOfTheMachineWithMost(channels: Int, places: Int, computed: Int) throws {
  let convolution = Convolution(
    inputChannels: 3, outputChannels: channels, kernel: [2], strides: [1], dilations: [1], padsBefore: [0],
    padsAfter: [0], groups: 1, weights: [Float](repeating: 0.5, count: channels * 6),
    bias: [Float](repeating: 1, count: channels))
  let shape = try #require(TensorShape([1, places, channels]))
  let network = try Network(
    identity: ModelIdentity(name: "places.onnx", format: "onnx", hash: ContentHash(of: [])),
    inputShape: try #require(TensorShape([1, places + 1, 3])),
    nodes: [
      Node(
        name: "c", operation: .convolution(convolution), operands: [ValueID(index: 0)], shape: shape)
    ], output: ValueID(index: 1))
  let plain = EmittableProgram(PlainNetwork(name: "places", network: network, better: .highest))
  let cost = emit(plain, compilerVersion: "test").cost
  #expect(cost.operations[.multiplication] == computed * channels * 6)
  #expect(cost.operations[.wide] == 0)
  let wide = PlainNetwork(name: "places", network: network.rounding(as: .binary64Sums), better: .highest)
  let wideCost = emit(EmittableProgram(wide), compilerVersion: "test").cost.operations
  #expect(wideCost[.multiplication] == 0 && wideCost[.addition] == 0)
  let steps = (channels == 16 ? 10 : 6) * channels * 6
  #expect(wideCost[.wide] > 3 * steps && wideCost[.wide] < 4 * steps)
}

private let (f, i, x) = (Identifier("f"), Identifier("i"), Identifier("x"))

private func operations(@BlockBuilder _ body: () -> [Statement]) -> OperationCounts {
  let function = Function(.void, f, [Variable(.pointer(.float), x)], comment: "", body)
  return CostReport.operations(of: f, in: LoopProgram([.function(function)]))
}

/// The last test of a loop is the one that fails.
@Test func everyTestOfALoopCounts() {
  let counted = operations { Statement.each(i, to: 3) { .assign(x[i.expression], .float(1)) } }
  #expect(counted[.store] == 3 && counted[.branch] == 4)
  // Four comparisons and three additions.
  #expect(counted[.integer] == 7)
  let halved = operations {
    Statement.loop(
      i, from: 8, while: i.expression > 0, update: i.expression >> 1, atMost: 4,
      [.assign(x[i.expression], .float(1))])
  }
  #expect(halved[.store] == 4 && halved[.branch] == 5 && halved[.integer] == 9)
}

/// An end that is no number is computed before every round.
@Test func endsOfLoopsCountWithEveryTest() {
  let counted = operations {
    Statement.each(i, to: Expression.unsigned(7) - 4) { .assign(x[i.expression], .float(1)) }
  }
  #expect(counted[.store] == 3 && counted[.branch] == 4 && counted[.integer] == 4 * 2 + 3)
}

/// A difference that can wrap has no bound but that of its type, and a loop up to it none that is of use.
@Test func differencesThatCanWrapHaveNoBound() async {
  await #expect(processExitsWith: .failure) {
    _ = operations {
      Statement.each(i, to: 2) {
        .each(Identifier("j"), to: i.expression - 1) { .assign(x[i.expression], .float(1)) }
      }
    }
  }
}
