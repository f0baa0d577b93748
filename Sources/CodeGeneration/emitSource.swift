import LoopIR

/// The source: compiler checks and the program.
func emitSource(_ context: EmissionContext, _ program: LoopProgram) -> [CDeclaration] {
  let isInHeader = interfaceDeclarations(context).count
  let body = program.declarations.dropFirst(isInHeader).filter { !context.isElsewhere($0) }
  return [.comment(provenance(context)), .include(context.names.headerFile)]
    + (context.options.weights == .separate ? [.include(context.names.weightsHeaderFile)] : [])
    + [.systemInclude(.float)]
    + (context.program.network.semantics == .fma ? [.systemInclude(.math)] : [])
    + [.systemInclude(.stdbool), .systemInclude(.string)] + emitCompilerChecks(context) + [.reinterpretation]
    + (program.hasVectorLoops ? [.vectorHints] : []) + (context.sumsInBinary64 ? [.exactMultiplyAdd] : [])
    + body.map(CDeclaration.init) + staticMemory(context)
    + (context.weightFile.map { emitLoading(context, $0).map(CDeclaration.init) } ?? [])
}

extension EmissionContext {
  fileprivate var sumsInBinary64: Bool { program.network.semantics == .binary64Sums }

  /// Whether a declaration stands in another unit than the source.
  func isElsewhere(_ declaration: Declaration) -> Bool {
    guard options.weights == .separate, case .table(let table) = declaration else { return false }
    return table.isWeights
  }
}

/// The header and the source of the weights that have a unit of their own.
func emitWeightsUnit(
  _ context: EmissionContext, _ program: LoopProgram
) -> (header: [CDeclaration], source: [CDeclaration]) {
  let tables = program.declarations.compactMap { declaration -> Table? in
    guard context.isElsewhere(declaration), case .table(let table) = declaration else { return nil }
    return table
  }
  let text = provenance(context) + "\n\nThe network's weights."
  let names = context.names
  return (
    [
      .comment(text),
      .includeGuard(names.weightsGuard, [.externC(tables.map(CDeclaration.externTable))]),
    ],
    [.comment(text), .include(names.weightsHeaderFile)] + tables.map(CDeclaration.publicTable)
  )
}

/// The functions of the header around the ones that are told where to work.
private func staticMemory(_ context: EmissionContext) -> [CDeclaration] {
  guard context.options.scratch == .static else { return [] }
  let memory = context.names[.memory]
  let inner = [context.inferName, context.inferBatchName]
  return [.memory(.float, memory, count: context.memoryCount)]
    + zip(publicFunctions(context), inner).map { function, inner in
      .function(
        Function(function.type, function.name, function.parameters, isStatic: false, comment: "") {
          Statement.call(.call(inner, function.parameters.map(\.name.expression) + [memory.expression]))
        })
    }
}

extension LoopProgram {
  fileprivate var hasVectorLoops: Bool {
    declarations.contains { if case .function(let function) = $0 { function.isVectorized } else { false } }
  }
}

/// What this code asks of the compiler, in terms that a compiler can refuse.
private func emitCompilerChecks(_ context: EmissionContext) -> [CDeclaration] {
  let refused: [CDeclaration] = [
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
  ]
  let format: [CDeclaration] =
    context.sumsInBinary64
    ? [.conditional(.narrowDouble, [.error("this code needs a double that is IEEE 754 binary64")])] : []
  let pragmas: [CDeclaration] = [
    .conditional(.clang, [.pragma(.contractionOff), .pragma(.permitsTautologies)]),
    .conditional(.gccWithoutClang, [.pragma(.gccFloatOptions)]),
    .conditional(.gccThatContractsBlocks, [.pragma(.noBlockVectors)]),
  ]
  return refused + format + pragmas
}
