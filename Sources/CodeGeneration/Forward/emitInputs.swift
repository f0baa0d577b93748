import LoopIR
import SafetyLayers
import SpecificationLanguage

/// The checks of the inputs and their normalisation.
func emitInputs(_ context: EmissionContext) -> [Declaration] {
  [emitIsStrange(context), emitClassifyInput(context), emitCheckInputs(context)].map { .function($0) }
    + (context.normalizes ? [.function(emitNormalize(context))] : [])
}

extension EmissionContext {
  /// Whether some input is changed before the network sees it.
  var normalizes: Bool { normalizationRuns.contains { $0.value != FloatNormalization(.identity) } }

  fileprivate var normalizationRuns: [Run<FloatNormalization>] {
    runs(program.interface.inputs.map(\.normalization))
  }
}

/// Neighbouring inputs that are treated alike: `start ..< end`.
private struct Run<Value> {
  let start: Int
  let end: Int
  let value: Value
}

private func runs<Value: Equatable>(_ values: [Value]) -> [Run<Value>] {
  var result: [Run<Value>] = []
  for (position, value) in values.enumerated() {
    if let last = result.last, last.value == value {
      result[result.count - 1] = Run(start: last.start, end: position + 1, value: value)
    } else {
      result.append(Run(start: position, end: position + 1, value: value))
    }
  }
  return result
}

/// A statement for each input of a run: a loop unless there is one.
private func each<Value>(
  _ run: Run<Value>, changes: [MemoryRange], _ body: (Expression) -> Statement
) -> [Statement] {
  if run.end - run.start == 1 { return [body(.count(run.start))] }
  return provenLoop(Names.i, from: run.start, to: run.end, changes: changes) { body(Names.i.expression) }
}

/// Clang has options that assume finite numbers without saying so in a macro (-fno-honor-nans), and then a
/// comparison proves nothing about NaN.
private func emitIsStrange(_ context: EmissionContext) -> Function {
  Function(
    .bool, context.names[.isStrange], [Variable(.float, Names.value)],
    comment: "Whether a number is NaN or infinite, by its bits: no compiler option can remove the test.",
    contract: Contract()
  ) {
    Statement.constant(.uint32, Names.bits, .bitPattern(Names.value.expression))
    Statement.give((Names.bits.expression & .bits(0x7F80_0000)) == .bits(0x7F80_0000))
  }
}

/// By bit patterns, like ``emitIsStrange(_:)``.
private func emitClassifyInput(_ context: EmissionContext) -> Function {
  let magnitude = Names.bits.expression & .bits(0x7FFF_FFFF)
  return Function(
    .int32, context.names[.classifyInput], [Variable(.float, Names.value)],
    comment: "The reason for which a number that is not in its domain is refused.", contract: Contract()
  ) {
    Statement.constant(.uint32, Names.bits, .bitPattern(Names.value.expression))
    Statement.when(magnitude > .bits(0x7F80_0000)) {
      .give(context.names.reason(.nanInput).expression)
    }
    if context.isSafe {
      Statement.when(magnitude == .bits(0x7F80_0000)) {
        .give(context.names.reason(.infiniteInput).expression)
      }
      Statement.give(context.names.reason(.outOfDomainInput).expression)
    } else {
      Statement.give(context.names.reason(.infiniteInput).expression)
    }
  }
}

private func emitCheckInputs(_ context: EmissionContext) -> Function {
  let inputs = context.program.interface.inputs
  let domains = runs(inputs.map { $0.lowest...$0.highest })
  return Function(
    .int32, context.names[.checkInputs], [floats(Names.input)],
    comment: "The reason to refuse the first input that is strange or not in its domain.",
    contract: Contract(requires: [.readable(context.everyInput)])
  ) {
    for run in domains {
      each(run, changes: []) { index in
        .when(refuses(Names.input[index], outside: run.value, context)) {
          .give(context.names[.classifyInput](Names.input[index]))
        }
      }
    }
    Statement.give(context.names.noReason.expression)
  }
}

/// Whether a number is strange or not in its domain.
private func refuses(
  _ input: Expression, outside domain: ClosedRange<Float>, _ context: EmissionContext
) -> Expression {
  let isStrange = context.names[.isStrange](input)
  if domain == -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude { return isStrange }
  return .any([
    isStrange,
    !Expression.all([input >= .float(domain.lowerBound), input <= .float(domain.upperBound)]),
  ])
}

private func emitNormalize(_ context: EmissionContext) -> Function {
  Function(
    .void, context.names[.normalize], [floats(Names.input), Variable(.pointer(.float), Names.output)],
    comment: "Physical inputs to the network's, each operation rounded to binary32."
  ) {
    for run in context.normalizationRuns {
      each(run, changes: [.elements(Names.output.term, count: context.inputCount)]) {
        .assign(Names.output[$0], normalized(Names.input[$0], run.value))
      }
    }
  }
}

private func normalized(_ input: Expression, _ normalization: FloatNormalization) -> Expression {
  let shifted = normalization.center.map { input - .float($0) } ?? input
  return switch normalization.scaling {
  case .none: shifted
  case .divide(let divisor): .binary(shifted, .divide, .float(divisor))
  case .multiply(let factor): shifted * .float(factor)
  }
}
