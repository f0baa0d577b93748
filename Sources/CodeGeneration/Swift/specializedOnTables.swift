import LoopIR

/// The program with functions that know which large tables they read, as far as calls say it.
///
/// Before, and after for a table of more than ``SwiftTable/largestPiece`` elements:
/// ```
/// layer(input, weights_1, output)          layer_reading_weights_1(input, output)
/// ```
/// A pointer to a large table needs the table in one piece; a function that names the table does not. The bodies are
/// the same but for the table's name in the place of the parameter's.
///
/// - Returns: the declarations; of functions that were made anew the old ones only where they are
///   still called.
func specializedOnTables(_ program: [Declaration]) -> [Declaration] {
  var specialization = TableSpecialization(program)
  return specialization.declarations()
}

private struct TableSpecialization {
  private let program: [Declaration]
  private let large: Set<Identifier>
  /// For each function the tables that calls pass it: one list for each way, `nil` for other arguments.
  private var wanted: [Identifier: [[Identifier?]]] = [:]

  init(_ program: [Declaration]) {
    self.program = program
    large = Set(
      program.compactMap {
        guard case .table(let table) = $0, table.count > SwiftTable.largestPiece else { return nil }
        return table.name
      })
  }

  /// From the last to the first: by the time a function is met, all its callers were.
  mutating func declarations() -> [Declaration] {
    if large.isEmpty { return program }
    var reversed: [Declaration] = []
    for declaration in program.reversed() {
      if case .function(let function) = declaration {
        reversed += versions(of: function).reversed().map { .function($0) }
      } else {
        reversed.append(declaration)
      }
    }
    return reversed.reversed()
  }

  private mutating func versions(of function: Function) -> [Function] {
    let none = [Identifier?](repeating: nil, count: function.parameters.count)
    var ways = wanted[function.name] ?? [none]
    if !function.isStatic, !ways.contains(none) { ways.append(none) }
    return ways.map { version(of: function, reading: $0) }
  }

  private mutating func version(of function: Function, reading tables: [Identifier?]) -> Function {
    var meaning: [Identifier: Identifier] = [:]
    for (parameter, table) in zip(function.parameters, tables) {
      if let table { meaning[parameter.name] = table }
    }
    let body = function.body.map { statement in
      statement.mapped { rewritten($0, meaning) }
    }
    return Function(
      function.type, TableSpecialization.name(function.name, tables),
      zip(function.parameters, tables).filter { $1 == nil }.map(\.0), isStatic: function.isStatic,
      isVectorized: function.isVectorized, comment: function.comment
    ) { body }
  }

  /// An expression whose operands were rewritten.
  private mutating func rewritten(
    _ expression: Expression, _ meaning: [Identifier: Identifier]
  ) -> Expression {
    if case .name(let name) = expression { return .name(meaning[name] ?? name) }
    guard case .call(let function, let arguments) = expression else { return expression }
    let tables = arguments.map { argument -> Identifier? in
      guard case .name(let name) = argument, large.contains(name) else { return nil }
      return name
    }
    if !wanted[function, default: []].contains(tables) { wanted[function, default: []].append(tables) }
    return .call(
      TableSpecialization.name(function, tables), zip(arguments, tables).filter { $1 == nil }.map(\.0))
  }

  private static func name(_ function: Identifier, _ tables: [Identifier?]) -> Identifier {
    let tables = tables.compactMap(\.self)
    if tables.isEmpty { return function }
    // All names of a program start with its prefix; once is enough.
    let roles = tables.map { table in
      let prefix = zip(function.spelling, table.spelling).prefix { $0 == $1 }.count
      return String(table.spelling.dropFirst(prefix))
    }
    return Identifier(function.spelling + "_reading_" + roles.joined(separator: "_and_"))
  }
}
