import NetworkIR

/// How far the scores that a program computes are from the network's real scores at most, over all inputs of its domains
/// (NUMERICS, theorem T6, for any graph of operators).
///
/// For each value of the network let v be the real one and V what the program computes, both for the same input. With
/// op the node's real function and L its Lipschitz rule (``LayerBound``), both norms Euclidean,
///
///     ||V' - v'|| <= ||V' - op(V)|| + ||op(V) - op(v)|| <= local + L(||V - v||)
///     ||v'|| <= ||op(v) - op(0)|| + ||op(0)|| <= L(||v||) + ||op(0)||
///
/// where V' is the program's result for its operands V, and v' the real one for the operands v. `local` is what the node's
/// own operations round (``NodeRounding``); it depends on ||V|| <= ||v|| + ||V - v||. A rule that goes by an earlier
/// value (MinMax) passes over operators that are exact, so nothing is lost there.
///
/// Rounding is to nearest, subnormal numbers are not flushed, and nothing overflows: that is what the bounds of all
/// magnitudes have to show.
public struct ExecutionBound: Sendable {
  /// By the values' indices.
  public let values: [ValueBound]
  /// E: row-major, for outputs i and j a bound of |(Y_i - Y_j) - (y_i - y_j)|.
  public let pairwise: [UpperBound]
  /// For each output a bound of |Y_i|.
  public let scoreMagnitudes: [UpperBound]

  /// - Parameters:
  ///   - network: with the float semantics of the program.
  ///   - layers: of ``LipschitzBound`` for the same network.
  ///   - input: what the network takes, over the domains.
  /// - Throws: for the first node whose numbers may overflow, or that has no proved bound.
  public init(of network: Network, layers: [LayerBound], input: ValueBound) throws(ExecutionFailure) {
    guard input.computed.value <= largestNumber else { throw ExecutionFailure(node: nil, reason: .overflow) }
    var values = [input]
    for (node, layer) in zip(network.nodes, layers) {
      values.append(try ValueBound(of: node, in: network, layer, values))
    }
    self.values = values
    let scores = try ScoreErrors(of: network, values)
    pairwise = scores.pairwise
    scoreMagnitudes = scores.magnitudes
  }
}

/// Euclidean norms of a value, over all inputs of the domains.
public struct ValueBound: Sendable {
  /// Of the real value.
  public let magnitude: UpperBound
  /// Of the difference between what the program computes and the real value.
  public let error: UpperBound

  public init(magnitude: UpperBound, error: UpperBound) {
    self.magnitude = magnitude
    self.error = error
  }

  /// Of what the program computes.
  var computed: UpperBound { magnitude + error }
}

/// Why a program's error has no bound.
public struct ExecutionFailure: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Over the inputs' domains, numbers may be beyond binary32's range, as far as can be shown.
    case overflow
    /// The operator's rounding error has no proved bound.
    case noBound(operator: String)
  }

  /// The node's name in the model; `nil` for the network's input.
  public let node: String?
  public let reason: Reason

  public init(node: String?, reason: Reason) {
    self.node = node
    self.reason = reason
  }
}

/// FLT_MAX: what is not above it in magnitude before it is rounded does not overflow.
let largestNumber = Double(Float.greatestFiniteMagnitude)

extension ValueBound {
  /// The result of a node.
  fileprivate init(
    of node: Node, in network: Network, _ layer: LayerBound, _ values: [ValueBound]
  ) throws(ExecutionFailure) {
    let operands = node.operands.map { values[$0.index].computed }
    let carried = layer.result(of: node, in: network, values.map(\.error))
    let real = min(
      layer.result(of: node, in: network, values.map(\.magnitude)) + node.normAtZero, node.largestNorm)
    let rounding = try NodeRounding(
      of: node, in: network, operands: operands, result: real + carried)
    self.init(magnitude: real, error: carried + rounding.error)
    guard max(computed, rounding.largestStep).value <= largestNumber else {
      throw ExecutionFailure(node: node.name, reason: .overflow)
    }
  }
}
