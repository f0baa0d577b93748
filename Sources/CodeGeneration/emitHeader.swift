import ExactArithmetic
import LoopIR
import SafetyLayers
import SpecificationLanguage

/// The header: what the program is and costs, its constants, its result and its functions.
func emitHeader(_ context: EmissionContext, _ cost: CostReport, _ proof: DecisionProof?) -> [CDeclaration] {
  [
    .comment(introduction(context, cost, proof)),
    .includeGuard(
      context.names.includeGuard,
      (context.weightFile == nil ? [] : [.systemInclude(.stddef)]) + [
        .systemInclude(.stdint),
        .externC(
          interfaceDeclarations(context).map(CDeclaration.init) + loadingInterface(context)
            + publicFunctions(context).map(CDeclaration.prototype)),
      ]),
  ]
}

/// What stands at the top of the header, or of the file in Swift: what the program was made from, means and costs.
func introduction(_ context: EmissionContext, _ cost: CostReport, _ proof: DecisionProof?) -> String {
  [
    provenance(context), semantics(context), certificateMeaning(context, proof),
    proof?.text(hasRepair: context.layout.needsRepair), cost.text,
  ]
  .compactMap(
    \.self
  ).joined(
    separator: "\n\n")
}

/// The constants of the interface and the types.
func interfaceDeclarations(_ context: EmissionContext) -> [Declaration] {
  [.constants(sizes(context))] + outputs(context) + properties(context) + clauses(context) + [
    .comment("Why a result is as it is."),
    .constants(statuses(context)),
    .constants(reasons(context)),
    .structure(Structure(name: context.names.result, fields: fields(context))),
  ] + (context.weightFile == nil ? [] : [weightsStructure(context)])
}

/// The functions that the program has for others, with their comments and without bodies.
func publicFunctions(_ context: EmissionContext) -> [Function] {
  let infer = Function(
    .void, context.names.infer, inferParameters(context).filter { !context.isMemory($0) }, isStatic: false,
    comment: inferComment(context)
  ) {}
  guard context.options.hasBatch else { return [infer] }
  return [
    infer,
    Function(
      .void, context.names.inferBatch, inferBatchParameters(context).filter { !context.isMemory($0) },
      isStatic: false,
      comment: "The same for count inputs that lie behind each other: results[i] is that of the i-th."
    ) {},
  ]
}

extension EmissionContext {
  /// Whether a parameter is the working memory that is no concern of callers.
  func isMemory(_ parameter: Variable) -> Bool {
    options.scratch == .static && parameter.name == Names.scratch
  }
}

private func outputs(_ context: EmissionContext) -> [Declaration] {
  if context.names.outputs.isEmpty { return [] }
  return [
    .comment("The outputs, in the model's order; `choice` is one of these or -1."),
    .constants(
      zip(context.names.outputs, context.program.interface.outputNames).enumerated().map {
        .init(name: $1.0, value: Int32($0), comment: $1.1)
      }),
  ]
}

private func sizes(_ context: EmissionContext) -> [NamedConstant] {
  let names = context.names
  var sizes: [(Identifier, Int)] = [
    (names.inputCount, context.inputCount), (names.outputCount, context.outputCount),
  ]
  if context.isSafe {
    sizes += [(names.propertyCount, context.program.guards.count), (names.activeWords, context.activeWords)]
  }
  if !context.head.isEmpty {
    sizes += [
      (names.clauseCount, context.head.clauses.count), (names.certifiedWords, context.head.words),
    ]
  }
  if context.options.scratch == .caller { sizes.append((names.scratchCount, context.memoryCount)) }
  return sizes.map { .init(name: $0.0, value: Int32($0.1), comment: "") }
}

private func properties(_ context: EmissionContext) -> [Declaration] {
  if context.program.guards.isEmpty { return [] }
  return [
    .comment("The properties: bit p % 32 of active[p / 32] is set where property p is active."),
    .constants(
      zip(context.names.properties, context.program.guards).enumerated().map { position, pair in
        .init(name: pair.0, value: Int32(position), comment: pair.1.property.title)
      }),
  ]
}

private func clauses(_ context: EmissionContext) -> [Declaration] {
  if context.head.isEmpty { return [] }
  return [
    .comment(
      "The robust clauses: bit c % 32 of certified[c / 32] is set where clause c is certified; radius[c] is its radius."
    ),
    .constants(
      zip(context.names.clauses, context.head.clauses).enumerated().map { position, pair in
        .init(name: pair.0, value: Int32(position), comment: pair.1.clause.title)
      }),
  ]
}

private func statuses(_ context: EmissionContext) -> [NamedConstant] {
  EmittedStatus.allCases.filter { context.isSafe || $0 != .repaired }.map {
    .init(name: context.names.status($0), value: $0.rawValue, comment: description(of: $0))
  }
}

private func description(of status: EmittedStatus) -> String {
  switch status {
  case .ok: "the network's own scores, bit for bit"
  case .repaired: "reordered so that every active property holds"
  case .abstained: "no answer: choice is -1, scores are NaN"
  }
}

private func reasons(_ context: EmissionContext) -> [NamedConstant] {
  let canBeUncertified = context.head.clauses.contains { $0.clause.abstainsWhenUncertified }
  let reasons = AbstentionReason.allCases.filter {
    $0 == .uncertified ? canBeUncertified : context.isSafe || $0.concernsEveryNetwork
  }
  return [.init(name: context.names.noReason, value: AbstentionReason.noReason, comment: "")]
    + reasons.map {
      .init(
        name: context.names.reason($0), value: $0.rawValue,
        comment: description(of: $0, isGuarded: context.isGuarded))
    }
    + (context.weightFile == nil
      ? []
      : [
        .init(
          name: context.names.noWeights, value: AbstentionReason.noWeights, comment: "no weights were loaded")
      ])
}

