import LoopIR

/// The integer arithmetic that linear guards share; nothing if there are none.
func emitExactArithmetic(_ context: EmissionContext) -> [Declaration] {
  if context.guards.linear.isEmpty { return [] }
  return [.function(emitAccumulate(context)), .function(emitCompareSums(context))]
}

/// Adds `coefficient * |value| * 2^149` to one of two sums.
///
/// A binary32 number with exponent field e and stored mantissa m is m * 2^-149 for e = 0, else (2^23 + m) *
/// 2^(e - 1) * 2^-149. Shifted left by (e - 1) mod 32 bits the mantissa fits two words. A product of two
/// words plus two words is at most 2^64 - 1, so no step overflows.
private func emitAccumulate(_ context: EmissionContext) -> Function {
  Function(
    .void, context.names[.accumulate],
    [
      Variable(.pointer(.uint32), Names.left), Variable(.pointer(.uint32), Names.right),
      Variable(.uint32, Names.words), indices(Names.weights), Variable(.uint32, Names.count),
      Variable(.float, Names.value),
    ],
    comment: "Adds weights * |value| * 2^149 to left if value is positive, to right if it is negative."
  ) {
    Statement.constant(.uint32, Names.bits, .bitPattern(Names.value.expression))
    Statement.constant(.uint32, Names.exponent, (Names.bits.expression >> 23) & 255)
    Statement.constant(
      .uint32, Names.hidden, .conditional(Names.exponent.expression == 0, then: 0, else: .bits(0x80_0000)))
    Statement.constant(
      .uint64, Names.mantissa,
      .cast(.uint64, (Names.bits.expression & .bits(0x7F_FFFF)) | Names.hidden.expression))
    Statement.constant(
      .uint32, Names.shift,
      .conditional(Names.exponent.expression == 0, then: 0, else: Names.exponent.expression - 1))
    Statement.constant(.uint64, Names.product, Names.mantissa.expression << (Names.shift.expression & 31))
    Statement.declare(
      Variable(.pointer(.uint32), Names.sums),
      .expression(
        .conditional(
          Names.bits.expression >> 31 == 0, then: Names.left.expression, else: Names.right.expression)))
    Statement.each(Names.k, to: 2) {
      Statement.constant(
        .uint64, Names.x, (Names.product.expression >> (.unsigned(32) * Names.k.expression)) & .bits(.max))
      Statement.variable(.uint64, Names.carry, 0)
      Statement.variable(.uint32, Names.place, (Names.shift.expression >> 5) + Names.k.expression)
      emitAccumulateLoop(context)
    }
  }
}

@BlockBuilder
private func emitAccumulateLoop(_ context: EmissionContext) -> [Statement] {
  Statement.loop(
    Names.j, from: 0, while: Names.place.expression < Names.words.expression, update: Names.j.expression + 1,
    atMost: context.mostWords, accumulateStep())
}

@BlockBuilder
private func accumulateStep() -> [Statement] {
  Statement.update(
    Names.carry.expression, .add, .cast(.uint64, Names.sums[Names.place.expression]))
  Statement.when(Names.j.expression < Names.count.expression) {
    .update(
      Names.carry.expression, .add,
      Names.x.expression * .cast(.uint64, Names.weights[Names.j.expression]))
  }
  Statement.assign(Names.sums[Names.place.expression], .cast(.uint32, Names.carry.expression & .bits(.max)))
  Statement.assign(Names.carry.expression, Names.carry.expression >> 32)
  Statement.update(Names.place.expression, .add, 1)
}

/// The sign of left - right as unsigned numbers, least significant word first.
private func emitCompareSums(_ context: EmissionContext) -> Function {
  let index = Names.words.expression - 1 - Names.i.expression
  return Function(
    .int, context.names[.compareSums],
    [indices(Names.left), indices(Names.right), Variable(.uint32, Names.words)],
    comment: "1 if left is greater than right, -1 if it is less, 0 if they are equal."
  ) {
    Statement.each(Names.i, to: Names.words.expression) {
      Statement.constant(.uint32, Names.k, index)
      Statement.when(Names.left[Names.k.expression] != Names.right[Names.k.expression]) {
        .give(
          .conditional(
            Names.left[Names.k.expression] > Names.right[Names.k.expression], then: .signed(1),
            else: .signed(-1)))
      }
    }
    Statement.give(.signed(0))
  }
}
