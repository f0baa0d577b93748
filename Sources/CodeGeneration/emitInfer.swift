import LoopIR

/// `infer`: the whole program for one input.
func emitInfer(_ context: EmissionContext) -> Function {
  let names = context.names
  return Function(
    .void, names.infer,
    [Variable(.float, Names.input, count: context.inputCount, isConstant: true), resultParameter(context)],
    isStatic: false, comment: ""
  ) {
    Statement.declare(.float, Names.raw, count: context.outputCount)
    Statement.constant(.int32, Names.reason, names[.checkInputs](Names.input.expression))
    Statement.when(Names.reason.expression != names.noReason.expression) {
      Statement.each(Names.i, to: .count(context.activeWords)) {
        .assign(resultField(Names.active)[Names.i.expression], 0)
      }
      Statement.call(names[.abstain](Names.reason.expression, Names.result.expression))
      Statement.result(nil)
    }
    if context.normalizes {
      Statement.declare(.float, Names.values, count: context.inputCount)
      Statement.call(names[.normalize](Names.input.expression, Names.values.expression))
    }
    if context.lowered.scratchCount > 0 {
      Statement.declare(.float, Names.scratch, count: context.lowered.scratchCount)
    }
    Statement.call(callForward(context))
    Statement.call(
      names[.decide](Names.input.expression, Names.raw.expression, Names.result.expression))
  }
}

private func callForward(_ context: EmissionContext) -> Expression {
  .call(
    context.lowered.forward,
    [(context.normalizes ? Names.values : Names.input).expression, Names.raw.expression]
      + (context.lowered.scratchCount > 0 ? [Names.scratch.expression] : []))
}
