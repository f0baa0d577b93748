import Diagnostics

/// The messages about units, quantities and conditions.
extension Diagnostic {
  static func unknownUnit(_ name: String, _ near: String?, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownUnit, "unknown unit `\(name)`", at: .source(range),
      cure: near.map { "did you mean `\($0)`?" } ?? "declare it: `unit \(name) = ...`")
  }

  static func quantityInUnit(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unknownUnit, "`\(name)` is no unit, but stands directly behind one", at: .source(range),
      cure: "to multiply or divide quantities, write blanks around `*` and `/`")
  }

  static func unitMismatch(_ found: String, _ wanted: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unitMismatch, "this is \(found), but \(wanted) is needed", at: .source(range),
      cure: "compare and add quantities of the same kind only")
  }

  static func missingUnit(_ wanted: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .missingUnit, "this is a plain number, but \(wanted) is needed", at: .source(range),
      cure: "write its unit behind it, on the same line")
  }

  static func offsetUnitInProduct(_ text: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .offsetUnitInProduct, "`\(text)` has an offset and cannot be part of a product or a unit",
      at: .source(range), cure: "use `K`")
  }

  static func pointComparedWithDifference(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unitMismatch, "a temperature is compared with a difference or sum of temperatures", at: .source(range),
      cure: "write differences in `K`, as in `20 degC + 5 K`")
  }

  static func constantTooLarge(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .constantTooLarge, "the exact value has too many digits, or its unit too large an exponent",
      at: .source(range), cure: "use numbers with smaller exponents")
  }

  static func definitionsTooDeep(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nestingTooDeep, "definitions that use one another are nested too deep", at: .source(range),
      cure: "write parts of them out")
  }

  static func notLinear(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notLinear, "an input cannot be multiplied with, or divide, another quantity that depends on inputs",
      at: .source(range),
      cure: "multiply and divide inputs by constants only")
  }

  static func notACondition(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notACondition, "this is a quantity, but a condition is needed", at: .source(range),
      cure: "compare it: `... >= 3 ft`, `... in 1 .. 2 s`")
  }

  static func notAQuantity(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notAQuantity, "this is a condition, but a quantity is needed", at: .source(range),
      cure: "join conditions with `and`, `or`, `not`")
  }

  static func notConstant(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .notConstant, "this depends on an input, but a constant is needed", at: .source(range),
      cure: "use numbers and parameters only")
  }

  static func divisionByZero(_ range: SourceRange) -> Diagnostic {
    Diagnostic(.divisionByZero, "this is zero", at: .source(range), cure: "divide by something else")
  }

  static func noDomainEnd(_ word: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .noDomainEnd, "`\(word)` is the end of an input's domain, but no single input is compared here",
      at: .source(range), cure: "write `input in \(word == "min" ? "min .. ..." : "... .. max")`, or a number"
    )
  }

  static func inputWithoutDomain(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .noDomainEnd, "`\(name)` has no declared domain", at: .source(range),
      cure: "declare it: `\(name) : unit in low .. high`")
  }

  static func emptyRange(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .emptyRange, "the range is empty: its lower end is above its upper end", at: .source(range),
      cure: "write `low .. high`")
  }

  static func beyondDomain(
    _ input: String, _ bound: String, _ lower: String, _ upper: String, _ unit: String, _ range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .beyondDomain,
      "\(bound) is beyond the domain of `\(input)`, \(lower) .. \(upper)\(unit.isEmpty ? "" : " " + unit)",
      severity: .warning, at: .source(range),
      cure: "the condition is clipped to the domain; write `min` or `max` if that is meant")
  }

  static func neverEqual(_ bound: String, _ input: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .neverEqual, "`\(input)` is a binary32 number and can never equal \(bound)", severity: .warning,
      at: .source(range), cure: "use a range")
  }

  static func notPositive(_ what: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .parameterOutOfRange, "\(what) is a positive quantity", at: .source(range), cure: "correct its value")
  }

  static func parameterOutOfRange(_ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .parameterOutOfRange, "`\(name)` is outside its own range", at: .source(range),
      cure: "correct the value or the range")
  }
}
