import LoopIR
import NetworkIR

/// `infer`: the whole program for one input; and `infer_batch`.
func emitInference(_ context: EmissionContext) -> [Declaration] {
  [.function(emitInfer(context))] + (context.options.hasBatch ? [.function(emitInferBatch(context))] : [])
}

/// The parameters of `infer`; in static memory, those of the function behind it.
func inferParameters(_ context: EmissionContext) -> [Variable] {
  weightParameter(context)
    + [Variable(.float, Names.input, count: context.inputCount, isConstant: true), resultParameter(context)]
    + scratchParameter(context)
}

func inferBatchParameters(_ context: EmissionContext) -> [Variable] {
  weightParameter(context)
    + [
      Variable(.uint32, Names.count), floats(Names.inputList),
      Variable(.pointer(.named(context.names.result)), Names.results),
    ] + scratchParameter(context)
}

private func weightParameter(_ context: EmissionContext) -> [Variable] {
  context.weightFile == nil
    ? [] : [Variable(.constPointer(.named(context.names.weightsType)), Names.weights)]
}

private func scratchParameter(_ context: EmissionContext) -> [Variable] {
  context.options.scratch == .stack ? [] : [Variable(.float, Names.scratch, count: context.memoryCount)]
}

extension EmissionContext {
  /// The floats that `infer` works on outside of the stack: the network's scratch memory, its inputs if they are
  /// normalised, its scores.
  var memoryCount: Int { lowered.scratchCount + (normalizes ? inputCount : 0) + outputCount }

  /// Static memory is passed by the function that the header declares, to one that works with any memory: an
  /// array with a name of its own would keep compilers from vectorising.
  var inferName: Identifier { options.scratch == .static ? names[.inferIn] : names.infer }
  var inferBatchName: Identifier { options.scratch == .static ? names[.inferBatchIn] : names.inferBatch }
}

private func emitInfer(_ context: EmissionContext) -> Function {
  let names = context.names
  return Function(
    .void, context.inferName, inferParameters(context), isStatic: context.options.scratch == .static,
    comment: ""
  ) {
    if context.weightFile != nil {
      Statement.when(.field(Names.weights.expression, Names.isLoaded) != 1) {
        refuse(context, names.noWeights.expression)
      }
    }
    Statement.constant(.int32, Names.reason, names[.checkInputs](Names.input.expression))
    Statement.when(Names.reason.expression != names.noReason.expression) {
      refuse(context, Names.reason.expression)
    }
    workingMemory(context)
    if context.normalizes {
      Statement.call(names[.normalize](Names.input.expression, Names.values.expression))
    }
    Statement.call(callForward(context))
    Statement.call(
      .call(
        names[.decide],
        (context.isSafe ? [Names.input.expression] : []) + [Names.raw.expression, Names.result.expression]))
    if !context.head.isEmpty {
      Statement.call(
        names[.certify](Names.input.expression, Names.raw.expression, Names.result.expression))
    }
  }
}

/// `raw`, `values` and `scratch`: on the stack, or parts of the memory that is passed.
@BlockBuilder
private func workingMemory(_ context: EmissionContext) -> [Statement] {
  let scratchCount = context.lowered.scratchCount
  if context.options.scratch == .stack {
    Statement.declare(.float, Names.raw, count: context.outputCount)
    if context.normalizes { Statement.declare(.float, Names.values, count: context.inputCount) }
    if scratchCount > 0 { Statement.declare(.float, Names.scratch, count: scratchCount) }
  } else {
    Statement.variable(.pointer(.float), Names.raw, .unary(.addressOf, Names.scratch[.count(scratchCount)]))
    if context.normalizes {
      Statement.variable(
        .pointer(.float), Names.values,
        .unary(.addressOf, Names.scratch[.count(scratchCount + context.outputCount)]))
    }
  }
}

@BlockBuilder
private func refuse(_ context: EmissionContext, _ reason: Expression) -> [Statement] {
  if context.isSafe {
    Statement.each(Names.i, to: .count(context.activeWords)) {
      .assign(resultField(Names.active)[Names.i.expression], 0)
    }
  }
  certifyNothing(context)
  Statement.call(context.names[.abstain](reason, Names.result.expression))
  Statement.result(nil)
}

private func callForward(_ context: EmissionContext) -> Expression {
  let weights = context.weightFile == nil ? [] : [Expression.field(Names.weights.expression, Names.values)]
  return .call(
    context.lowered.forward,
    weights + [(context.normalizes ? Names.values : Names.input).expression, Names.raw.expression]
      + (context.lowered.scratchCount > 0 ? [Names.scratch.expression] : []))
}

/// One inference after the other: what is shared is the code and, in a cache, the weights.
private func emitInferBatch(_ context: EmissionContext) -> Function {
  let weights = context.weightFile == nil ? [] : [Names.weights.expression]
  let scratch = context.options.scratch == .stack ? [] : [Names.scratch.expression]
  return Function(
    .void, context.inferBatchName, inferBatchParameters(context),
    isStatic: context.options.scratch == .static,
    comment: ""
  ) {
    Statement.variable(.constPointer(.float), Names.input, Names.inputList.expression)
    Statement.each(Names.i, to: Names.count.expression) {
      Statement.call(
        .call(
          context.inferName,
          weights + [Names.input.expression, .unary(.addressOf, Names.results[Names.i.expression])] + scratch)
      )
      Statement.assign(
        Names.input.expression, .unary(.addressOf, Names.input[.count(context.inputCount)]))
    }
  }
}
