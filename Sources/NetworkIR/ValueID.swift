/// Names a value of a network: 0 is the network's input, k the result of node k - 1.
public struct ValueID: Sendable, Hashable {
  public let index: Int

  /// - Requires: `index >= 0`.
  public init(index: Int) {
    precondition(index >= 0, "a value's index is not negative")
    self.index = index
  }

  public static let networkInput = ValueID(index: 0)

  /// The result of the node at `position` of ``Network/nodes``.
  public static func result(ofNodeAt position: Int) -> ValueID { ValueID(index: position + 1) }

  /// The position in ``Network/nodes`` of the node that computes this value; `nil` for the input.
  public var nodePosition: Int? { index == 0 ? nil : index - 1 }
}
