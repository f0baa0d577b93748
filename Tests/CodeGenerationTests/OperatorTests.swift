import NetworkIR
import TestSupport
import Testing

// Every element-wise operator on all kinds of bit patterns: reference evaluation, loop interpreter and
// emitted C.

private let width = 64

/// All builds at full size; else both compilers without optimisation or with all of it.
private let builds =
  sampleCount(0, full: 1) == 1 ? CBuild.all : [0, 6, 7, 15].map { CBuild.all[$0] }

/// Operators of one operand of 64 elements; those of two get the operand and its negation.
private func operatorPrograms() throws -> [OperatorProgram] {
  let shape = TensorShape.vector(width)
  var generator = SplitMix64(seed: 7)
  let slopes = (0..<width).map { _ in Float.random(in: -2...2, using: &generator) }
  let constants = Tensor.vector(patterns(width, seed: 8).map { $0.isFinite ? $0 : 1 })
  func clip(_ lower: Float?, _ upper: Float?) -> Operation { .clip(Clip(lower: lower, upper: upper)) }
  func power(_ exponent: Float) throws -> Operation { .power(try #require(Power(exponent: exponent))) }
  let unary: [(String, Operation)] = [
    ("absolute", .absoluteValue), ("celu", .celu(Celu(alpha: 1.5))), ("clipBoth", clip(-1, 6)),
    ("clipLower", clip(0, nil)), ("clipUpper", clip(nil, 0)), ("clipCrossed", clip(2, -2)),
    ("clipNone", clip(nil, nil)), ("elu", .elu(Elu(alpha: 1.25))), ("erf", .erf),
    ("exponential", .exponential), ("gelu", .gelu(Gelu(approximation: .none))),
    ("geluTanh", .gelu(Gelu(approximation: .tanh))),
    ("hardSigmoid", .hardSigmoid(HardSigmoid(alpha: 0.2, beta: 0.5))), ("hardSwish", .hardSwish),
    ("leakyRelu", .leakyRelu(LeakyRelu(slope: 0.01))), ("logarithm", .logarithm), ("negation", .negation),
    ("prelu", .pRelu(PRelu(slope: .vector(slopes)))), ("square", try power(2)), ("cube", try power(3)),
    ("thirteenth", try power(13)), ("root", try power(0.5)), ("inverseRoot", try power(-0.5)),
    ("inverse", try power(-1)), ("minusSevenHalves", try power(-3.5)), ("relu", .relu),
    ("selu", .selu(Selu(alpha: 1.67326319, gamma: 1.05070102))), ("sigmoid", .sigmoid),
    ("softplus", .softplus), ("squareRoot", .squareRoot), ("tanh", .tanh),
    ("constantMinimum", .elementwiseWithConstant(.init(.minimum, constant: constants, on: .left))),
    ("constantMaximum", .elementwiseWithConstant(.init(.maximum, constant: constants, on: .right))),
  ]
  let one = try unary.map { name, operation in
    try OperatorProgram(
      name, inputShape: shape,
      [Node(name: name, operation: operation, operands: [.networkInput], shape: shape)])
  }
  let two = try ElementwiseOperator.allCases.map { operation in
    try OperatorProgram(
      "both\(operation)", inputShape: shape,
      [
        Node(name: "sigmoid", operation: .sigmoid, operands: [.networkInput], shape: shape),
        Node(
          name: "both", operation: .elementwise(operation),
          operands: [.result(ofNodeAt: 0), .networkInput], shape: shape),
      ])
  }
  return one + two
}

/// NaN's sign and payload are the machine's.
private func canonical(_ bits: UInt32) -> UInt32 { bits & 0x7FFF_FFFF > 0x7F80_0000 ? 0x7FC0_0000 : bits }

/// Bit patterns: zeros, infinities, NaNs, subnormals, the neighbours of powers of two and where kernels
/// change their formula, then random ones.
private func patterns(_ count: Int, seed: UInt64) -> [Float] {
  let ends: [Float] = [
    0, 1, 2, 3, 6, 0.625, 0.875, 3.95, 9.5, 12, 14.5, 18, 88.72284, 89, 103.97, 104, 108, .infinity, .nan,
    .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0.70710678, 0x1p-24, 0x1p-12,
  ]
  let near = ends.flatMap { [$0, $0.nextUp, $0.nextDown] }
  var generator = SplitMix64(seed: seed)
  let special = (near + near.map { -$0 }).shuffled(using: &generator)
  return (0..<count).map { index in
    if index < special.count { return special[index] }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return Float(bitPattern: .random(in: 0 ... .max, using: &generator))
    case 1: return Float.random(in: -110...110, using: &generator)
    default: return Float.random(in: -4...4, using: &generator)
    }
  }
}

private func blocks(_ values: [Float]) -> [[Float]] {
  stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
}

@Test func loopInterpreterComputesOperators() throws {
  for program in try operatorPrograms() {
    for input in blocks(patterns(20 * width, seed: 1)) {
      let expected = program.network.evaluate(input).map { canonical($0.bitPattern) }
      #expect(try program.interpreted(input).map(canonical) == expected, "\(program.name) of \(input)")
    }
  }
}

@Test func emittedOperatorsHaveTheSameBits() throws {
  let programs = try operatorPrograms()
  let folder = try CFolder(
    programs.flatMap { $0.emitted.files.map { ($0.name, $0.contents) } } + [
      ("main.c", Array(OperatorProgram.main(programs).utf8))
    ])
  let inputs = patterns(sampleCount(100, full: 20_000) * width, seed: 2)
  let expected = programs.map { program in
    blocks(inputs).flatMap { program.network.evaluate($0).map { canonical($0.bitPattern) } }
  }
  for build in builds {
    let executable = try folder.executable("main.c", build)
    for (number, program) in programs.enumerated() {
      let output = try folder.run(
        executable, ["\(number)"], input: bytes(ofWords: inputs.map(\.bitPattern)))
      let made = words(ofBytes: output).map(canonical)
      let difference = zip(made, expected[number]).enumerated().first { $1.0 != $1.1 }
      #expect(made.count == inputs.count)
      #expect(
        difference == nil,
        "\(program.name), \(build): of \(difference.map { "\(inputs[$0.offset])" } ?? "")")
    }
  }
}

