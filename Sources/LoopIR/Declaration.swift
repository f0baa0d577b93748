/// What stands at the top level of a loop program.
public enum Declaration: Sendable {
  case comment(String)
  /// Named integers. For example: `enum { ACAS_XU_N_1_1_INPUTS = 5 };`.
  case constants([NamedConstant])
  case structure(Structure)
  case table(Table)
  case function(Function)
}

/// A named integer of type `int32_t`.
public struct NamedConstant: Sendable {
  public let name: Identifier
  public let value: Int32
  /// What may stand in its place on machines whose vector registers have 256 and 512 bits: results are the same,
  /// but they come sooner.
  public let wide: Int32
  public let widest: Int32
  /// Empty for none.
  public let comment: String

  /// - Parameters:
  ///   - wide: `nil` for `value`.
  ///   - widest: `nil` for `value`.
  public init(name: Identifier, value: Int32, wide: Int32? = nil, widest: Int32? = nil, comment: String) {
    self.name = name
    self.value = value
    self.wide = wide ?? value
    self.widest = widest ?? value
    self.comment = comment
  }
}

/// A structure: fields in order, scalars or arrays of constant size.
public struct Structure: Sendable {
  public struct Field: Sendable {
    public let variable: Variable
    public let comment: String

    public init(variable: Variable, comment: String) {
      self.variable = variable
      self.comment = comment
    }
  }

  public let name: Identifier
  public let fields: [Field]

  public init(name: Identifier, fields: [Field]) {
    self.name = name
    self.fields = fields
  }
}

/// A constant array of numbers; not empty.
public struct Table: Sendable {
  public let name: Identifier
  public let type: ValueType
  public let values: Initializer
  public let count: Int
  /// Whether it holds weights or biases of the network, which can live in another file than the code.
  public let isWeights: Bool

  /// - Requires: `values` lists `count` numbers, at least one.
  public init(
    _ name: Identifier, _ type: ValueType, _ values: Initializer, count: Int, isWeights: Bool = false
  ) {
    precondition(count >= 1, "a table is not empty")
    self.name = name
    self.type = type
    self.values = values
    self.count = count
    self.isWeights = isWeights
  }
}

extension Declaration {
  /// A constant array; see ``Table``.
  public static func table(
    _ name: Identifier, _ type: ValueType, _ values: Initializer, count: Int
  ) -> Declaration {
    .table(Table(name, type, values, count: count))
  }
}
