/// What a node computes. The list is closed, so that passes and bounds can say for each operator what they do;
/// what the operator is stands in its file in `Operators` (see ``NetworkOperator``).
///
/// Float semantics (normative; emitted code agrees bit for bit): every addition, subtraction,
/// multiplication and division is one binary32 operation, rounded to nearest, ties to even; nothing
/// is reassociated, kept in higher precision or contracted, but for sums of products where ``FloatSemantics`` asks for
/// it: with ``FloatSemantics/fma`` each product and its addition are one operation; with
/// ``FloatSemantics/binary64Sums`` the sums of layers are binary64 numbers until they are finished.
public enum Operation: Sendable {
  case absoluteValue
  case affine(Affine)
  case celu(Celu)
  case clip(Clip)
  case concatenate(Concatenate)
  case convolution(Convolution)
  case elementwise(ElementwiseOperator)
  case elementwiseWithConstant(ElementwiseWithConstant)
  case elu(Elu)
  case erf
  case exponential
  case gather(Gather)
  case gelu(Gelu)
  case gru(GRU)
  case hardSigmoid(HardSigmoid)
  case hardSwish
  case leakyRelu(LeakyRelu)
  case logarithm
  case lstm(LSTM)
  case negation
  case pad(Pad)
  case pooling(Pooling)
  case power(Power)
  case pRelu(PRelu)
  case reduction(Reduction)
  case relu
  case reshape(Reshape)
  case selu(Selu)
  case sigmoid
  case slice(Slice)
  case softplus
  case squareRoot
  case tanh
  case transpose(Transpose)

  /// The operator: its shape rule, evaluation and lowering.
  public var implementation: any NetworkOperator {
    switch self {
    case .absoluteValue: AbsoluteValue()
    case .affine(let value): value
    case .celu(let value): value
    case .clip(let value): value
    case .concatenate(let value): value
    case .convolution(let value): value
    case .elementwise(let value): value
    case .elementwiseWithConstant(let value): value
    case .elu(let value): value
    case .erf: Erf()
    case .exponential: Exponential()
    case .gather(let value): value
    case .gelu(let value): value
    case .gru(let value): value
    case .hardSigmoid(let value): value
    case .hardSwish: HardSwish()
    case .leakyRelu(let value): value
    case .logarithm: Logarithm()
    case .lstm(let value): value
    case .negation: Negation()
    case .pad(let value): value
    case .pooling(let value): value
    case .power(let value): value
    case .pRelu(let value): value
    case .reduction(let value): value
    case .relu: Relu()
    case .reshape(let value): value
    case .selu(let value): value
    case .sigmoid: Sigmoid()
    case .slice(let value): value
    case .softplus: Softplus()
    case .squareRoot: SquareRoot()
    case .tanh: Tanh()
    case .transpose(let value): value
    }
  }
}
