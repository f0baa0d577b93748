/// A function of a loop program. Functions call only those declared before them: there is no recursion.
public struct Function: Sendable {
  /// Empty for none.
  public let comment: String
  /// Whether only the program itself calls it.
  public let isStatic: Bool
  /// Whether its innermost loops are written for vector instructions; a back end may tell a compiler so.
  public let isVectorized: Bool
  public let type: ValueType
  public let name: Identifier
  public let parameters: [Variable]
  /// What the function promises; `nil` if nothing is stated.
  public let contract: Contract?
  public let body: [Statement]

  public init(
    _ type: ValueType, _ name: Identifier, _ parameters: [Variable], isStatic: Bool = true,
    isVectorized: Bool = false, comment: String, contract: Contract? = nil,
    @BlockBuilder _ body: () -> [Statement]
  ) {
    self.comment = comment
    self.isStatic = isStatic
    self.isVectorized = isVectorized
    self.type = type
    self.name = name
    self.parameters = parameters
    self.contract = contract
    self.body = body()
  }
}
