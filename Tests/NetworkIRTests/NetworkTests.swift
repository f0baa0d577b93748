import Diagnostics
import NetworkIR
import Testing

/// The invariants listed at `Network`, each broken once.
@Suite struct NetworkTests {
  private func codes(_ make: () throws -> Network) throws -> [DiagnosticCode] {
    do {
      _ = try make()
      return []
    } catch let error as DiagnosticSet {
      return error.diagnostics.map(\.code)
    }
  }

  private let identityMap = Affine(inputCount: 2, outputCount: 2, weights: [1, 0, 0, 1], bias: [0, 0])

  @Test func shapesAreChecked() throws {
    let two = try shape(2)
    let three = try shape(3)
    #expect(try codes { try network(two, [node("r", .relu, reading: 0, shape: three)]) } == [.shapeMismatch])
    #expect(
      try codes { try network(three, [node("a", .affine(identityMap), reading: 0, shape: two)]) } == [
        .shapeMismatch
      ])
    #expect(
      try codes { try network(two, [node("a", .affine(identityMap), reading: 0, shape: three)]) } == [
        .shapeMismatch
      ])
    #expect(
      try codes { try network(two, [node("v", .reshape(Reshape(to: three)), reading: 0, shape: three)]) } == [
        .shapeMismatch
      ])
    let constant = ElementwiseWithConstant(.add, constant: .vector([1, 2, 3]), on: .right)
    #expect(
      try codes { try network(two, [node("c", .elementwiseWithConstant(constant), reading: 0, shape: two)]) }
        == [.shapeMismatch])
    let widening = Affine(inputCount: 2, outputCount: 3, weights: [0, 0, 0, 0, 0, 0], bias: [0, 0, 0])
    let nodes = [
      node("a", .affine(widening), reading: 0, shape: three),
      node("e", .elementwise(.add), reading: 0, 1, shape: two),
    ]
    #expect(try codes { try network(two, nodes) } == [.shapeMismatch])
  }

  @Test func operandsAreChecked() throws {
    let two = try shape(2)
    #expect(try codes { try network(two, [node("r", .relu, reading: 1, shape: two)]) } == [.cyclicGraph])
    #expect(try codes { try network(two, [node("r", .relu, reading: 7, shape: two)]) } == [.cyclicGraph])
    #expect(
      try codes { try network(two, [node("r", .relu, reading: 0, 0, shape: two)]) } == [.modelMalformed])
    #expect(
      try codes { try network(two, [node("e", .elementwise(.add), reading: 0, shape: two)]) } == [
        .modelMalformed
      ])
    #expect(try codes { try network(two, [], output: 1) } == [.undefinedValue])
  }

  @Test func numbersAreChecked() throws {
    let two = try shape(2)
    let affine = Affine(inputCount: 2, outputCount: 2, weights: [1, 0, .infinity, 1], bias: [0, 0])
    let bias = Affine(inputCount: 2, outputCount: 2, weights: [1, 0, 0, 1], bias: [0, .nan])
    let zero = ElementwiseWithConstant(.divide, constant: .vector([1, -0.0]), on: .right)
    // All violations at once.
    #expect(
      try codes {
        try network(
          two,
          [
            node("a", .affine(affine), reading: 0, shape: two),
            node("b", .affine(bias), reading: 1, shape: two),
            node("z", .elementwiseWithConstant(zero), reading: 2, shape: two),
          ])
      } == [.nonFiniteWeight, .nonFiniteWeight, .nonFiniteWeight])
  }

  @Test func sizesAreChecked() throws {
    let one = try shape(1)
    #expect(try codes { try network(one, []) } == [])
    let large = try shape(Network.maximumElementCount)
    #expect(try codes { try network(large, []) } == [])
    #expect(
      try codes { try network(large, [node("r", .relu, reading: 0, shape: large)]) } == [.modelTooLarge])
    #expect(TensorShape([0]) == nil && TensorShape([-1]) == nil && TensorShape([1 << 40, 1 << 40]) == nil)
    #expect(TensorShape([])?.elementCount == 1)
  }
}
