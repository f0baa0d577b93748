import NetworkIR

/// A bound of what one node does to distances.
public struct LayerBound: Sendable {
  /// How a factor was proved.
  public enum Proof: String, Sendable, CaseIterable {
    /// From the operator's definition: an activation, a pooling, or elements that move.
    case definition
    /// By a certificate of integers (theorem T2).
    case integerCertificate
    /// By a factorisation in binary64 with its error terms (theorem T1).
    case factorization
    /// By the same at every frequency of a torus (theorem T3).
    case fourier
  }

  /// How the operands' distances come together.
  ///
  /// A rule that goes by an earlier value passes over operators that are exact in floats: ``ExecutionBound`` relies on it.
  public enum Rule: Sendable {
    /// The factor times the first operand's.
    case factor(UpperBound)
    /// The sum of the operands', each times its factor.
    case sum([UpperBound])
    /// The root of the sum of squares of the operands', each times its factor.
    case rootOfSquares([UpperBound])
    /// That of a value: the pairs of a minimum and a maximum over the same groups of it.
    case minMax(ValueID)
    /// That of two values together: their minima and maxima, element by element.
    case minMaxOfPair(ValueID, ValueID)
  }

  /// The node's name in the model.
  public let name: String
  public let rule: Rule
  public let proof: Proof
  /// For the end of a block that is one affine map: the value that it starts from, and the norm of its linear part. It
  /// is about the network without rounding; what the block's layers round is no part of it.
  public let block: (source: ValueID, factor: UpperBound)?
  /// For `integerCertificate`: of the node's weights, inputs x outputs.
  public let certificate: NormCertificate?

  init(
    _ node: Node, _ rule: Rule, _ proof: Proof = .definition, _ certificate: NormCertificate? = nil,
    block: (source: ValueID, factor: UpperBound)? = nil
  ) {
    name = node.name
    self.rule = rule
    self.proof = proof
    self.certificate = certificate
    self.block = block
  }

  /// The constant of the node's result as a function of the network's input, given those of the values before.
  func constant(of node: Node, in network: Network, _ values: [UpperBound]) -> UpperBound {
    let bound = result(of: node, in: network, values)
    return block.map { min(bound, $0.factor * values[$0.source.index]) } ?? bound
  }

  /// The distance of the node's results, given those of the values before, whatever these come from.
  func result(of node: Node, in network: Network, _ values: [UpperBound]) -> UpperBound {
    let operands = node.operands.map { values[$0.index] }
    switch rule {
    case .factor(let factor): return factor * operands[0]
    case .sum(let factors):
      return zip(factors, operands).reduce(.zero) { $0 + $1.0 * $1.1 }
    case .rootOfSquares(let factors):
      if factors.allSatisfy({ $0 == .one }), let source = network.source(ofDisjointSlices: node.operands) {
        return values[source.index]
      }
      return rootOfSquares(zip(factors, operands).map { $0 * $1 })
    case .minMax(let source): return values[source.index]
    case .minMaxOfPair(let a, let b):
      let source = network.source(ofDisjointSlices: [a, b])
      return source.map { values[$0.index] } ?? rootOfSquares([values[a.index], values[b.index]])
    }
  }
}

/// The root of the sum of squares; of one number itself.
func rootOfSquares(_ bounds: [UpperBound]) -> UpperBound {
  bounds.count == 1 ? bounds[0] : bounds.reduce(.zero) { $0 + $1 * $1 }.squareRoot()
}
