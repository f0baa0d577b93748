import Diagnostics
import ExactArithmetic

/// The largest file that is read; the largest public one has 2 MiB.
public let vnnlibSizeLimit = 64 << 20

/// Reads a VNN-LIB 1.0 file.
///
/// Accepted are declarations of `X_i` and `Y_i` as `Real` (`declare-const`, `declare-fun` without arguments),
/// assertions of `and`, `or`, `not`, `true`, `false`, `<=`, `>=`, `<`, `>` and `=` over linear terms, nested as
/// one likes, and SMT-LIB's `set-logic`, `set-info`, `set-option`, `check-sat`, `get-model` and `exit`, which
/// mean nothing here but that no assertion may follow the question.
///
/// - Throws: one diagnostic, for the first thing that is wrong.
public func parseVNNLIB(_ source: SourceFile) throws(DiagnosticSet) -> UnsafeSet {
  var parser = VNNLIBParser()
  var reader = SExpressionReader(source)
  while let command = try reader.next() { try parser.read(command) }
  return try parser.finish(SourceRange(file: source, bytes: 0..<min(1, source.utf8.count)))
}

/// The commands of a file.
struct VNNLIBParser {
  /// More variables than any classifier has.
  static let variableLimit = 1 << 20

  private var declared: [Variable: SourceRange] = [:]
  /// Whether the file has asked: what is asserted behind that is no part of the question.
  private var isAsked = false
  private var assertions: [Formula] = []

  mutating func read(_ command: SExpression) throws(DiagnosticSet) {
    guard case .list(let parts, let range) = command, let word = command.head else {
      throw DiagnosticSet([.vnnlibExpected("a command such as `(assert ...)`", command.range)])
    }
    switch word {
    case "declare-const":
      guard parts.count == 3 else {
        throw DiagnosticSet([.vnnlibExpected("`(declare-const X_0 Real)`", range)])
      }
      try declare(parts[1], type: parts[2])
    case "declare-fun":
      guard parts.count == 4, case .list(let arguments, _) = parts[2], arguments.isEmpty else {
        throw DiagnosticSet([.vnnlibExpected("`(declare-fun X_0 () Real)`", range)])
      }
      try declare(parts[1], type: parts[3])
    case "assert" where isAsked:
      throw DiagnosticSet([.vnnlibUnsupported("behind `check-sat`, the command", word, parts[0].range)])
    case "assert":
      guard parts.count == 2 else { throw DiagnosticSet([.vnnlibExpected("one formula in `assert`", range)]) }
      assertions.append(try formula(parts[1], isNegated: false))
    case "set-logic", "set-info", "set-option": return
    case "check-sat", "get-model", "exit": isAsked = true
    case "vnnlib-version", "declare-network": throw DiagnosticSet([.vnnlibVersion2(parts[0].range)])
    default: throw DiagnosticSet([.vnnlibUnsupported("the command", word, parts[0].range)])
    }
  }

  /// - Parameter start: where to point if the file declares nothing.
  func finish(_ start: SourceRange) throws(DiagnosticSet) -> UnsafeSet {
    let inputs = declared.keys.count { if case .input = $0 { true } else { false } }
    let outputs = declared.count - inputs
    guard inputs > 0, outputs > 0 else {
      throw DiagnosticSet([.vnnlibNothingDeclared(inputs == 0 ? "X_0" : "Y_0", start)])
    }
    for (variable, range) in declared.sorted(by: { $0.key < $1.key }) {
      switch variable {
      case .input(let index) where index >= inputs:
        throw DiagnosticSet([.vnnlibGap("X", inputs, range)])
      case .output(let index) where index >= outputs:
        throw DiagnosticSet([.vnnlibGap("Y", outputs, range)])
      case .input, .output: continue
      }
    }
    return UnsafeSet(inputCount: inputs, outputCount: outputs, assertions: assertions)
  }

  private mutating func declare(_ name: SExpression, type: SExpression) throws(DiagnosticSet) {
    guard case .atom(let text, let range) = name, let variable = Self.variable(text) else {
      throw DiagnosticSet([.vnnlibBadName(name.range)])
    }
    guard case .atom("Real", _) = type else {
      throw DiagnosticSet([.vnnlibUnsupported("the type", type.range.text, type.range)])
    }
    if let first = declared.updateValue(range, forKey: variable) {
      throw DiagnosticSet([.vnnlibDeclaredTwice(text, first: first, range)])
    }
  }

  /// The variable that a declared name means.
  func variable(_ text: String, _ range: SourceRange) throws(DiagnosticSet) -> Variable {
    guard let variable = Self.variable(text) else { throw DiagnosticSet([.vnnlibBadName(range)]) }
    guard declared[variable] != nil else { throw DiagnosticSet([.vnnlibUndeclared(text, range)]) }
    return variable
  }

  /// `X_` or `Y_` and a number without leading zeros.
  private static func variable(_ text: String) -> Variable? {
    guard text.hasPrefix("X_") || text.hasPrefix("Y_"), let index = Int(text.dropFirst(2)),
      String(index) == text.dropFirst(2), (0..<variableLimit).contains(index)
    else { return nil }
    return text.hasPrefix("X") ? .input(index) : .output(index)
  }
}
