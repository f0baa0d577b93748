import Diagnostics
import ExactArithmetic

/// Values for the inputs of an interface, written like `rho = 1600 ft, theta = 0 rad`: quantities may use
/// the specification's units and parameters and are exact, in each input's declared unit.
///
/// - Returns: one value an input scalar, in the interface's order.
/// - Throws: what is wrong with the text: unknown, repeated or missing inputs, units, syntax.
public func inputValues(
  _ text: SourceFile, interface: Int, of tree: SpecTree
) throws(DiagnosticSet) -> [Rational] {
  var diagnostics = DiagnosticSet()
  var parser = Parser(source: text, tokens: Lexer.tokenize(text, reportingTo: &diagnostics))
  var assignments: [AssignmentSyntax] = []
  do throws(Recovery) {
    assignments = try parser.assignments()
  } catch {
    // Reported by the parser.
  }
  diagnostics.report(contentsOf: parser.diagnostics)
  try diagnostics.throwOnError()

  var checker = Checker(tree)
  _ = checker.run()
  let known = checker.diagnostics.diagnostics.count
  let everything = SourceRange(file: text, bytes: 0..<text.utf8.count)
  let values = checker.values(assignments, of: interface, everything)
  diagnostics.report(contentsOf: DiagnosticSet(Array(checker.diagnostics.diagnostics[known...])))
  try diagnostics.throwOnError()
  guard let values else { throw diagnostics }
  return values
}

extension Parser {
  /// `reference ( "=" | ":" ) sum { "," reference ( "=" | ":" ) sum }`, then the end.
  fileprivate mutating func assignments() throws(Recovery) -> [AssignmentSyntax] {
    let assignments = try commaSeparated {
      (parser) throws(Recovery) -> AssignmentSyntax in
      let name = try parser.reference("an input's name")
      if !parser.take(.colon) { try parser.expect(.assign, cure: "write `rho = 1600 ft`") }
      return AssignmentSyntax(input: name, value: try parser.sum())
    }
    if kind != .endOfFile { throw fail(expected: "`,` or the end") }
    return assignments
  }
}

extension Checker {
  /// One value an input scalar of the interface; `nil` if one is wrong or missing, which is reported.
  mutating func values(
    _ assignments: [AssignmentSyntax], of interface: Int, _ range: SourceRange
  ) -> [Rational]? {
    let complaints = diagnostics.diagnostics.count
    var places: [Int: SourceRange] = [:]
    var values = [Rational?](repeating: nil, count: interfaces[interface].inputs.count)
    for assignment in assignments {
      let reference = assignment.input
      let name = reference.name.text
      guard inputShapes[interface][name] != nil else {
        let inputs = inputShapes[interface].keys.sorted()
        report(.unknownName(name, "input", suggestion(for: name, among: inputs), reference.range))
        continue
      }
      guard let index = input(reference, of: interface, Scope()) else { continue }
      if let first = places[index] {
        report(.duplicateName(reference.name, first: first))
        continue
      }
      places[index] = reference.range
      values[index] = inUnit(assignment.value, inputUnits[interface][index])
    }
    let missing = values.indices.filter { values[$0] == nil }.map { interfaces[interface].inputs[$0].name }
    if !missing.isEmpty, diagnostics.diagnostics.count == complaints {
      report(.missingInputs(missing, range))
    }
    return missing.isEmpty ? values.compactMap { $0 } : nil
  }
}

extension Diagnostic {
  fileprivate static func missingInputs(_ names: [String], _ range: SourceRange) -> Diagnostic {
    let shown = names.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .missingInput, "no value for \(shown)\(names.count > 4 ? " and \(names.count - 4) more" : "")",
      at: .source(range), cure: "give every input a value: `name = quantity`, separated by commas")
  }
}
