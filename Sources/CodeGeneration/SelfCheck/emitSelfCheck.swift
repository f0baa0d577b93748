import LoopIR
import NetworkIR

/// `main` of a self-check, and what it prints if it is asked to.
struct SelfCheckMain: Sendable {
  /// The function that checks.
  let check: Identifier
  /// The macros that leave `main` out, and that let it print.
  let withoutMain: Identifier
  let prints: Identifier
  let vectorCount: Int
  /// What to do to load weights from a file first.
  let loading: Loading?

  struct Loading: Sendable {
    let load: Identifier
    let ok: Identifier
    let weightsType: Identifier
    let memory: Identifier
    let fileName: String
    let size: Int
  }
}

/// A program that compares what the emitted code returns with what it must return, bit for bit.
func emitSelfCheck(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> [CDeclaration] {
  let names = context.names
  let isFused = context.program.network.semantics == .fma
  let parameters = context.weightFile == nil ? [] : [inferParameters(context)[0]]
  let check = Function(
    .int32, names[.selfCheck], parameters, isStatic: false,
    comment: "0, or the number of the first vector (from 1) whose result is not the expected one."
  ) {
    if isFused { checkFusedOperation(context, vectors) }
    checkVectors(context, vectors)
    Statement.give(.signed(0))
  }
  return [
    .comment(provenance(context) + "\n\n" + explanation(context, vectors)),
    .include(names.headerFile),
  ] + (isFused ? [.systemInclude(.math)] : []) + [.systemInclude(.string), .reinterpretation]
    + tables(context, vectors) + memory(context)
    + [.prototype(withoutBody(check)), .function(check), .selfCheckMain(main(context, vectors))]
}

private func withoutBody(_ function: Function) -> Function {
  Function(function.type, function.name, function.parameters, isStatic: false, comment: "") {}
}

private func explanation(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> String {
  let names = context.names
  let files =
    [names.selfCheckFile, names.sourceFile]
    + (context.options.weights == .separate ? [names.weightsSourceFile] : [])
  let weights =
    context.weightFile == nil
    ? ""
    : "\nThe main program reads the file of weights that its argument names, \(names.weightsBinaryFile) if there is none."
  let isFused = context.program.network.semantics == .fma
  let otherResults =
    (isFused ? ["above \(vectors.cases.count): fmaf is not one operation"] : [])
    + (context.weightFile == nil
      ? [] : ["the main program 255: the file of weights cannot be read or is not this program's"])
  return """
    Self-check: build \(files.joined(separator: ", ")) with the
    options of your product, run it where the product runs. It returns 0 if all \(vectors.cases.count) vectors give the expected
    bits, else the number of the first that does not\(otherResults.isEmpty ? "" : " (\(otherResults.joined(separator: "; ")))").
    With \(names.selfCheckPrints.spelling) defined it says so with printf; with
    \(names.selfCheckWithoutMain.spelling) there is no main, for a product that calls
    \(names[.selfCheck].spelling) itself.\(weights)
    """
}

/// The expected results, by the reference interpreter.
private func tables(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> [CDeclaration] {
  let names = context.names
  func table(_ role: Names.Role, _ values: [UInt32]) -> CDeclaration {
    .table(Table(names[role], .uint32, .bits(values), count: values.count))
  }
  let none = UInt32(context.inputCount)
  return [
    .comment("Inputs, as the bits of their numbers."),
    table(.selfCheckBases, vectors.bases.flatMap { $0 }),
    .comment(
      "Results: the bits of the scores, choice, status, reason\(context.isSafe ? ", active properties" : "")\(context.head.isEmpty ? "" : ", certified clauses, the bits of the radii")."
    ),
    table(.selfCheckOutcomes, vectors.outcomes.flatMap { $0.prefix(context.outcomeWords) }),
    .comment("Vectors: an input, the index of a number to replace (or \(none)) with its bits, a result."),
    .table(
      Table(
        names[.selfCheckCases], .uint32,
        .bits(
          vectors.cases.flatMap {
            [
              UInt32($0.base), $0.edit.map { UInt32($0.input) } ?? none, $0.edit?.bits ?? 0,
              UInt32($0.outcome),
            ]
          }), count: vectors.cases.count * 4)),
  ]
}

private func memory(_ context: EmissionContext) -> [CDeclaration] {
  let names = context.names
  return [
    .memory(.float, names[.selfCheckInput], count: context.inputCount),
    .memory(.named(names.result), names[.selfCheckResult], count: 1),
  ]
    + (context.options.scratch == .caller
      ? [.memory(.float, names[.selfCheckScratch], count: context.memoryCount)] : [])
    + (context.program.network.semantics == .fma
      ? [.memory(.float, names[.selfCheckFused], count: 3, isVolatile: true)] : [])
}

extension EmissionContext {
  /// The words of a result.
  fileprivate var outcomeWords: Int {
    outputCount + 3 + (isSafe ? activeWords : 0) + (head.isEmpty ? 0 : head.words + head.clauses.count)
  }
}

private let line = Identifier("line")
private let expected = Identifier("expected")
private let differences = Identifier("differences")
private let i = Names.i.expression
private let k = Names.k.expression

@BlockBuilder
private func checkVectors(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> [Statement] {
  let names = context.names
  let input = names[.selfCheckInput]
  let replaced = line[1]
  Statement.each(Names.k, to: .count(vectors.cases.count)) {
    Statement.variable(.constPointer(.uint32), line, .unary(.addressOf, names[.selfCheckCases][k * 4]))
    Statement.variable(
      .constPointer(.uint32), expected,
      .unary(.addressOf, names[.selfCheckOutcomes][line[3] * .count(context.outcomeWords)]))
    Statement.variable(.uint32, differences, 0)
    Statement.each(Names.i, to: .count(context.inputCount)) {
      .assign(
        input[i], .floatOfBits(names[.selfCheckBases][line[0] * .count(context.inputCount) + i]))
    }
    Statement.when(replaced < .count(context.inputCount)) {
      .assign(input[replaced], .floatOfBits(line[2]))
    }
    spoilResult(context)
    Statement.call(.call(names.infer, arguments(context)))
    compareResult(context)
    Statement.when(differences.expression != 0) { .give(.cast(.int32, k + 1)) }
  }
}

private func arguments(_ context: EmissionContext) -> [Expression] {
  let names = context.names
  return (context.weightFile == nil ? [] : [Names.weights.expression])
    + [names[.selfCheckInput].expression, names[.selfCheckResult].expression]
    + (context.options.scratch == .caller ? [names[.selfCheckScratch].expression] : [])
}

private func field(_ context: EmissionContext, _ name: Identifier) -> Expression {
  .field(context.names[.selfCheckResult].expression, name)
}

/// So that what is not written shows.
@BlockBuilder
private func spoilResult(_ context: EmissionContext) -> [Statement] {
  Statement.each(Names.i, to: .count(context.outputCount)) {
    .assign(field(context, Names.scores)[i], .float(0x1.5p+5))
  }
  for name in [Names.choice, Names.status, Names.reason] {
    Statement.assign(field(context, name), .signed(85))
  }
  if context.isSafe {
    Statement.each(Names.i, to: .count(context.activeWords)) {
      .assign(field(context, Names.active)[i], .bits(0x5555_5555))
    }
  }
  if !context.head.isEmpty {
    Statement.each(Names.i, to: .count(context.head.words)) {
      .assign(field(context, Names.certified)[i], .bits(0x5555_5555))
    }
    Statement.each(Names.i, to: .count(context.head.clauses.count)) {
      .assign(field(context, Names.radius)[i], .float(0x1.5p+5))
    }
  }
}

@BlockBuilder
private func compareResult(_ context: EmissionContext) -> [Statement] {
  let outputs = context.outputCount
  Statement.each(Names.i, to: .count(outputs)) {
    .when(.bitPattern(field(context, Names.scores)[i]) != expected[i]) { differ }
  }
  for (position, name) in [Names.choice, Names.status, Names.reason].enumerated() {
    Statement.when(.cast(.uint32, field(context, name)) != expected[.count(outputs + position)]) { differ }
  }
  if context.isSafe {
    Statement.each(Names.i, to: .count(context.activeWords)) {
      .when(field(context, Names.active)[i] != expected[.count(outputs + 3) + i]) { differ }
    }
  }
  if !context.head.isEmpty {
    let certified = outputs + 3 + context.activeWords
    Statement.each(Names.i, to: .count(context.head.words)) {
      .when(field(context, Names.certified)[i] != expected[.count(certified) + i]) { differ }
    }
    Statement.each(Names.i, to: .count(context.head.clauses.count)) {
      .when(
        .bitPattern(field(context, Names.radius)[i]) != expected[.count(certified + context.head.words) + i]
      ) { differ }
    }
  }
}

private var differ: Statement { .assign(differences.expression, 1) }

/// Products whose rounding, before or after the addition or twice after it, changes the last bit of the sum. The
/// operands are volatile, or a compiler would answer in the place of the library.
@BlockBuilder
private func checkFusedOperation(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> [Statement] {
  let fused = context.names[.selfCheckFused]
  for (position, (a, b, c)) in fusedOperands.enumerated() {
    for (index, value) in [a, b, c].enumerated() {
      Statement.assign(fused[.count(index)], .float(value))
    }
    Statement.when(
      .bitPattern(.fusedMultiplyAdd(fused[0], fused[1], fused[2]))
        != .bits(c.addingProduct(a, b).bitPattern)
    ) { .give(.signed(Int32(vectors.cases.count + 1 + position))) }
  }
}

private let fusedOperands: [(Float, Float, Float)] = [
  (0x1.0002p0, 0x1.fffcp-25, 0x1.000002p0), (-0x1.0002p0, 0x1.fffcp-25, -0x1.000002p0),
  (0x1.000002p0, 0x1.000002p0, -0x1.000004p0),
]

private func main(_ context: EmissionContext, _ vectors: SelfCheckVectors) -> SelfCheckMain {
  let names = context.names
  let loading = context.weightFile.map {
    SelfCheckMain.Loading(
      load: names.load, ok: names.loadStatus(.ok), weightsType: names.weightsType,
      memory: names[.selfCheckWeights], fileName: names.weightsBinaryFile,
      size: WeightFile.headerSize + 4 * $0.count)
  }
  return SelfCheckMain(
    check: names[.selfCheck], withoutMain: names.selfCheckWithoutMain, prints: names.selfCheckPrints,
    vectorCount: vectors.cases.count, loading: loading)
}
