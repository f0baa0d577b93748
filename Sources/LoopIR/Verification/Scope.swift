/// What the names of a program mean at one place.
struct Scope {
  /// A variable, parameter or table.
  struct Meaning: Hashable {
    /// The type of the variable, or of an array's elements.
    let type: ValueType
    let isArray: Bool
    let isConstant: Bool

    /// The type of an expression that names it.
    var expressionType: ValueType {
      guard isArray else { return type }
      return isConstant ? .constPointer(type) : .pointer(type)
    }
  }

  struct Signature {
    let result: ValueType
    let parameters: [ValueType]
  }

  private(set) var meanings: [Identifier: Meaning] = [:]
  private(set) var constants: [Identifier: Int32] = [:]
  private(set) var functions: [Identifier: Signature] = [:]
  private(set) var structures: [Identifier: Structure] = [:]

  /// - Throws: a name that already means something.
  mutating func declare(_ name: Identifier, _ meaning: Meaning) throws(ScopeError) {
    try checkIsNew(name)
    meanings[name] = meaning
  }

  mutating func declare(_ variable: Variable) throws(ScopeError) {
    try declare(
      variable.name,
      Meaning(type: variable.type, isArray: variable.count != nil, isConstant: variable.isConstant))
  }

  mutating func declare(_ constant: NamedConstant) throws(ScopeError) {
    try checkIsNew(constant.name)
    constants[constant.name] = constant.value
  }

  mutating func declare(_ function: Function) throws(ScopeError) {
    try checkIsNew(function.name)
    functions[function.name] = Signature(
      result: function.type, parameters: function.parameters.map(\.parameterType))
  }

  mutating func declare(_ structure: Structure) throws(ScopeError) {
    guard structures.updateValue(structure, forKey: structure.name) == nil else {
      throw ScopeError("`\(structure.name.spelling)` is declared twice")
    }
  }

  private func checkIsNew(_ name: Identifier) throws(ScopeError) {
    if meanings[name] != nil || constants[name] != nil || functions[name] != nil {
      throw ScopeError("`\(name.spelling)` is declared twice, or hides another")
    }
  }
}

/// A mistake within a declaration.
struct ScopeError: Error {
  let problem: String

  init(_ problem: String) { self.problem = problem }
}

extension Variable {
  /// The type that a parameter has: an array is passed as a pointer.
  var parameterType: ValueType {
    guard count != nil else { return type }
    return isConstant ? .constPointer(type) : .pointer(type)
  }
}
