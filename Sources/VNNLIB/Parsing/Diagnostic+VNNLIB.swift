import Diagnostics

/// What can be wrong with a VNN-LIB file by itself.
extension Diagnostic {
  private static func malformed(_ problem: String, _ range: SourceRange, _ cure: String) -> Diagnostic {
    Diagnostic(.malformedVNNLIB, problem, at: .source(range), cure: cure)
  }

  static func vnnlibUnclosed(_ range: SourceRange) -> Diagnostic {
    malformed("this parenthesis is not closed", range, "the file may have been cut off")
  }

  static func vnnlibStray(_ range: SourceRange) -> Diagnostic {
    malformed("this parenthesis closes nothing", range, "remove it, or open one before it")
  }

  static func vnnlibInvalidByte(_ range: SourceRange) -> Diagnostic {
    malformed(
      "this character cannot stand in a VNN-LIB file", range,
      "use printable ASCII outside comments; unpack a compressed file first")
  }

  static func vnnlibExpected(_ what: String, _ range: SourceRange) -> Diagnostic {
    malformed("expected \(what)", range, "see VNN-LIB 1.0; files of version 2.0 are not read")
  }

  static func vnnlibUnsupported(_ what: String, _ name: String, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unsupportedVNNLIB, "\(what) `\(name.prefix(40))` is not understood", at: .source(range),
      cure: "use variables of type `Real`, `and`, `or`, `not`, comparisons, and linear arithmetic")
  }

  static func vnnlibVersion2(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .unsupportedVNNLIB, "this is a file of VNN-LIB 2.0", at: .source(range),
      cure: "only version 1.0 can be imported")
  }

  private static func badVariable(_ problem: String, _ range: SourceRange, _ cure: String) -> Diagnostic {
    Diagnostic(.badVNNLIBVariable, problem, at: .source(range), cure: cure)
  }

  static func vnnlibBadName(_ range: SourceRange) -> Diagnostic {
    badVariable(
      "`\(range.text.prefix(40))` is no variable of VNN-LIB", range,
      "name inputs `X_0`, `X_1`, ... and outputs `Y_0`, `Y_1`, ..., below \(VNNLIBParser.variableLimit)")
  }

  static func vnnlibUndeclared(_ name: String, _ range: SourceRange) -> Diagnostic {
    badVariable("`\(name)` is not declared before its use", range, "add `(declare-const \(name) Real)`")
  }

  static func vnnlibDeclaredTwice(_ name: String, first: SourceRange, _ range: SourceRange) -> Diagnostic {
    badVariable("`\(name)` is declared twice", range, "remove one of the declarations")
      .noting("first declared here", at: .source(first))
  }

  static func vnnlibGap(_ letter: String, _ count: Int, _ range: SourceRange) -> Diagnostic {
    badVariable(
      "\(count) variables `\(letter)_i` are declared, but not `\(letter)_0` to `\(letter)_\(count - 1)`",
      range,
      "number them from 0 without gaps")
  }

  static func vnnlibNothingDeclared(_ name: String, _ range: SourceRange) -> Diagnostic {
    badVariable(
      "no variable `\(name)` is declared", range, "declare inputs `X_0`, ... and outputs `Y_0`, ...")
  }

  static func vnnlibNotLinear(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .nonlinearVNNLIB, "this is not linear, or a division by zero", at: .source(range),
      cure: "multiply and divide by numbers only")
  }

  private static func tooLarge(_ problem: String, _ range: SourceRange, _ cure: String) -> Diagnostic {
    Diagnostic(.vnnlibTooLarge, problem, at: .source(range), cure: cure)
  }

  static func vnnlibTooDeep(_ limit: Int, _ range: SourceRange) -> Diagnostic {
    tooLarge("parentheses nest more than \(limit) deep", range, "flatten the formula")
  }

  static func vnnlibNumberTooLarge(_ range: SourceRange) -> Diagnostic {
    tooLarge("a number has too many digits", range, "use numbers of at most 400 characters")
  }
}
