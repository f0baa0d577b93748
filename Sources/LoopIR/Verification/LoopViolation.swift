/// What is wrong with a loop program: a bug of the code that made it.
public struct LoopViolation: Error, Hashable, CustomStringConvertible {
  /// The function, table or structure.
  public let declaration: String
  public let problem: String

  public var description: String { "\(declaration): \(problem)" }
}
