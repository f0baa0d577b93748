import LoopIR

/// The program as loops: interface, network, guards, decision and `infer`.
func lowerProgram(_ context: EmissionContext) -> LoopProgram {
  LoopProgram(
    interfaceDeclarations(context) + emitInputs(context) + context.lowered.declarations
      + emitExactArithmetic(context) + emitGuards(context) + emitDecisions(context)
      + [.function(emitInfer(context))])
}
