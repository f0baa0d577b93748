import Diagnostics
import ExactArithmetic
import NetworkIR
import Testing

@Suite struct FuseBiasTests {
  private func product(bias: [Float] = [0, 0], rows: Int = 1) -> NetworkIR.Operation {
    .affine(Affine(inputCount: 2, outputCount: 2, rows: rows, weights: [1, 2, 3, 4], bias: bias))
  }

  /// With a constant of one row of two numbers, or of two.
  private func adding(
    _ constant: [Float], _ elementwise: ElementwiseOperator = .add
  ) throws -> NetworkIR.Operation {
    let tensor = Tensor(try shape(constant.count / 2, 2), constant)
    return .elementwiseWithConstant(ElementwiseWithConstant(elementwise, constant: tensor, on: .left))
  }

  /// The operations left, and that the function over the rationals is the same.
  private func fused(_ original: Network) throws -> [String] {
    let fused = try original.fusingBias()
    let input = (1...original.inputCount).map { Rational($0, over: 3) }
    #expect(try fused.evaluateExactly(input) == original.evaluateExactly(input))
    return fused.nodes.map(\.name)
  }

  @Test func movesTheConstant() throws {
    let row = try shape(1, 2)
    let chain = try network(
      row,
      [
        node("a", product(), reading: 0, shape: row), node("b", try adding([5, 6]), reading: 1, shape: row),
        node("c", .relu, reading: 2, shape: row), node("d", product(), reading: 3, shape: row),
        node("e", try adding([7, 8]), reading: 4, shape: row),
      ])
    #expect(try fused(chain) == ["a", "c", "d"])
    // The sum starts with the bias: 1e8 + 3 is 1e8 in binary32, so the 3 survives in no other order.
    let large = try network(
      row,
      [
        node("a", product(), reading: 0, shape: row),
        node("b", try adding([-1e8, 0]), reading: 1, shape: row),
      ])
    #expect(large.evaluate([1e8, 1])[0] == 0)
    #expect(try large.fusingBias().evaluate([1e8, 1])[0] == 3)
  }

  @Test func keepsWhatItMayNotMove() throws {
    let row = try shape(1, 2)
    let rows = try shape(2, 2)
    let readTwice = try network(
      row,
      [
        node("a", product(), reading: 0, shape: row), node("b", try adding([5, 6]), reading: 1, shape: row),
        node("c", .elementwise(.subtract), reading: 2, 1, shape: row),
      ])
    #expect(try fused(readTwice) == ["a", "b", "c"])
    let isOutput = try network(
      row,
      [node("a", product(), reading: 0, shape: row), node("b", try adding([5, 6]), reading: 1, shape: row)],
      output: 1)
    #expect(try fused(isOutput) == ["a", "b"])
    let hasBias = try network(
      row,
      [
        node("a", product(bias: [0, 1]), reading: 0, shape: row),
        node("b", try adding([5, 6]), reading: 1, shape: row),
      ])
    #expect(try fused(hasBias) == ["a", "b"])
    let notAnAddition = try network(
      row,
      [
        node("a", product(), reading: 0, shape: row),
        node("b", try adding([5, 6], .multiply), reading: 1, shape: row),
      ])
    #expect(try fused(notAnAddition) == ["a", "b"])
    let unequalRows = try network(
      rows,
      [
        node("a", product(rows: 2), reading: 0, shape: rows),
        node("b", try adding([5, 6, 5, 7]), reading: 1, shape: rows),
      ])
    #expect(try fused(unequalRows) == ["a", "b"])
  }

  @Test func movesAConstantThatIsTheSameForEveryRow() throws {
    let rows = try shape(2, 2)
    let equalRows = try network(
      rows,
      [
        node("a", product(rows: 2), reading: 0, shape: rows),
        node("b", try adding([5, 6, 5, 6]), reading: 1, shape: rows),
      ])
    #expect(try fused(equalRows) == ["a"])
  }
}