/// LSTM and GRU of all kinds, with an operation fused into their store, each in every float semantics.
private func recurrentPrograms() throws -> [OperatorProgram] {
  var generator = SplitMix64(seed: 12)
  func random(_ count: Int) -> [Float] { (0..<count).map { _ in .random(in: -1...1, using: &generator) } }
  func direction(_ inputs: Int, _ hidden: Int, gates: Int, isReversed: Bool) -> RecurrentDirection {
    RecurrentDirection(
      isReversed: isReversed, inputCount: inputs, hiddenCount: hidden, gateCount: gates,
      inputRows: random(gates * hidden * inputs), hiddenRows: random(gates * hidden * hidden),
      bias: random(2 * gates * hidden), initialHidden: isReversed ? random(hidden) : nil,
      initialCell: isReversed ? random(hidden) : nil)
  }
  return try [(3, 2), (5, 9), (7, 20)].enumerated().flatMap { number, counts in
    try [[false], [true], [false, true]].flatMap { reversals in
      try (0..<3).map { kind in
        let directions = reversals.map {
          direction(counts.0, counts.1, gates: kind == 0 ? 4 : 3, isReversed: $0)
        }
        let operation: NetworkIR.Operation =
          kind == 0
          ? .lstm(LSTM(directions: directions))
          : .gru(GRU(directions: directions, linearBeforeReset: kind == 1))
        let shape = try #require(TensorShape([4, reversals.count, 1, counts.1]))
        return try OperatorProgram(
          "recurrent\(number)\(reversals.count)\(reversals[0])\(kind)",
          inputShape: try #require(TensorShape([4, 1, counts.0])),
          [
            Node(name: "recurrent", operation: operation, operands: [.networkInput], shape: shape),
            Node(name: "fused", operation: .negation, operands: [.result(ofNodeAt: 0)], shape: shape),
          ], FloatSemantics.allCases[(number + kind) % 3])
      }
    }
  }
}

@Test func recurrentLayersHaveTheSameBits() throws {
  let programs = try recurrentPrograms()
  var generator = SplitMix64(seed: 13)
  let inputs = programs.map { program in
    (0..<5).map { _ in
      (0..<program.network.inputCount).map { _ in Float.random(in: -3...3, using: &generator) }
    }
  }
  let expected = zip(programs, inputs).map { program, inputs in
    inputs.flatMap { program.network.evaluate($0).map(\.bitPattern) }
  }
  for (number, program) in programs.enumerated() {
    #expect(try inputs[number].flatMap(program.interpreted) == expected[number], "\(program.name)")
  }
  let folder = try CFolder(
    programs.flatMap { $0.emitted.files.map { ($0.name, $0.contents) } } + [
      ("main.c", Array(OperatorProgram.main(programs).utf8))
    ])
  for build in builds {
    let executable = try folder.executable("main.c", build)
    for (number, program) in programs.enumerated() {
      let output = try folder.run(
        executable, ["\(number)"], input: bytes(ofWords: inputs[number].flatMap { $0.map(\.bitPattern) }))
      #expect(words(ofBytes: output) == expected[number], "\(program.name), \(build)")
    }
  }
}
