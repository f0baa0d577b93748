import LoopIR

/// The integer arithmetic that linear guards share; nothing if there are none.
func emitExactArithmetic(_ context: EmissionContext) -> [Declaration] {
  if context.guards.linear.isEmpty { return [] }
  return [emitAddProduct(context), emitAccumulate(context), emitIsGreater(context)].map { .function($0) }
}

private let words = MemoryRange.span(Names.sums.term, count: Names.words.term)
private let weights = MemoryRange.span(Names.weights.term, count: Names.count.term)

/// A product of two words plus two words is at most 2^64 - 1, so no step overflows.
private func emitAddProduct(_ context: EmissionContext) -> Function {
  let carry = Names.carry.expression
  let sum = Names.sums[Names.i.expression]
  return Function(
    .void, context.names[.addProduct],
    [
      Variable(.pointer(.uint32), Names.sums), Variable(.uint32, Names.words), Variable(.uint32, Names.place),
      indices(Names.weights), Variable(.uint32, Names.count), Variable(.uint64, Names.x),
    ], comment: "Adds weights * x * 2^(32 * place) to sums; x is below 2^32.",
    contract: Contract(
      requires: [.writable(words), .readable(weights), .separated([words, weights])], assigns: [words])
  ) {
    Statement.variable(.uint64, Names.carry, 0)
    Statement.annotation(
      .loop(
        LoopContract(
          invariants: [.range(0, Names.i.term, through: Names.words.term)],
          assigns: [.one(Names.i.term), .one(Names.carry.term), words],
          variant: Names.words.term - Names.i.term)))
    Statement.each(Names.i, to: Names.words.expression) {
      .when(Names.place.expression <= Names.i.expression) {
        Statement.constant(.uint32, Names.j, Names.i.expression - Names.place.expression)
        Statement.update(carry, .add, sum)
        Statement.when(Names.j.expression < Names.count.expression) {
          Statement.constant(.uint64, Names.weight, Names.weights[Names.j.expression])
          Statement.update(carry, .add, Names.x.expression * Names.weight.expression)
        }
        Statement.assign(sum, .cast(.uint32, carry & .bits(.max)))
        Statement.assign(carry, carry >> 32)
      }
    }
  }
}

/// A binary32 number with exponent field e and stored mantissa m is m * 2^-149 for e = 0, else (2^23 + m) *
/// 2^(e - 1) * 2^-149. Shifted left by (e - 1) mod 32 bits the mantissa fits two words.
private func emitAccumulate(_ context: EmissionContext) -> Function {
  let bits = Names.bits.expression
  let exponent = Names.exponent.expression
  let (left, right) = (
    MemoryRange.span(Names.left.term, count: Names.words.term),
    MemoryRange.span(Names.right.term, count: Names.words.term)
  )
  return Function(
    .void, context.names[.accumulate],
    [
      Variable(.pointer(.uint32), Names.left), Variable(.pointer(.uint32), Names.right),
      Variable(.uint32, Names.words), indices(Names.weights), Variable(.uint32, Names.count),
      Variable(.float, Names.value),
    ],
    comment: "Adds weights * |value| * 2^149 to left if value is positive, to right if it is negative.",
    contract: Contract(
      requires: [
        .writable(left), .writable(right), .readable(weights), .separated([left, weights]),
        .separated([right, weights]),
      ], assigns: [left, right])
  ) {
    Statement.constant(.uint32, Names.bits, .bitPattern(Names.value.expression))
    Statement.constant(.uint32, Names.exponent, (bits >> 23) & 255)
    Statement.constant(.uint32, Names.hidden, .conditional(exponent == 0, then: 0, else: .bits(0x80_0000)))
    Statement.constant(.uint32, Names.magnitude, (bits & .bits(0x7F_FFFF)) | Names.hidden.expression)
    Statement.constant(.uint64, Names.mantissa, Names.magnitude.expression)
    Statement.constant(.uint32, Names.shift, .conditional(exponent == 0, then: 0, else: exponent - 1))
    Statement.constant(.uint32, Names.offset, Names.shift.expression & 31)
    Statement.constant(.uint32, Names.place, Names.shift.expression >> 5)
    Statement.constant(.uint64, Names.product, Names.mantissa.expression << Names.offset.expression)
    Statement.when(bits >> 31 == 0) {
      addWords(context, to: Names.left)
    } otherwise: {
      addWords(context, to: Names.right)
    }
  }
}

/// The product's lower and upper word.
@BlockBuilder
private func addWords(_ context: EmissionContext, to sums: Identifier) -> [Statement] {
  let product = Names.product.expression
  for (place, word) in [
    (Names.place.expression, product & .bits(.max)), (Names.place.expression + 1, product >> 32),
  ] {
    Statement.call(
      context.names[.addProduct](
        sums.expression, Names.words.expression, place, Names.weights.expression, Names.count.expression, word
      ))
  }
}

/// As unsigned numbers, least significant word first.
private func emitIsGreater(_ context: EmissionContext) -> Function {
  let (left, right) = (Names.left[Names.k.expression], Names.right[Names.k.expression])
  return Function(
    .bool, context.names[.isGreater],
    [indices(Names.left), indices(Names.right), Variable(.uint32, Names.words)],
    comment: "Whether left is greater than right.",
    contract: Contract(
      requires: [
        .readable(.span(Names.left.term, count: Names.words.term)),
        .readable(.span(Names.right.term, count: Names.words.term)),
      ])
  ) {
    Statement.annotation(
      .loop(
        LoopContract(
          invariants: [.range(0, Names.i.term, through: Names.words.term)], assigns: [.one(Names.i.term)],
          variant: Names.words.term - Names.i.term)))
    Statement.each(Names.i, to: Names.words.expression) {
      Statement.constant(.uint32, Names.k, Names.words.expression - 1 - Names.i.expression)
      Statement.when(left != right) { .give(left > right) }
    }
    Statement.give(false)
  }
}
