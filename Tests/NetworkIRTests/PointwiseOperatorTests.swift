import ExactArithmetic
import Foundation
import NetworkIR
import TestSupport
import Testing

private func values(_ operation: NetworkIR.Operation, of inputs: [Float]) throws -> [Float] {
  let shape = TensorShape.vector(inputs.count)
  return try network(shape, [node("o", operation, reading: 0, shape: shape)]).evaluate(inputs)
}

private func expect(
  _ operation: NetworkIR.Operation, of inputs: [Float], is expected: [Float],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(
    bits(try values(operation, of: inputs)) == bits(expected), "\(operation) of \(inputs)",
    sourceLocation: sourceLocation)
}

/// Zeros, infinities and where results end.
@Test func specialNumbers() throws {
  let infinity = Float.infinity
  let ends = [-infinity, -0.0, 0, infinity]
  try expect(.sigmoid, of: ends, is: [0, 0.5, 0.5, 1])
  try expect(.tanh, of: ends, is: [-1, -0.0, 0, 1])
  try expect(.erf, of: ends, is: [-1, -0.0, 0, 1])
  try expect(.exponential, of: ends, is: [0, 1, 1, infinity])
  try expect(.logarithm, of: ends + [1, -1].dropLast(), is: [.nan, -infinity, -infinity, infinity, 0])
  try expect(.squareRoot, of: [-0.0, 0, infinity, 4, 2], is: [-0.0, 0, infinity, 2, Float(2).squareRoot()])
  try expect(.elu(Elu(alpha: 2)), of: ends, is: [-2, -0.0, 0, infinity])
  try expect(.selu(Selu(alpha: 2, gamma: 3)), of: ends, is: [-6, -0.0, 0, infinity])
  try expect(.celu(Celu(alpha: 2)), of: ends, is: [-2, -0.0, 0, infinity])
  for approximation in [Gelu.Approximation.none, .tanh] {
    try expect(.gelu(Gelu(approximation: approximation)), of: ends, is: [-0.0, -0.0, 0, infinity])
  }
  try expect(.hardSwish, of: ends + [-3, 3], is: [-0.0, -0.0, 0, infinity, -0.0, 3])
  try expect(.hardSigmoid(HardSigmoid(alpha: 0.5, beta: 0.25)), of: ends, is: [0, 0.25, 0.25, 1])
  try expect(.absoluteValue, of: ends, is: [infinity, 0, 0, infinity])
  try expect(.negation, of: ends, is: [infinity, 0, -0.0, -infinity])
  try expect(.leakyRelu(LeakyRelu(slope: 0.5)), of: ends + [-3], is: [-infinity, -0.0, 0, infinity, -1.5])
  try expect(
    .pRelu(PRelu(slope: .vector([0.5]))), of: ends + [-3], is: [-infinity, -0.0, 0, infinity, -1.5])
  #expect(try values(.softplus, of: ends) == [0, Float(log(2.0)), Float(log(2.0)), infinity])
}

@Test func clipLikeONNX() throws {
  let inputs: [Float] = [-.infinity, -2, -0.0, 0, 2, .infinity]
  try expect(.clip(Clip(lower: -1, upper: 1)), of: inputs, is: [-1, -1, -0.0, 0, 1, 1])
  try expect(.clip(Clip(lower: 0, upper: nil)), of: inputs, is: [0, 0, -0.0, 0, 2, .infinity])
  try expect(.clip(Clip(lower: nil, upper: 0)), of: inputs, is: [-.infinity, -2, -0.0, 0, 0, 0])
  try expect(.clip(Clip(lower: 3, upper: 1)), of: inputs, is: [1, 1, 1, 1, 1, 1])
}

