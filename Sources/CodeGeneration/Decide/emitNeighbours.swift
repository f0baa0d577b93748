import SpecificationLanguage

/// The functions from a score to its neighbours among binary32 numbers, by bit patterns. Both zeros
/// count as one value; infinities are their own neighbours outwards. Equal to C's `nextafterf` towards
/// an infinity for every bit pattern that is not NaN, without libm.
func emitNeighbours(_ context: EmissionContext) -> [CDeclaration] {
  let isHighest = context.program.interface.better == .highest
  return [
    .function(
      neighbour(context.names[.moveToWorse], upwards: !isHighest, comment: "The next score that is worse.")),
    .function(
      neighbour(context.names[.moveToBetter], upwards: isHighest, comment: "The next score that is better.")),
  ]
}

private func neighbour(_ name: CName, upwards: Bool, comment: String) -> CFunction {
  let bits = Names.bits.expression
  let infinity: UInt32 = upwards ? 0x7F80_0000 : 0xFF80_0000
  let leastBeyondZero: UInt32 = upwards ? 0x0000_0001 : 0x8000_0001
  let isNegative = bits >> 31 != 0
  let isPositive = bits >> 31 == 0
  return CFunction(.float, name, [CVariable(.float, Names.value)], comment: comment) {
    CStatement.declare(.uint32, Names.bits)
    CStatement.declare(.float, Names.result)
    CStatement.discard(copy(to: Names.bits, from: Names.value))
    CStatement.when(bits != .bits(infinity)) {
      .when((bits & .bits(0x7FFF_FFFF)) == 0) {
        .assign(bits, .bits(leastBeyondZero))
      } otherwise: {
        .when(upwards ? isNegative : isPositive) {
          .update(bits, .subtract, 1)
        } otherwise: {
          .update(bits, .add, 1)
        }
      }
    }
    CStatement.discard(copy(to: Names.result, from: Names.bits))
    CStatement.give(Names.result.expression)
  }
}

/// The bytes of one scalar into another of the same size: the only type punning that C99 defines for
/// every compiler and that strict aliasing permits.
func copy(to target: CName, from source: CName) -> CExpression {
  Names.memcpy(
    .unary(.addressOf, target.expression), .unary(.addressOf, source.expression), .sizeof(target.expression))
}
