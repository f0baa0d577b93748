import LoopIR

/// What the loops of layers need said to compilers, and numbers that suit the vector registers. No result depends
/// on any of it.
extension CRenderer {
  /// The macros that stand before loops and tables.
  ///
  /// - gcc peels loops of up to 16 rounds completely before it looks for vectors, and then finds none. Without vector
  ///   registers that is just what keeps sums in registers, but it does so at -O3 alone.
  /// - clang makes vectors of the loop over a tile's places, once it has unrolled the one inside, and gathers.
  mutating func appendVectorHints() {
    alignsWeights = true
    let hasVectors = "defined(__SSE__) || defined(__ARM_NEON)"
    comment("How compilers make vectors of the loops of layers; no result depends on it.")
    line("#if defined(__clang__)")
    line("#define \(names.laneLoop.spelling)")
    line("#define \(names.tileLoop.spelling) _Pragma(\"clang loop vectorize(disable)\")")
    line("#elif defined(__GNUC__) && (__GNUC__ >= 8) && (\(hasVectors))")
    line("#define \(names.laneLoop.spelling) _Pragma(\"GCC unroll 4\")")
    line("#define \(names.tileLoop.spelling)")
    line("#elif defined(__GNUC__) && (__GNUC__ >= 8)")
    line("#define \(names.laneLoop.spelling) _Pragma(\"GCC unroll 16\")")
    line("#define \(names.tileLoop.spelling)")
    line("#else")
    line("#define \(names.laneLoop.spelling)")
    line("#define \(names.tileLoop.spelling)")
    line("#endif")
    line("#if defined(__STDC_VERSION__) && (__STDC_VERSION__ >= 201112L) && (\(hasVectors))")
    line("#define \(names.aligned.spelling) _Alignas(64)")
    line("#else")
    line("#define \(names.aligned.spelling)")
    line("#endif")
  }

  /// A fused operation where the machine has one that a compiler makes of a builtin function: with half as many numbers
  /// in a register as in binary32, two operations would take twice the time. gcc says so in a macro; clang's says that
  /// of binary32 alone on some machines, so it is asked for the machines.
  mutating func appendExactMultiplyAdd() {
    comment(
      """
      a * b + c in binary64, where a and b are binary32 numbers. Their product is exact, so it makes no difference to
      the bits whether a compiler fuses the two operations.
      """)
    line("#if defined(__GNUC__) && (defined(__FP_FAST_FMA) \\")
    line("    || (defined(__clang__) && (defined(__FMA__) || defined(__aarch64__))))")
    line("#define \(names.exactMultiplyAdd.spelling)(a, b, c) __builtin_fma((a), (b), (c))")
    line("#else")
    line("#define \(names.exactMultiplyAdd.spelling)(a, b, c) ((c) + ((a) * (b)))")
    line("#endif")
  }

  /// A number that suits the size of the vector registers.
  mutating func append(tuned constant: NamedConstant) {
    comment(constant.comment)
    for (condition, value) in [
      ("#if defined(__AVX512F__)", constant.widest), ("#elif defined(__AVX__)", constant.wide),
      ("#else", constant.value),
    ] {
      line(condition)
      line("enum { \(constant.name.spelling) = \(value) };")
    }
    line("#endif")
  }

  /// Working memory of layers lies where vector instructions like it.
  mutating func appendAlignment(of variable: Variable) {
    if alignsWeights, !isVectorized, variable.type == .float, let count = variable.count, count >= 64 {
      write("\(names.aligned.spelling) ")
    }
  }

  /// The line before a loop, if it needs one.
  mutating func appendHint(ofLoop body: [Statement], rounds: Expression) {
    guard isVectorized else { return }
    if body.isLane(rounds: rounds) {
      line(names.laneLoop.spelling)
    } else if body.contains(where: \.holdsLanes) {
      line(names.tileLoop.spelling)
    }
  }
}

extension [Statement] {
  /// Whether this is the body of a loop over neighbouring channels.
  fileprivate func isLane(rounds: Expression) -> Bool {
    guard case .unsigned(let count) = rounds, count <= 16 else { return false }
    return allSatisfy {
      switch $0 {
      case .declare, .assign: true
      case .update, .discard, .call, .branch, .count, .loop, .exitLoop, .nextRound, .result, .comment,
        .annotation:
        false
      }
    }
  }
}

extension Statement {
  /// Whether this is a loop over neighbouring channels, or one over parts of them.
  fileprivate var holdsLanes: Bool {
    guard case .count(_, .unsigned(0), let rounds, let body) = self else { return false }
    if body.isLane(rounds: rounds) { return true }
    if case .unsigned(let count) = rounds, count <= 16 { return body.contains(where: \.holdsLanes) }
    return false
  }
}
