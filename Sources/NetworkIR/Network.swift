import Diagnostics

/// A validated network: an acyclic graph of operations from one input to one vector of outputs, which are the
/// scores of a classifier or the one value (or more) of a regressor.
///
/// Holding one means that all of this was checked:
/// - the nodes are in topological order: every operand is the input or an earlier node's result;
/// - every node has as many operands as its operation reads, and its shape follows from theirs;
/// - every weight, bias and constant is finite, and no constant divisor is zero;
/// - the output names an existing value;
/// - all values together have at most ``maximumElementCount`` elements.
public struct Network: Sendable {
  public let identity: ModelIdentity
  public let inputShape: TensorShape
  public let nodes: [Node]
  /// The scores.
  public let output: ValueID
  public let semantics: FloatSemantics

  /// A bound on the elements of all values together, so that a small file with large claimed
  /// dimensions can't ask for more memory than a machine has.
  public static let maximumElementCount = 1 << 26

  /// - Throws: every violation of the invariants above, with the codes of models (`ORD06xx`).
  public init(
    identity: ModelIdentity, inputShape: TensorShape, nodes: [Node], output: ValueID,
    semantics: FloatSemantics = .contractOff
  ) throws(DiagnosticSet) {
    self.identity = identity
    self.inputShape = inputShape
    self.nodes = nodes
    self.output = output
    self.semantics = semantics
    try validate().throwOnError()
  }

  private init(_ network: Network, semantics: FloatSemantics) {
    identity = network.identity
    inputShape = network.inputShape
    nodes = network.nodes
    output = network.output
    self.semantics = semantics
  }

  /// The same network with sums of products that round as `semantics` says.
  public func rounding(as semantics: FloatSemantics) -> Network { Network(self, semantics: semantics) }

  public var inputCount: Int { inputShape.elementCount }
  public var outputCount: Int { outputShape.elementCount }
  public var outputShape: TensorShape { shape(of: output) }

  /// - Requires: `value` belongs to this network.
  public func shape(of value: ValueID) -> TensorShape {
    value.nodePosition.map { nodes[$0].shape } ?? inputShape
  }

  /// How many operands (and the output) refer to each value, by the value's index.
  public var useCounts: [Int] {
    var counts = [Int](repeating: 0, count: nodes.count + 1)
    for node in nodes { for operand in node.operands { counts[operand.index] += 1 } }
    counts[output.index] += 1
    return counts
  }

  /// The number of weights, biases and other stored numbers.
  public var parameterCount: Int {
    nodes.reduce(0) { $0 + $1.operation.implementation.constants.reduce(0) { $0 + $1.count } }
  }
}
