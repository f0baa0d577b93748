import Diagnostics

/// The messages about names, indices and families.
extension Diagnostic {
  static func missingHeader(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingHeader, "the specification has no header", at: .source(range),
      cure: "start with `ordain 1` and `spec \"name\" 1.0.0`")
  }

  static func notASpecification(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingHeader, "this is no specification", at: .source(range),
      cure: "name a text in UTF-8 that starts with `ordain 1` and `spec \"name\" 1.0.0`")
  }

  static func nothingDeclared(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nothingDeclared,
      "the specification declares no network: its properties are checked where it is imported beside one",
      severity: .note, at: .source(range))
  }

  static func unknownName(_ name: String, _ what: String, _ near: String?, _ range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      .unknownName, "unknown \(what) `\(name)`", at: .source(range),
      cure: near.map { "did you mean `\($0)`?" } ?? "declare it, or correct the name")
  }

  static func duplicateName(_ name: NameSyntax, first: SourceRange) -> Diagnostic {
    Diagnostic(
      .duplicateName, "`\(name.text)` is declared twice", at: .source(name.range),
      cure: "rename one of the two",
      notes: [Note("it is declared here as well", at: .source(first))])
  }

  static func redefinedUnit(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      .duplicateName, "the unit `\(name.text)` is known already", at: .source(name.range),
      cure: "remove the declaration, or choose another name")
  }

  static func cyclicDefinition(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .cyclicDefinition, "`\(name)` is defined by itself", at: .source(range), cure: "break the cycle")
  }

  static func wrongArgumentCount(_ name: String, _ wanted: Int, _ found: Int, _ range: SourceRange)
    -> Diagnostic
  {
    Diagnostic(
      .wrongArgumentCount, "`\(name)` takes \(counted(wanted, "argument")), not \(found)",
      at: .source(range),
      cure: "write `\(name)\(wanted == 0 ? "` alone" : "(\(placeholders(wanted)))`")")
  }

  private static func placeholders(_ count: Int) -> String {
    Array(repeating: "...", count: count).joined(separator: ", ")
  }

  static func wrongIndexCount(_ name: String, _ wanted: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .indexOutOfRange,
      wanted == 0
        ? "`\(name)` has no indices" : "`\(name)` takes \(wanted) ind\(wanted == 1 ? "ex" : "ices")",
      at: .source(range),
      cure: "write `\(name)\(wanted == 0 ? "` alone" : "[\(placeholders(wanted))]`")")
  }

  static func indexOutOfRange(_ limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .indexOutOfRange, "the index is not a whole number from 0 to \(limit - 1)", at: .source(range),
      cure: "indices count from 0")
  }

  static func notAWholeNumber(_ what: String, _ minimum: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .indexOutOfRange, "\(what) is a whole number of at least \(minimum)", at: .source(range),
      cure: "write digits only, at most 9223372036854775807")
  }

  static func badItemRange(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .indexOutOfRange, "the range is not one of whole numbers, upwards", at: .source(range),
      cure: "write it like `1..5`")
  }

  static func tooMany(_ what: String, _ limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .expansionTooLarge, "more than \(limit) \(what)", at: .source(range), cure: "declare fewer")
  }

  static func expansionTooLarge(_ what: String, _ limit: Int, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .expansionTooLarge, "\(what) expands to more than \(limit) parts", at: .source(range),
      cure: "simplify what is nested in it")
  }

  static func cyclicOverrides(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .cyclicOverrides, "`\(name)` overrides itself in the end", at: .source(range),
      cure: "remove one `overrides` of the cycle")
  }

  static func notEnforced(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .wrongKindOfName, "`\(name)` is not enforced, so it never applies to what is returned",
      at: .source(range), cure: "name properties that are declared with `enforce`")
  }

  static func emptySelection(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptySelection, "`\(name)` is on no network", at: .source(range),
      cure: "correct its `on` and `except`")
  }

  static func overridesNowhere(_ winner: String, _ loser: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptySelection, "`\(winner)` and `\(loser)` are on no network together", at: .source(range),
      cure: "a property gives way only where both are enforced: correct their `on`, or remove this")
  }

  static func ambiguousInterface(_ name: String, _ interfaces: [String], _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .ambiguousInterface,
      "`\(name)` is on networks of different interfaces: "
        + interfaces.map { "`\($0)`" }.joined(separator: ", "),
      at: .source(range), cure: "say `on` which networks, all of one interface")
  }

  static func badFamilyIndex(_ name: String, _ range: ClosedRange<Int>, _ place: SourceRange) -> Diagnostic {
    Diagnostic(
      .badFamilyIndex, "`\(name)`'s index runs from \(range.lowerBound) to \(range.upperBound)",
      at: .source(place), cure: "write an index or an upward range within it, or `*`")
  }

  static func unknownPlaceholder(_ placeholder: String, _ names: [String], _ range: SourceRange) -> Diagnostic
  {
    let known = names.map { "`{\($0)}`" }.joined(separator: ", ")
    return Diagnostic(
      .unknownPlaceholder, "`\(placeholder)` stands for nothing", at: .source(range),
      cure: names.isEmpty ? "a single network's path has no placeholders" : "the family has \(known)")
  }

  static func emptyPath(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownPlaceholder, "the model's path is empty", at: .source(range),
      cure: "name an `.onnx` or `.nnet` file")
  }
}
