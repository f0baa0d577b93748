import ExactArithmetic
import NetworkIR
import TestSupport
import Testing

@Suite struct PoolingTests {
  private let line: [Float] = [3, -1, 4, -1, 5]

  private func pool(
    _ kind: Pooling.Kind, kernel: Int, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0,
    _ elements: [Float]
  ) throws -> [Float] {
    let pooling = Pooling(
      kind: kind, kernel: [kernel], strides: [stride], dilations: [dilation], padsBefore: [before],
      padsAfter: [after])
    let operand = Tensor(try shape(1, elements.count, 1), elements)
    let result = pooling.evaluate([operand], .contractOff)
    #expect(try pooling.resultShape(of: [operand.shape]).elementCount == result.count)
    return result
  }

  @Test func maximaOfWindows() throws {
    #expect(try pool(.maximum, kernel: 2, line) == [3, 4, 4, 5])
    #expect(try pool(.maximum, kernel: 2, stride: 2, line) == [3, 4])
    #expect(try pool(.maximum, kernel: 2, stride: 2, after: 1, line) == [3, 4, 5])
    #expect(try pool(.maximum, kernel: 2, dilation: 3, line) == [3, 5])
    #expect(try pool(.maximum, kernel: 2, before: 1, [-1, -2]) == [-1, -1])
    #expect(try pool(.maximum, kernel: 5, line) == [5])
  }

  @Test func nanWinsAMaximum() throws {
    #expect(try pool(.maximum, kernel: 3, [.nan, 1, 2])[0].isNaN)
    #expect(try pool(.maximum, kernel: 3, [1, .nan, 2])[0].isNaN)
    #expect(try pool(.maximum, kernel: 3, [1, 2, .nan])[0].isNaN)
    #expect(try pool(.maximum, kernel: 2, [-.infinity, -.infinity]) == [-.infinity])
  }

  @Test func averagesCountPaddingOrNot() throws {
    #expect(try pool(.average(countsPadding: true), kernel: 2, before: 1, line) == [1.5, 1, 1.5, 1.5, 2])
    #expect(try pool(.average(countsPadding: false), kernel: 2, before: 1, line) == [3, 1, 1.5, 1.5, 2])
    #expect(try pool(.average(countsPadding: false), kernel: 5, line) == [2])
  }

  @Test func exactAverageIsRational() throws {
    let pooling = Pooling(
      kind: .average(countsPadding: false), kernel: [1, 3], strides: [1, 1], dilations: [1, 1],
      padsBefore: [0, 0],
      padsAfter: [0, 0])
    let operand = Tensor(
      try shape(1, 1, 3, 2), [1, 2, 2, 4, 4, 9].map { Rational($0 as Int) })
    #expect(pooling.evaluateExactly([operand]) == [Rational(7, over: 3), Rational(5)])
  }

  @Test func windowsOfPaddingAloneAreRefused() throws {
    let pooling = Pooling(
      kind: .maximum, kernel: [2], strides: [1], dilations: [1], padsBefore: [2], padsAfter: [0])
    #expect(throws: ShapeViolation.self) { try pooling.resultShape(of: [shape(1, 4, 1)]) }
    let large = Pooling(
      kind: .maximum, kernel: [.max], strides: [1], dilations: [.max], padsBefore: [.max], padsAfter: [.max])
    #expect(throws: ShapeViolation.self) { try large.resultShape(of: [shape(1, 4, 1)]) }
  }
}
