import ExactArithmetic
import NetworkIR

/// Whether some input of a box satisfies rows about inputs and outputs of a piecewise linear network.
public struct ExactQuestion: Sendable {
  public let network: Network
  /// One bound an input, both included.
  public let lower: [Rational]
  public let upper: [Rational]
  /// About the inputs, then the outputs; all of them are to hold.
  public let rows: [LinearRow]
  /// What the execution adds to each element of a node's result at most, in magnitude, by the node's position;
  /// empty for the real network.
  public let errors: [Int: [Rational]]
  /// Gates of which only this side is asked about.
  public let sides: [Gate: Gate.Side]

  /// - Requires: one bound an input, one coefficient an input and output, one error an element.
  public init(
    _ network: Network, lower: [Rational], upper: [Rational], rows: [LinearRow],
    errors: [Int: [Rational]] = [:],
    sides: [Gate: Gate.Side] = [:]
  ) {
    let count = network.inputCount
    precondition(lower.count == count && upper.count == count, "one bound an input")
    precondition(
      rows.allSatisfy { $0.coefficients.count == count + network.outputCount },
      "one coefficient an input and output")
    precondition(
      errors.allSatisfy { $0.value.count == network.nodes[$0.key].shape.elementCount }, "one error an element"
    )
    self.network = network
    self.lower = lower
    self.upper = upper
    self.rows = rows
    self.errors = errors
    self.sides = sides
  }

  /// Whether the real network makes this input an answer.
  func isAnswer(_ input: [Rational]) -> Bool {
    let isInside = input.indices.allSatisfy { lower[$0] <= input[$0] && input[$0] <= upper[$0] }
    guard isInside, let outputs = try? network.evaluateExactly(input) else { return false }
    return rows.allSatisfy { $0.holds(at: input + outputs) }
  }
}

/// An operator without a piecewise linear meaning here.
public struct UnsupportedOperator: Error, Hashable, Sendable {
  /// The node's name in the model.
  public let node: String
  /// What a text of the network calls the operator.
  public let text: String
}