@Test func notANumberPassesThrough() throws {
  let operations: [NetworkIR.Operation] = [
    .absoluteValue, .celu(Celu(alpha: 1)), .clip(Clip(lower: 0, upper: 1)), .elu(Elu(alpha: 1)), .erf,
    .exponential, .gelu(Gelu(approximation: .none)), .gelu(Gelu(approximation: .tanh)),
    .hardSigmoid(HardSigmoid(alpha: 1, beta: 0)), .hardSwish, .leakyRelu(LeakyRelu(slope: 1)), .logarithm,
    .negation, .pRelu(PRelu(slope: .vector([1]))), .power(try #require(Power(exponent: -2.5))),
    .selu(Selu(alpha: 1, gamma: 1)), .sigmoid, .softplus, .squareRoot, .tanh,
    .elementwiseWithConstant(.init(.minimum, constant: .vector([1]), on: .left)),
    .elementwiseWithConstant(.init(.maximum, constant: .vector([1]), on: .right)),
  ]
  for operation in operations {
    let results = try values(operation, of: [.nan, -.nan, .signalingNaN])
    #expect(results.filter(\.isNaN).count == 3, "\(operation)")
  }
}

@Test func powersAreProducts() throws {
  func power(_ exponent: Float) throws -> NetworkIR.Operation {
    .power(try #require(Power(exponent: exponent)))
  }
  let x: Float = 1.1
  let (square, root) = (x * x, x.squareRoot())
  try expect(power(1), of: [x, -0.0], is: [x, -0.0])
  try expect(power(2), of: [x, -x], is: [square, square])
  try expect(power(3), of: [x, -x], is: [square * x, -(square * x)])
  try expect(power(6), of: [x, 2], is: [(square * x) * (square * x), 64])
  try expect(power(0.5), of: [x, -0.0], is: [root, -0.0])
  try expect(power(2.5), of: [x, 4], is: [square * root, 32])
  try expect(power(-1), of: [x, -0.0], is: [1 / x, -.infinity])
  try expect(power(-1.5), of: [x, 4], is: [1 / (x * root), 0.125])
  #expect(try power(3).implementation.text("%1") == "power %1, 3.0")
  for refused in [0, 0.3, 65, -64.5, .infinity, .nan] as [Float] { #expect(Power(exponent: refused) == nil) }
}

@Test func smallerAndLarger() throws {
  let constant = Tensor<Float>.vector([1, -0.0, 0, .nan])
  #expect(throws: (any Error).self) {
    try values(.elementwiseWithConstant(.init(.minimum, constant: constant, on: .right)), of: [0, 0, 0, 0])
  }
  let finite = Tensor<Float>.vector([1, -0.0, 0, -3])
  try expect(
    .elementwiseWithConstant(.init(.minimum, constant: finite, on: .right)), of: [2, 0, -0.0, 5],
    is: [1, 0, -0.0, -3])
  try expect(
    .elementwiseWithConstant(.init(.maximum, constant: finite, on: .left)), of: [2, 0, -0.0, 5],
    is: [2, -0.0, 0, 5])
}

@Test func rationalOperatorsEvaluateExactly() throws {
  let inputs = [Rational(-7, over: 3), .zero, Rational(1, over: 3), Rational(9)]
  func exact(_ operation: NetworkIR.Operation) throws -> [Rational] {
    let shape = TensorShape.vector(4)
    return try network(shape, [node("o", operation, reading: 0, shape: shape)]).evaluateExactly(inputs)
  }
  let third = Rational(1, over: 3)
  #expect(try exact(.absoluteValue) == [Rational(7, over: 3), .zero, third, Rational(9)])
  #expect(try exact(.negation) == [Rational(7, over: 3), .zero, -third, Rational(-9)])
  #expect(try exact(.clip(Clip(lower: 0, upper: 1))) == [.zero, .zero, third, .one])
  #expect(try exact(.leakyRelu(LeakyRelu(slope: 0.5))) == [Rational(-7, over: 6), .zero, third, Rational(9)])
  #expect(
    try exact(.hardSwish) == [
      Rational(-7, over: 27), .zero, Rational(5, over: 27), Rational(9),
    ])
  #expect(
    try exact(.power(try #require(Power(exponent: 2)))) == [
      Rational(49, over: 9), .zero, Rational(1, over: 9), Rational(81),
    ])
  #expect(throws: ExactEvaluationError.divisionByZero(node: "o", element: 1)) {
    try exact(.power(try #require(Power(exponent: -2))))
  }
  for operation in [NetworkIR.Operation.sigmoid, .power(try #require(Power(exponent: 0.5)))] {
    #expect(throws: (any Error).self) { try exact(operation) }
  }
}

@Test func slopesDoNotEnlarge() throws {
  let slopes = Tensor(try shape(2, 1, 3), [Float](repeating: 0.5, count: 6))
  let operand = try shape(4, 3)
  #expect(throws: (any Error).self) {
    try network(operand, [node("o", .pRelu(PRelu(slope: slopes)), reading: 0, shape: operand)])
  }
}
