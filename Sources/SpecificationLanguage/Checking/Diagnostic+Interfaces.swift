import Diagnostics

/// The messages about interfaces and posts.
extension Diagnostic {
  static func badDomain(isEmpty: Bool, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badDomain,
      isEmpty ? "the domain's lower end is above its upper end" : "the domain contains no binary32 number",
      at: .source(range), cure: "write `low .. high` within binary32's range")
  }

  static func normalizationHasUnit(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badNormalization, "a normalised value is a plain number", at: .source(range),
      cure: "write the numbers without units; the input stands for its value in its own unit")
  }

  static func normalizationIsConstant(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badNormalization, "the normalisation does not depend on `\(name)`", at: .source(range),
      cure: "write it like `(\(name) - mean) / range`")
  }

  static func normalizationOutOfRange(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badNormalization, "the normalisation is beyond binary32's range", at: .source(range),
      cure: "use a factor and an offset that binary32 can hold")
  }

  static func tooFewOutputs(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .tooFewOutputs, "an interface has at least two outputs", at: .source(range),
      cure: "with one output there is nothing to order")
  }

  static func missingChoice(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingChoice, "the interface does not say which output is chosen", at: .source(range),
      cure: "add `choose highest` or `choose lowest` to its outputs")
  }

  static func notAnOutput(_ name: String, _ near: String?, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notAnOutput, "`\(name)` is no output or group of the interface", at: .source(range),
      cure: near.map { "did you mean `\($0)`?" } ?? "use a name from `outputs`")
  }

  static func outputInCondition(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .wrongKindOfName, "`\(name)` is an output, but conditions are about inputs", at: .source(range),
      cure: "use `raw choice in \(name)` to ask for the network's own choice")
  }

  static func groupInsteadOfOutput(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .groupInsteadOfOutput, "`\(name)` is a group, but one output is needed", at: .source(range),
      cure: "write `every \(name) above every ...`, or name an output")
  }

  static func preferredTwice(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`\(name)` is preferred twice", at: .source(range), cure: "name each output once")
  }

  static func aboveItself(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .contradictoryPost, "an output cannot be above itself", at: .source(range),
      cure: "name different outputs; groups must not share members")
  }

  static func nothingToChoose(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .contradictoryPost, "this leaves no output to choose", at: .source(range),
      cure: "leave at least one; to give no answer, let two properties conflict under `abstain when conflict`"
    )
  }

  static func badPlace(_ last: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .badPlace, "`top` takes a whole number from 1 to \(last)", at: .source(range),
      cure: "`top 1` is the best output alone; every output is in the top \(last + 1)")
  }

  static func scoreBoundEnforced(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .scoreBoundEnforced, "a bound on a score cannot be enforced by reordering", at: .source(range),
      cure: "declare the property with `verify` or `monitor`; to compare two outputs write `a above b`"
    )
  }
}
