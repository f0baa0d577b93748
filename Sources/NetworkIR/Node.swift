/// One step of a network: an operation on earlier values.
public struct Node: Sendable {
  /// What the model calls it, for messages and comments; need not be unique.
  public let name: String
  public let operation: Operation
  /// The values it reads, in the order that the operation expects.
  public let operands: [ValueID]
  /// The shape of its result.
  public let shape: TensorShape

  /// - Requires: `shape` is the result's for the operands' shapes; a network checks it.
  public init(name: String, operation: Operation, operands: [ValueID], shape: TensorShape) {
    self.name = name
    self.operation = operation
    self.operands = operands
    self.shape = shape
  }
}
