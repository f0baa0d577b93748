import LoopIR

/// `load` and the SHA-256 that it needs, for weights in a file. This is C's alone: it reads bytes, and has the numbers
/// read as what they are. Words of the header are copied, for memory may be read as one type (C99 6.5p7).
func emitLoading(_ context: EmissionContext, _ file: WeightFile) -> [Declaration] {
  let names = context.names
  return [
    .comment("SHA-256 (FIPS 180-4)."),
    .table(names[.hashConstants], .uint32, .bits(roundConstants), count: roundConstants.count),
    .comment(
      "What stands in the header of the file of weights, and the hash in it as SHA-256 has its words."),
    .table(
      names[.hashExpected], .uint32, .bits(words(of: file.header[16...], isBigEndian: false)), count: 12),
    .table(
      names[.hashOfWeights], .uint32, .bits(words(of: file.header[24..<56], isBigEndian: true)), count: 8),
    .function(emitRotated(names)), .function(emitSymmetricDifference(names)),
    .function(emitHashBlock(names)), .function(emitHash(names)), .function(emitLoad(context, file)),
  ]
}

func loadParameters(_ names: Names) -> [Variable] {
  [
    Variable(.constPointer(.void), data), Variable(.named(Identifier("size_t")), size),
    Variable(.pointer(.named(names.weightsType)), Names.weights),
  ]
}

private let memcpy = Identifier("memcpy")
private let data = Identifier("data")
private let size = Identifier("size")
private let state = Identifier("state")
private let schedule = Identifier("schedule")
private let bytes = Identifier("bytes")
private let digest = Identifier("digest")
private let left = Names.left.expression
private let right = Names.right.expression
private let i = Names.i.expression
private let j = Names.j.expression

private func emitRotated(_ names: Names) -> Function {
  let (value, count) = (Names.value.expression, Names.count.expression)
  return Function(
    .uint32, names[.rotated], [Variable(.uint32, Names.value), Variable(.uint32, Names.count)],
    comment: "The bits moved to the right, around the end; by at least one."
  ) {
    Statement.give((value >> count) | (value << (32 - count)))
  }
}

private func emitSymmetricDifference(_ names: Names) -> Function {
  Function(
    .uint32, names[.symmetricDifference], [Variable(.uint32, Names.left), Variable(.uint32, Names.right)],
    comment: "The bits that one of two numbers has."
  ) {
    Statement.give((left | right) & ~(left & right))
  }
}

/// One of the four functions that mix bits of a word; a `shift` loses the bits that leave it.
private func mixed(_ names: Names, _ word: Expression, _ first: UInt32, _ second: UInt32, _ last: Expression)
  -> Expression
{
  let rotated = names[.rotated]
  return names[.symmetricDifference](
    names[.symmetricDifference](rotated(word, .unsigned(first)), rotated(word, .unsigned(second))), last)
}

private func emitHashBlock(_ names: Names) -> Function {
  let rotated = names[.rotated]
  let letters = Identifier("letters")
  func letter(_ position: UInt32) -> Expression { letters[.unsigned(position)] }
  let (a, b, c, e, f, g, h) = (letter(0), letter(1), letter(2), letter(4), letter(5), letter(6), letter(7))
  let (first, second) = (Identifier("first"), Identifier("second"))
  return Function(
    .void, names[.hashBlock], [Variable(.pointer(.uint32), state), Variable(.constPointer(.uint8), bytes)],
    comment: "Takes 64 bytes into the state."
  ) {
    Statement.zeroed(.uint32, schedule, count: 64)
    Statement.zeroed(.uint32, letters, count: 8)
    Statement.each(Names.i, to: 16) {
      .assign(
        schedule[i],
        (0..<4 as Range<UInt32>).map { byte -> Expression in
          Expression.cast(.uint32, bytes[i * 4 + .unsigned(byte)]) << .unsigned(24 - 8 * byte)
        }.reduceToUnion())
    }
    Statement.each(Names.i, from: 16, to: 64) {
      let (old, new) = (schedule[i - 15], schedule[i - 2])
      Statement.assign(
        schedule[i],
        schedule[i - 16] + mixed(names, old, 7, 18, old >> 3) + schedule[i - 7]
          + mixed(names, new, 17, 19, new >> 10))
    }
    Statement.each(Names.i, to: 8) { .assign(letters[i], state[i]) }
    Statement.each(Names.i, to: 64) {
      Statement.constant(
        .uint32, first,
        h + mixed(names, e, 6, 11, rotated(e, 25)) + ((e & f) | (~e & g)) + names[.hashConstants][i]
          + schedule[i])
      Statement.constant(
        .uint32, second, mixed(names, a, 2, 13, rotated(a, 22)) + ((a & b) | (c & (a | b))))
      Statement.each(Names.j, to: 7) { .assign(letters[7 - j], letters[6 - j]) }
      Statement.update(letters[4], .add, first.expression)
      Statement.assign(letters[0], first.expression + second.expression)
    }
    Statement.each(Names.i, to: 8) { .update(state[i], .add, letters[i]) }
  }
}

