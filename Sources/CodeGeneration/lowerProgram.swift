import LoopIR

/// The program as loops: interface, network, guards, decision, certified heads and `infer`.
func lowerProgram(_ context: EmissionContext) -> LoopProgram {
  let guards = context.isSafe ? emitExactArithmetic(context) + emitGuards(context) : []
  return LoopProgram(
    interfaceDeclarations(context) + emitInputs(context) + context.lowered.declarations + guards
      + emitDecisions(context) + emitHead(context) + emitInference(context))
}
