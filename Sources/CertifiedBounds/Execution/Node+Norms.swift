import NetworkIR

extension Node {
  /// sqrt n for the result's n elements: the norm of ones.
  var rootOfCount: UpperBound { UpperBound(shape.elementCount).squareRoot() }

  /// A bound of the norm of the result for operands that are all zeros.
  var normAtZero: UpperBound {
    switch operation {
    case .affine(let affine):
      return norm(of: affine.bias) * UpperBound(affine.rows).squareRoot()
    case .convolution(let convolution):
      let places = shape.elementCount / convolution.outputChannels
      return norm(of: convolution.bias) * UpperBound(places).squareRoot()
    case .pad(let pad): return UpperBound(Double(pad.value.magnitude)) * rootOfCount
    case .clip(let clip): return UpperBound(Double(clip.evaluate(0).magnitude)) * rootOfCount
    case .sigmoid: return UpperBound(0.5) * rootOfCount
    // log 2 = 0.69314718...
    case .softplus: return UpperBound(0.6931472) * rootOfCount
    case .hardSigmoid(let gate):
      return UpperBound(Double(max(0, min(1, gate.beta)))) * rootOfCount
    case .elementwiseWithConstant(let elementwise):
      switch elementwise.elementwise {
      // The constant, or no larger: min(0, c) and max(0, c).
      case .add, .subtract, .minimum, .maximum: return norm(of: elementwise.constant.broadcast(to: shape))
      case .multiply, .divide: return .zero
      }
    case .absoluteValue, .celu, .concatenate, .elementwise, .elu, .erf, .exponential, .gather, .gelu, .gru,
      .hardSwish, .leakyRelu, .logarithm, .lstm, .negation, .pooling, .power, .pRelu, .reduction, .relu,
      .reshape, .selu, .slice, .squareRoot, .tanh, .transpose:
      return .zero
    }
  }

  /// A bound of the norm of any result; infinite if there is none.
  var largestNorm: UpperBound {
    switch operation {
    case .sigmoid, .tanh, .hardSigmoid: return rootOfCount
    case .clip(let clip):
      guard let lower = clip.lower, let upper = clip.upper else { return .infinity }
      return UpperBound(Double(max(lower.magnitude, upper.magnitude))) * rootOfCount
    case .absoluteValue, .affine, .celu, .concatenate, .convolution, .elementwise, .elementwiseWithConstant,
      .elu, .erf, .exponential, .gather, .gelu, .gru, .hardSwish, .leakyRelu, .logarithm, .lstm, .negation,
      .pad, .pooling, .power, .pRelu, .reduction, .relu, .reshape, .selu, .slice, .softplus, .squareRoot,
      .transpose:
      return .infinity
    }
  }
}

/// Not below the Euclidean norm.
func norm(of elements: [Float]) -> UpperBound { sumOfSquares(elements.map { Double($0) }).squareRoot() }
