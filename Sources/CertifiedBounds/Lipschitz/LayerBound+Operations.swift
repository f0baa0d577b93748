import NetworkIR

extension LayerBound {
  /// The table of proved constants. An operator that is not in it has no bound.
  ///
  /// Activations have the largest magnitude of their slope: ReLU, tanh, softplus, Celu and clipping 1, sigmoid 1/4, Elu
  /// max(1, |alpha|), hard sigmoid |alpha|, hard swish 3/2 (its slope is x / 3 + 1/2 on [-3, 3]), leaky ReLU max(1,
  /// |alpha|). Elements that are moved, left out or padded keep their distances; one that is repeated r times has sqrt r
  /// times its distance.
  ///
  /// - Throws: for an operator that is not in the table, and where a norm can't be bounded.
  init(of node: Node, in network: Network) throws(LipschitzFailure) {
    let operands = node.operands.map { network.shape(of: $0) }
    /// How often each element of an operand is read where it broadcasts: the root of that.
    func repetition(_ operand: TensorShape) -> UpperBound {
      UpperBound(node.shape.elementCount / operand.elementCount).squareRoot()
    }
    func refused() -> LipschitzFailure {
      LipschitzFailure(node: node.name, reason: .noConstant(operator: node.operation.implementation.text))
    }
    switch node.operation {
    case .affine(let affine):
      self = try LayerBound(node, affine)
    case .convolution(let convolution):
      do throws(NormFailure) {
        let norm = try convolutionNorm(of: convolution, input: operands[0])
        self.init(node, .factor(norm.bound), norm.proof)
      } catch {
        throw LipschitzFailure(node: node.name, reason: .norm(error))
      }
    case .pooling(let pooling):
      do throws(NormFailure) {
        self.init(node, .factor(try poolingNorm(of: pooling, input: operands[0])))
      } catch {
        throw LipschitzFailure(node: node.name, reason: .norm(error))
      }
    case .absoluteValue, .celu, .clip, .negation, .relu, .reshape, .slice, .softplus, .tanh, .transpose, .pad:
      self.init(node, .factor(.one))
    case .sigmoid: self.init(node, .factor(UpperBound(0.25)))
    case .hardSwish: self.init(node, .factor(UpperBound(1.5)))
    case .hardSigmoid(let gate): self.init(node, .factor(UpperBound(Double(gate.alpha.magnitude))))
    case .elu(let elu): self.init(node, .factor(max(.one, UpperBound(Double(elu.alpha.magnitude)))))
    case .selu(let selu):
      // Its constants are alpha and gamma.
      let alpha = max(1, Double(selu.constants[0][0].magnitude))
      self.init(node, .factor(UpperBound(Double(selu.gamma.magnitude)) * UpperBound(alpha)))
    case .leakyRelu(let leaky):
      self.init(node, .factor(max(.one, UpperBound(Double(leaky.slope.magnitude)))))
    case .pRelu(let prelu):
      self.init(node, .factor(UpperBound(prelu.slope.elements.reduce(1) { max($0, Double($1.magnitude)) })))
    case .gather(let gather):
      var counts = [Int](repeating: 0, count: (gather.indices.max() ?? 0) + 1)
      for index in gather.indices { counts[index] += 1 }
      self.init(node, .factor(UpperBound(counts.max() ?? 1).squareRoot()))
    case .reduction(let reduction):
      let count = reduction.axes.reduce(1) { $0 * operands[0].dimensions[$1] }
      // The groups share no element, so the constant is that of one group: sqrt(count) for a sum, as for the vector of
      // ones, and 1 for an extremum.
      switch reduction.kind {
      case .minimum, .maximum: self.init(node, .factor(.one))
      case .sum: self.init(node, .factor(UpperBound(count).squareRoot()))
      case .mean: self.init(node, .factor(UpperBound.quotient(1, Double(count)).squareRoot()))
      }
    case .concatenate:
      let rule = network.minMaxRule(of: node)
      self.init(node, rule ?? .rootOfSquares([UpperBound](repeating: .one, count: operands.count)))
    case .elementwise(let elementwise):
      switch elementwise {
      case .add, .subtract: try self.init(sum: node, .sum(operands.map { repetition($0) }), in: network)
      // |max(a, b) - max(a', b')| <= max(|a - a'|, |b - b'|), and its square at most the sum of theirs.
      case .minimum, .maximum: self.init(node, .rootOfSquares(operands.map { repetition($0) }))
      case .multiply, .divide: throw refused()
      }
    case .elementwiseWithConstant(let elementwise):
      let constants = elementwise.constant.elements.map { Double($0.magnitude) }
      let factor: UpperBound
      switch elementwise.elementwise {
      case .add, .subtract, .minimum, .maximum: factor = .one
      case .multiply: factor = UpperBound(constants.reduce(0, max))
      case .divide:
        guard elementwise.constantSide == .right, let least = constants.min(), least > 0 else {
          throw refused()
        }
        factor = .quotient(1, least)
      }
      self.init(node, .factor(factor * repetition(operands[0])))
    case .erf, .exponential, .gelu, .gru, .logarithm, .lstm, .power, .squareRoot:
      throw refused()
    }
  }

  /// A sum of branches, which may be a block that is one affine map.
  private init(sum node: Node, _ rule: Rule, in network: Network) throws(LipschitzFailure) {
    do throws(NormFailure) {
      if let block = ResidualBlock(endingAt: node, in: network), let norm = try block.norm(in: network) {
        self.init(node, rule, norm.proof, block: (block.source, norm.bound))
      } else {
        self.init(node, rule)
      }
    } catch {
      throw LipschitzFailure(node: node.name, reason: .norm(error))
    }
  }

  /// The spectral norm of the weights: each row of the operand is mapped on its own. Proved by integers unless
  /// that takes too long.
  private init(_ node: Node, _ affine: Affine) throws(LipschitzFailure) {
    do throws(NormFailure) {
      let matrix = try RealMatrix(
        rows: affine.inputCount, columns: affine.outputCount, elements: affine.weights)
      if matrix.certificateCost <= 10_000_000_000 {
        let norm = try certifiedSpectralNorm(of: matrix)
        self.init(node, .factor(norm.bound), .integerCertificate, norm.certificate)
      } else {
        self.init(node, .factor(try spectralNormUpperBound(of: matrix)), .factorization)
      }
    } catch {
      throw LipschitzFailure(node: node.name, reason: .norm(error))
    }
  }
}

extension RealMatrix {
  /// About how many products of integers a certificate takes to check.
  fileprivate var certificateCost: Double {
    let (short, long) = (Double(min(rows, columns)), Double(max(rows, columns)))
    return short * short * (long / 2 + short / 6)
  }
}
