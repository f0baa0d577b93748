import NetworkIR

extension NodeRounding {
  /// Activations with more than one operation an element, from the bounds of the article ElementaryFunctions: for all
  /// operands, in units of the true value, with half a unit more beyond a kernel's clamp. A unit is at most 2^-24 below
  /// 1, at most 2^-23 of the value's magnitude, and at least 2^-149.
  ///
  /// - Sigmoid (3.1 units) and tanh (3.5) lie within 1: 4 2^-24.
  /// - Softplus (4.75 units): 6 2^-23 of the result, and 6 2^-149.
  /// - Elu: e^x - 1 (1.4 units, magnitude up to 1) is off by 2 2^-24, and its product with alpha rounds once: |alpha| 4
  ///   2^-24 covers it, and an underflow. Selu rounds once more.
  /// - Celu divides first: (1 + d) x / alpha + t, and as |e^a - e^b| <= |a - b| e^max(a, b) and |a| e^a <= 1 / e, that
  ///   moves the exponential by less than 2^-24. So alpha 8 2^-24, and two underflows, one of them times alpha.
  /// - Hard sigmoid rounds a product and a sum, then clips: g(2) (|alpha| |x| + |beta|), and an underflow times 1 + u.
  /// - Hard swish: with 1/6 rounded, the gate is off by less than 3 u + t where |x| <= 4, and saturated beyond, as the
  ///   real one. There x times the gate is off by less than 16 u (x counts as -3 below that, where the real gate is 0 and
  ///   the computed one at most 3 u + t). The product rounds once: u of the result, and less than 32 u in all.
  init(
    activation operation: Operation, _ operand: UpperBound, _ result: UpperBound, _ ones: UpperBound
  ) {
    let unit = SingleRounding.unit
    let underflow = SingleRounding.underflow * ones
    func bound(_ value: Float) -> UpperBound { UpperBound(Double(value.magnitude)) }
    func eluError(_ alpha: Float) -> UpperBound { bound(alpha) * UpperBound(0x1p-22) * ones + underflow }
    var largest = UpperBound.zero
    switch operation {
    case .sigmoid, .tanh: self.init(error: UpperBound(0x1p-22) * ones, largestStep: .zero)
    case .softplus:
      self.init(error: UpperBound(6) * (UpperBound(0x1p-23) * result + underflow), largestStep: .zero)
    case .elu(let elu): self.init(error: eluError(elu.alpha), largestStep: .zero)
    case .selu(let selu):
      let inner = bound(selu.gamma) * eluError(selu.constants[0][0])
      // Elu itself may be larger than its product with a small gamma.
      largest = operand + UpperBound(2) * bound(selu.constants[0][0])
      self.init(error: inner + unit * (result + inner) + underflow, largestStep: largest)
    case .celu(let celu):
      let product = bound(celu.alpha) * UpperBound(0x1p-21) * ones
      self.init(error: product + (bound(celu.alpha) + .one) * underflow, largestStep: .zero)
    case .hardSigmoid(let gate):
      largest = bound(gate.alpha) * operand + bound(gate.beta) * ones
      self.init(
        error: SingleRounding.gamma(2) * largest + UpperBound(2) * underflow,
        largestStep: UpperBound(2) * largest)
    case .hardSwish:
      self.init(error: unit * result + UpperBound(0x1p-19) * ones, largestStep: .zero)
    case .absoluteValue, .affine, .clip, .concatenate, .convolution, .elementwise, .elementwiseWithConstant,
      .erf, .exponential, .gather, .gelu, .gru, .leakyRelu, .logarithm, .lstm, .negation, .pad, .pooling,
      .power, .pRelu, .reduction, .relu, .reshape, .slice, .squareRoot, .transpose:
      preconditionFailure("an activation of several operations")
    }
  }
}
