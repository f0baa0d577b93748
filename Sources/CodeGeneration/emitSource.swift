import SafetyLayers

/// The source: compiler checks, the network, the guards, the decision, and `infer`.
func emitSource(_ context: EmissionContext) -> [CDeclaration] {
  [
    .comment(provenance(context)),
    .include(context.names.headerFile),
    .systemInclude(.float),
    .systemInclude(.string),
  ] + emitCompilerChecks() + emitInputs(context) + emitForward(context) + emitExactArithmetic(context)
    + emitGuards(context) + emitDecisions(context) + [.function(emitInfer(context))]
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
    .conditional(.gccWithoutClang, [.pragma(.gccContractionOff)]),
  ]
}

private func emitInfer(_ context: EmissionContext) -> CFunction {
  let names = context.names
  return CFunction(
    .void, names.infer,
    [CVariable(.float, Names.input, count: context.inputCount, isConstant: true), resultParameter(context)],
    isStatic: false, comment: ""
  ) {
    CStatement.declare(.float, Names.raw, count: context.outputCount)
    CStatement.constant(.int32, Names.reason, names[.checkInputs](Names.input.expression))
    CStatement.when(Names.reason.expression != names.noReason.expression) {
      CStatement.each(Names.i, to: .count(context.activeWords)) {
        .assign(resultField(Names.active)[Names.i.expression], 0)
      }
      CStatement.call(names[.abstain](Names.reason.expression, Names.result.expression))
      CStatement.result(nil)
    }
    if context.normalizes {
      CStatement.declare(.float, Names.values, count: context.inputCount)
      CStatement.call(names[.normalize](Names.input.expression, Names.values.expression))
    }
    CStatement.call(
      names[.forward](
        (context.normalizes ? Names.values : Names.input).expression, Names.raw.expression))
    CStatement.call(
      names[.decide](Names.input.expression, Names.raw.expression, Names.result.expression))
  }
}