extension [Expression] {
  fileprivate func reduceToUnion() -> Expression { dropFirst().reduce(self[0], |) }
}

/// The hash of `count` numbers of four bytes: whole blocks, then a last one or two with the length.
private func emitHash(_ names: Names) -> Function {
  let (rest, start, end) = (Identifier("rest"), Identifier("start"), Identifier("end"))
  let tail = Identifier("tail")
  return Function(
    .void, names[.hash],
    [
      Variable(.constPointer(.uint8), bytes), Variable(.uint32, Names.count),
      Variable(.pointer(.uint32), state),
    ],
    comment: "The hash of count words of four bytes."
  ) {
    Statement.constant(.uint32, rest, (Names.count.expression & 15) * 4)
    Statement.constant(.uint32, start, Names.count.expression * 4 - rest.expression)
    Statement.constant(.uint32, end, .conditional(rest.expression < 56, then: 64, else: 128))
    Statement.zeroed(.uint8, tail, count: 128)
    for (position, value) in initialState.enumerated() {
      Statement.assign(state[.count(position)], .bits(value))
    }
    Statement.each(Names.i, to: Names.count.expression >> 4) {
      .call(names[.hashBlock](state.expression, .unary(.addressOf, bytes[i * 64])))
    }
    Statement.each(Names.i, to: rest.expression) { .assign(tail[i], bytes[start.expression + i]) }
    Statement.assign(tail[rest.expression], 128)
    // The length in bits: count * 32.
    Statement.each(Names.i, to: 5) {
      .assign(
        tail[end.expression - 5 + i],
        .cast(.uint8, ((Expression.cast(.uint64, Names.count.expression) << 5) >> ((4 - i) * 8)) & 255))
    }
    Statement.call(names[.hashBlock](state.expression, .unary(.addressOf, tail[0])))
    Statement.when(end.expression == 128) {
      .call(names[.hashBlock](state.expression, .unary(.addressOf, tail[64])))
    }
  }
}

private func emitLoad(_ context: EmissionContext, _ file: WeightFile) -> Function {
  let names = context.names
  let header = Identifier("header")
  let numbers = Identifier("numbers")
  let headerWords = WeightFile.headerSize / 4
  func give(_ status: LoadStatus) -> Statement { .give(names.loadStatus(status).expression) }
  let start = words(of: file.header[..<16], isBigEndian: false)
  let size = size.expression
  return Function(.int32, names.load, loadParameters(names), isStatic: false, comment: "") {
    Statement.variable(.constPointer(.uint8), bytes, .cast(.constPointer(.uint8), data.expression))
    Statement.variable(.constPointer(.float), numbers, .cast(.constPointer(.float), data.expression))
    Statement.zeroed(.uint32, header, count: headerWords)
    Statement.zeroed(.uint32, digest, count: 8)
    Statement.assign(.field(Names.weights.expression, Names.isLoaded), 0)
    Statement.when((.cast(.named(Identifier("uintptr_t")), data.expression) & 3) != 0) { give(.misaligned) }
    Statement.when(size < .count(WeightFile.headerSize)) { give(.notWeights) }
    Statement.discard(
      memcpy(.cast(.pointer(.uint8), header.expression), bytes.expression, .count(4 * headerWords)))
    Statement.when(header[3] == .bits(WeightFile.byteOrderMark.byteSwapped)) { give(.byteOrder) }
    Statement.when(
      .any(start.enumerated().map { header[.count($0.offset)] != .bits($0.element) })
    ) { give(.notWeights) }
    Statement.each(Names.i, from: 4, to: .count(headerWords)) {
      .when(header[i] != names[.hashExpected][i - 4]) { give(.otherWeights) }
    }
    Statement.when(size != .count(WeightFile.headerSize + 4 * file.count)) { give(.wrongSize) }
    Statement.call(
      names[.hash](
        .unary(.addressOf, bytes[.count(WeightFile.headerSize)]), .count(file.count), digest.expression))
    Statement.each(Names.i, to: 8) {
      .when(digest[i] != names[.hashOfWeights][i]) { give(.damaged) }
    }
    Statement.assign(
      .field(Names.weights.expression, Names.values),
      .unary(.addressOf, numbers[.count(WeightFile.headerSize / 4)]))
    Statement.assign(.field(Names.weights.expression, Names.isLoaded), 1)
    give(.ok)
  }
}

private func words(of bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt32] {
  stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
    let word = bytes[start..<start + 4]
    return (isBigEndian ? Array(word) : word.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// The first 32 bits of the fractional parts of the square roots of the first eight primes.
private let initialState: [UInt32] = [
  0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
]

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
