import LoopIR
import SafetyLayers

/// `decide` of a network alone: the result for its scores.
func emitPlainDecide(_ context: EmissionContext) -> Function {
  let names = context.names
  return Function(
    .void, names[.decide], [floats(Names.raw), resultParameter(context)],
    comment: "The result for the network's scores."
  ) {
    Statement.when(!names[.scoresAreFinite](Names.raw.expression)) {
      Statement.call(
        names[.abstain](names.reason(.nonFiniteScore).expression, Names.result.expression))
      Statement.result(nil)
    }
    Statement.each(Names.i, to: .count(context.outputCount)) {
      .assign(resultField(Names.scores)[Names.i.expression], Names.raw[Names.i.expression])
    }
    Statement.assign(resultField(Names.choice), .cast(.int32, names[.rawChoice](Names.raw.expression)))
    Statement.assign(resultField(Names.status), names.status(.ok).expression)
    Statement.assign(resultField(Names.reason), names.noReason.expression)
  }
}