extension AbstentionReason {
  /// Whether a network without specification abstains for it as well.
  fileprivate var concernsEveryNetwork: Bool {
    switch self {
    case .nanInput, .infiniteInput, .nonFiniteScore: true
    case .outOfDomainInput, .conflict, .unlistedActivation, .unrepaired, .uncertified: false
    }
  }
}

private func description(of reason: AbstentionReason, isGuarded: Bool) -> String {
  switch reason {
  case .nanInput: "an input is NaN"
  case .infiniteInput: "an input is infinite"
  case .outOfDomainInput: "an input is outside its domain"
  case .nonFiniteScore: "a score is NaN or infinite"
  case .conflict: "no order of the outputs satisfies the active properties"
  case .unlistedActivation: "a set of active properties that was proved impossible"
  case .unrepaired: "no repaired scores passed the check" + (isGuarded ? " (see the top of this file)" : "")
  case .uncertified: "a robust clause that asks for it is not certified"
  }
}

private func fields(_ context: EmissionContext) -> [Structure.Field] {
  let best =
    switch context.program.interface.better {
    case .highest: "highest"
    case .lowest: "lowest"
    }
  let shown: [Structure.Field] = [
    .init(
      variable: Variable(.float, Names.scores, count: context.outputCount),
      comment: "One score an output; the \(best) is the best."),
    .init(
      variable: Variable(.int32, Names.choice), comment: "The best output, -1 if the status is abstained."),
    .init(variable: Variable(.int32, Names.status), comment: "One of the statuses above."),
    .init(variable: Variable(.int32, Names.reason), comment: "One of the reasons above."),
  ]
  guard context.isSafe else { return shown }
  return shown + [
    .init(
      variable: Variable(.uint32, Names.active, count: context.activeWords),
      comment: "The active properties; none if an input or a score was refused.")
  ] + certificates(context)
}

private func certificates(_ context: EmissionContext) -> [Structure.Field] {
  if context.head.isEmpty { return [] }
  return [
    .init(
      variable: Variable(.uint32, Names.certified, count: context.head.words),
      comment: "The clauses that are certified; none if the program abstained for another reason."),
    .init(
      variable: Variable(.float, Names.radius, count: context.head.clauses.count),
      comment: "For each clause a distance within which its decision stays; 0 if none is proved."),
  ]
}

private func weightsStructure(_ context: EmissionContext) -> Declaration {
  .structure(
    Structure(
      name: context.names.weightsType,
      fields: [
        .init(
          variable: Variable(.constPointer(.float), Names.values),
          comment: "Where the weights are, once they are loaded."),
        .init(
          variable: Variable(.uint32, Names.isLoaded),
          comment:
            "1 once they are loaded; start with 0, as in `\(context.names.weightsType.spelling) w = {0};`."),
      ]))
}

/// `load` and its results; nothing unless the weights are in a file.
private func loadingInterface(_ context: EmissionContext) -> [CDeclaration] {
  guard context.weightFile != nil else { return [] }
  let names = context.names
  return [
    .comment("What loading says."),
    .constants(
      LoadStatus.allCases.map {
        .init(name: names.loadStatus($0), value: $0.rawValue, comment: $0.description)
      }),
    .prototype(
      Function(
        .int32, names.load, loadParameters(names), isStatic: false,
        comment: """
          Checks that `data` are all `size` bytes of \(names.weightsBinaryFile), by its header and SHA-256, and notes
          in `weights` where the numbers are. They are not copied: the bytes stay where they are, unchanged, as
          long as `weights` is used. They are read as `float`, so they must be in an array of float or in memory
          that has no declared type (from malloc or mmap, or at a fixed address), at a multiple of 4: C forbids
          to read them from an array of another type. Returns one of the above.
          """
      ) {}),
  ]
}

private func inferComment(_ context: EmissionContext) -> String {
  """
  Decides. `result` is written whole and does not overlap `input`. \(reentrancy(context))

  \(inputLines(context))
  """
}

/// A line for each input: its place, name, domain and unit.
func inputLines(_ context: EmissionContext) -> String {
  let inputs = context.program.interface.inputs
  let described = inputs.enumerated().map { position, input in
    let name = input.name.isEmpty ? "" : " \(input.name)"
    let unit = input.unit.isEmpty ? "" : " \(input.unit)"
    let domain =
      input.domain.map { "\(decimal($0.lower)) .. \(decimal($0.upper))" } ?? "every finite number"
    return "  input[\(position)]\(name): \(domain)\(unit)"
  }
  // Tensor inputs are many and alike.
  let shown = inputs.count <= 64 ? described : Array(described.prefix(8)) + ["  ... \(inputs.count) in all"]
  return shown.joined(separator: "\n")
}

private func reentrancy(_ context: EmissionContext) -> String {
  switch context.options.scratch {
  case .stack: "No state: calls may run in parallel."
  case .static:
    "Works in static memory of\n\(context.memoryCount * 4) bytes: NOT RE-ENTRANT, one call at a time."
  case .caller:
    "No state but `scratch`,\nwhich a call overwrites: calls may run in parallel with different ones."
  }
}

/// The number as a decimal fraction if it is one of at most 12 places, else as `n/d`.
func decimal(_ number: Rational) -> String {
  var scaled = number.magnitude
  var places = 0
  while !scaled.isInteger, places < 12 {
    scaled = scaled * Rational(10)
    places += 1
  }
  guard scaled.isInteger else { return number.description }
  let sign = number.signum < 0 ? "-" : ""
  let digits = scaled.description
  if places == 0 { return sign + digits }
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}
