import LoopIR
import Testing

// Code is the same if its bits are.

private let x = Identifier("x")

private func isSame(_ a: Statement, _ b: Statement) -> Bool { CodeKey([], [a]) == CodeKey([], [b]) }

@Test func zerosOfBothSignsAreDifferent() {
  #expect(isSame(.give(.float(0)), .give(.float(0))))
  #expect(!isSame(.give(.float(0)), .give(.float(-0.0))))
  #expect(!isSame(.give(.double(0)), .give(.double(-0.0))))
  let array = Variable(.float, x, count: 2)
  #expect(isSame(.declare(array, .floats([1, 0])), .declare(array, .floats([1, 0]))))
  #expect(!isSame(.declare(array, .floats([1, 0])), .declare(array, .floats([1, -0.0]))))
}

@Test func operandsAndSignsAreCompared() {
  let (a, b) = (x.expression, Identifier("y").expression)
  #expect(isSame(.give(a * b + 1), .give(a * b + 1)))
  for other in [a * b - 1, b * a + 1, a * b + 2, a * b, a + b * 1] {
    #expect(!isSame(.give(a * b + 1), .give(other)))
  }
  #expect(!isSame(.give(.all([a, b])), .give(.any([a, b]))))
  #expect(!isSame(.give(.call(x, [a])), .give(.call(x, [a, b]))))
  #expect(!isSame(.give(.unsigned(1)), .give(.bits(1))))
  #expect(!isSame(.each(x, to: 2) { .give(a) }, .each(x, to: 2) { .give(b) }))
  #expect(!isSame(.give(.all([.any([a]), b])), .give(.all([.any([a, b])]))))
  #expect(!isSame(.when(a) { .give(a) }, .when(a, { [] }, otherwise: { .give(a) })))
  #expect(CodeKey([Variable(.float, x)], []) != CodeKey([Variable(.double, x)], []))
}
