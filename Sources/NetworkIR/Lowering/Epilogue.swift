import LoopIR

/// The element-wise operations on an element between the operation that makes it and its store.
struct Epilogue: Sendable {
  /// Where an element comes from.
  enum Source: Sendable {
    /// What the step before made, or the kernel.
    case chain
    /// The element of an array; the strides are those for the result's indices.
    case array(Identifier, strides: [Int])
  }

  struct Step: Sendable {
    let operation: any PointwiseOperator
    let operands: [Source]
    let constants: [Source]
  }

  let steps: [Step]
  /// Where the result is stored.
  let result: View

  /// The statements that apply all steps to an element and store it.
  ///
  /// - Parameters:
  ///   - value: the element; `nil` if the first step makes it.
  ///   - offset: the index of the element in an array with the given strides.
  ///   - elements: numbers the names of intermediate elements.
  func store(
    _ value: Expression?, offset: ([Int]) -> Expression, elements: inout Int, functions: inout SharedFunctions
  ) -> [Statement] {
    var statements: [Statement] = []
    func named(_ value: Expression) -> Expression {
      if case .name = value { return value }
      let name = LoweringNames.element(elements)
      elements += 1
      statements.append(.constant(.float, name, value))
      return name.expression
    }
    var chain = value
    for step in steps {
      func element(_ source: Source) -> Expression {
        switch source {
        case .array(let base, let strides): return named(base[offset(strides)])
        case .chain:
          guard let value = chain else { preconditionFailure("the first step reads arrays") }
          let name = named(value)
          chain = name
          return name
        }
      }
      let operands = step.operands.map(element)
      chain = step.operation.lower(operands, constants: step.constants.map(element), &functions)
    }
    guard let chain else { preconditionFailure("a group makes a value") }
    return statements + [.assign(result.base[offset(result.strides)], chain)]
  }
}
