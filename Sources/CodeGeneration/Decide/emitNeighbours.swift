import LoopIR
import SpecificationLanguage

/// The functions from a score to its neighbours among binary32 numbers, by bit patterns. Both zeros
/// count as one value; infinities are their own neighbours outwards. Equal to C's `nextafterf` towards
/// an infinity for every bit pattern that is not NaN, without libm.
func emitNeighbours(_ context: EmissionContext) -> [Declaration] {
  let isHighest = context.program.interface.better == .highest
  return [
    .function(
      neighbour(context.names[.moveToWorse], upwards: !isHighest, comment: "The next score that is worse.")),
    .function(
      neighbour(context.names[.moveToBetter], upwards: isHighest, comment: "The next score that is better.")),
  ]
}

private func neighbour(_ name: Identifier, upwards: Bool, comment: String) -> Function {
  let bits = Names.bits.expression
  let infinity: UInt32 = upwards ? 0x7F80_0000 : 0xFF80_0000
  let leastBeyondZero: UInt32 = upwards ? 0x0000_0001 : 0x8000_0001
  let isNegative = bits >> 31 != 0
  let isPositive = bits >> 31 == 0
  return Function(.float, name, [Variable(.float, Names.value)], comment: comment, contract: Contract()) {
    Statement.variable(.uint32, Names.bits, .bitPattern(Names.value.expression))
    Statement.when(bits != .bits(infinity)) {
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
    Statement.give(.floatOfBits(bits))
  }
}
