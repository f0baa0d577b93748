import LoopIR
import SafetyLayers

/// The source: compiler checks and the program.
func emitSource(_ context: EmissionContext, _ program: LoopProgram) -> [CDeclaration] {
  let isInHeader = interfaceDeclarations(context).count
  return [
    .comment(provenance(context)),
    .include(context.names.headerFile),
    .systemInclude(.float),
    .systemInclude(.stdbool),
    .systemInclude(.string),
  ] + emitCompilerChecks() + [.reinterpretation] + (program.hasVectorLoops ? [.vectorHints] : [])
    + program.declarations.dropFirst(isInHeader).map(CDeclaration.init)
}

extension LoopProgram {
  fileprivate var hasVectorLoops: Bool {
    declarations.contains { if case .function(let function) = $0 { function.isVectorized } else { false } }
  }
}

/// What this code asks of the compiler, in terms that a compiler can refuse.
private func emitCompilerChecks() -> [CDeclaration] {
  [
    .comment(
      """
      Every operation below is one binary32 or binary64 operation, rounded to nearest. Options that permit
      anything else are refused where the compiler says that they are on; contraction of a * b + c into one
      operation is turned off. Never pass -ffp-contract=fast, -funsafe-math-optimizations or
      -ffp-model=fast to clang: it ignores the pragma then, and the scores may differ in their last bits.
      """),
    .conditional(
      .valueChangingArithmetic, [.error("this code must not be compiled with -ffast-math or parts of it")]),
    .conditional(
      .excessPrecision, [.error("this code needs FLT_EVAL_METHOD 0 (with gcc for x86: -msse2 -mfpmath=sse)")]),
    .conditional(.clang, [.pragma(.contractionOff), .pragma(.permitsTautologies)]),
    .conditional(.gccWithoutClang, [.pragma(.gccFloatOptions)]),
  ]
}
