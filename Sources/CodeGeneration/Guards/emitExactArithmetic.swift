/// The integer arithmetic that linear guards share; nothing if there are none.
func emitExactArithmetic(_ context: EmissionContext) -> [CDeclaration] {
  if context.guards.linear.isEmpty { return [] }
  return [.function(emitAccumulate(context)), .function(emitCompareSums(context))]
}

/// Adds `coefficient * |value| * 2^149` to one of two sums.
///
/// A binary32 number with exponent field e and stored mantissa m is m * 2^-149 for e = 0, else (2^23 + m) *
/// 2^(e - 1) * 2^-149. Shifted left by (e - 1) mod 32 bits the mantissa fits two words. A product of two
/// words plus two words is at most 2^64 - 1, so no step overflows.
private func emitAccumulate(_ context: EmissionContext) -> CFunction {
  CFunction(
    .void, context.names[.accumulate],
    [
      CVariable(.pointer(.uint32), Names.left), CVariable(.pointer(.uint32), Names.right),
      CVariable(.uint32, Names.words), indices(Names.weights), CVariable(.uint32, Names.count),
      CVariable(.float, Names.value),
    ],
    comment: "Adds weights * |value| * 2^149 to left if value is positive, to right if it is negative."
  ) {
    CStatement.declare(.uint32, Names.bits)
    CStatement.discard(
      Names.memcpy(
        .unary(.addressOf, Names.bits.expression), .unary(.addressOf, Names.value.expression),
        .sizeof(Names.bits.expression)))
    CStatement.constant(.uint32, Names.exponent, (Names.bits.expression >> 23) & 255)
    CStatement.constant(
      .uint32, Names.hidden, .conditional(Names.exponent.expression == 0, then: 0, else: .bits(0x80_0000)))
    CStatement.constant(
      .uint64, Names.mantissa,
      .cast(.uint64, (Names.bits.expression & .bits(0x7F_FFFF)) | Names.hidden.expression))
    CStatement.constant(
      .uint32, Names.shift,
      .conditional(Names.exponent.expression == 0, then: 0, else: Names.exponent.expression - 1))
    CStatement.constant(.uint64, Names.product, Names.mantissa.expression << (Names.shift.expression & 31))
    CStatement.declare(
      CVariable(.pointer(.uint32), Names.sums),
      .expression(
        .conditional(
          Names.bits.expression >> 31 == 0, then: Names.left.expression, else: Names.right.expression)))
    CStatement.each(Names.k, to: 2) {
      CStatement.constant(
        .uint64, Names.x, (Names.product.expression >> (.unsigned(32) * Names.k.expression)) & .bits(.max))
      CStatement.variable(.uint64, Names.carry, 0)
      CStatement.variable(.uint32, Names.place, (Names.shift.expression >> 5) + Names.k.expression)
      emitAccumulateLoop()
    }
  }
}

@CBlock
private func emitAccumulateLoop() -> [CStatement] {
  CStatement.loop(
    Names.j, from: 0, while: Names.place.expression < Names.words.expression, update: Names.j.expression + 1,
    accumulateStep())
}

@CBlock
private func accumulateStep() -> [CStatement] {
  CStatement.update(
    Names.carry.expression, .add, .cast(.uint64, Names.sums[Names.place.expression]))
  CStatement.when(Names.j.expression < Names.count.expression) {
    .update(
      Names.carry.expression, .add,
      Names.x.expression * .cast(.uint64, Names.weights[Names.j.expression]))
  }
  CStatement.assign(Names.sums[Names.place.expression], .cast(.uint32, Names.carry.expression & .bits(.max)))
  CStatement.assign(Names.carry.expression, Names.carry.expression >> 32)
  CStatement.update(Names.place.expression, .add, 1)
}

/// The sign of left - right as unsigned numbers, least significant word first.
private func emitCompareSums(_ context: EmissionContext) -> CFunction {
  let index = Names.words.expression - 1 - Names.i.expression
  return CFunction(
    .int, context.names[.compareSums],
    [indices(Names.left), indices(Names.right), CVariable(.uint32, Names.words)],
    comment: "1 if left is greater than right, -1 if it is less, 0 if they are equal."
  ) {
    CStatement.each(Names.i, to: Names.words.expression) {
      CStatement.constant(.uint32, Names.k, index)
      CStatement.when(Names.left[Names.k.expression] != Names.right[Names.k.expression]) {
        .give(
          .conditional(
            Names.left[Names.k.expression] > Names.right[Names.k.expression], then: .signed(1),
            else: .signed(-1)))
      }
    }
    CStatement.give(.signed(0))
  }
}
