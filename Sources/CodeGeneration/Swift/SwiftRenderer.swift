import LoopIR

/// Turns the declarations of a program that was verified into members of a Swift type.
///
/// All conversions are explicit. Integer arithmetic wraps and shifts mask (`&+`, `&<<`), so nothing traps; float
/// operations are Swift's, which are IEEE 754's, are never contracted and round once.
///
/// Arrays are `InlineArray`s. Where only elements of one are read and written it is a variable in its place. An
/// array that is passed on is declared at the start of its function, whose body then has a pointer to it.
struct SwiftRenderer {
  var text: SwiftText
  let names: SwiftNames
  var types = SwiftTypes()
  private let segmented: SegmentedTables
  /// What some function names.
  private let mentioned: Set<Identifier>
  /// The function being rendered.
  var function = FunctionState()

  struct FunctionState {
    var resultType = ValueType.void
    /// The name of every variable in scope.
    var locals: [Identifier: String] = [:]
    /// The names that Swift sees here.
    var visible: Set<String> = []
    /// The names that some variable of the function has somewhere.
    var anywhere: Set<String> = []
    /// The arrays that are passed on, and of those the ones whose declarations are still to come.
    var stored: Set<Identifier> = []
    var pending: [(name: Identifier, pointer: String)] = []
    var loopDepth = 0
  }

  /// - Parameter program: without its interface.
  init(_ program: [Declaration], names: SwiftNames, text: SwiftText) {
    self.names = names
    self.text = text
    segmented = SegmentedTables(program)
    mentioned = program.reduce(into: []) { names, declaration in
      guard case .function(let function) = declaration else { return }
      names.formUnion(LocalUses(function.body).mentioned)
    }
  }

  /// The result's structure, and those constants of the interface that the program uses.
  mutating func append(interface: [Declaration]) {
    text.line("")
    for case .constants(let constants) in interface {
      for constant in constants {
        types.declare(constant)
        if mentioned.contains(constant.name) { append(constant) }
      }
    }
    for case .structure(let structure) in interface {
      text.line("")
      append(structure)
    }
  }

  mutating func append(_ program: [Declaration]) {
    for declaration in program {
      text.line("")
      append(declaration)
    }
  }

  private mutating func append(_ declaration: Declaration) {
    switch declaration {
    case .comment(let comment): text.comment(comment)
    case .constants(let constants):
      for constant in constants {
        types.declare(constant)
        append(constant)
      }
    case .structure(let structure): append(structure)
    case .table(let table):
      types.declare(table)
      SwiftTable(table: table, overlap: segmented.overlaps[table.name])
        .append(to: &text, named: names.name(table.name), elementType: name(of: table.type))
    case .function(let function):
      append(function)
      types.declare(function)
    }
  }

  private mutating func append(_ constant: NamedConstant) {
    text.line("static var \(names.name(constant.name)): Int32 { \(constant.value) }")
  }

  /// Array fields are pointers to memory of the caller's.
  private mutating func append(_ structure: Structure) {
    types.declare(structure)
    block("struct \(name(ofStructure: structure.name)) {") {
      for field in structure.fields {
        $0.text.line(
          "var \($0.names.name(field.variable.name)): \($0.name(of: field.variable.expressionType))")
      }
    }
  }

  func isSegmented(_ table: Identifier) -> Bool { segmented.overlaps[table] != nil }

  /// A line, what the body appends indented, and a closing line.
  mutating func block(
    _ head: String, closing: String? = "}", _ body: (inout SwiftRenderer) -> Void
  ) {
    text.line(head)
    text.indent()
    body(&self)
    text.outdent()
    if let closing { text.line(closing) }
  }

  // MARK: Names

  /// Declares a parameter, variable or counter, under a name that nothing visible has.
  mutating func declareLocal(_ variable: Variable) {
    let wanted = names.name(variable.name)
    var name = wanted
    var number = 2
    while !function.visible.insert(name).inserted {
      name = "\(wanted)_\(number)"
      number += 1
    }
    function.locals[variable.name] = name
    types.declare(variable)
  }

  /// A variable, function, table or constant; with its namespace where a variable could hide it.
  func name(_ identifier: Identifier) -> String {
    if let local = function.locals[identifier] { return local }
    let name = names.name(identifier)
    return function.anywhere.contains(name) ? "Program.\(name)" : name
  }

  func name(ofStructure structure: Identifier) -> String {
    let name = names.name(structure)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  func name(of type: ValueType) -> String {
    switch type {
    case .void: "Void"
    case .bool: "Bool"
    case .int32: "Int32"
    case .float: "Float"
    case .double: "Double"
    case .uint8: "UInt8"
    case .uint16: "UInt16"
    case .uint32: "UInt32"
    case .uint64: "UInt64"
    case .named(let structure): name(ofStructure: structure)
    case .pointer(let pointee): "UnsafeMutablePointer<\(name(of: pointee))>"
    case .constPointer(let pointee): "UnsafePointer<\(name(of: pointee))>"
    }
  }
}
