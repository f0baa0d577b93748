/// What a node computes. The list is closed, so that passes and bounds can say for each operator what they do;
/// what the operator is stands in its file in `Operators` (see ``NetworkOperator``).
///
/// Float semantics (normative; emitted code agrees bit for bit): every addition, subtraction,
/// multiplication and division is one binary32 operation, rounded to nearest, ties to even; nothing
/// is contracted, reassociated or kept in higher precision. Sums of products round as ``FloatSemantics`` says.
public enum Operation: Sendable {
  case affine(Affine)
  case concatenate(Concatenate)
  case convolution(Convolution)
  case elementwise(ElementwiseOperator)
  case elementwiseWithConstant(ElementwiseWithConstant)
  case gather(Gather)
  case pad(Pad)
  case pooling(Pooling)
  case reduction(Reduction)
  case relu
  case reshape(Reshape)
  case slice(Slice)
  case transpose(Transpose)

  /// The operator: its shape rule, evaluation and lowering.
  public var implementation: any NetworkOperator {
    switch self {
    case .affine(let affine): affine
    case .concatenate(let concatenate): concatenate
    case .convolution(let convolution): convolution
    case .elementwise(let elementwise): elementwise
    case .elementwiseWithConstant(let elementwise): elementwise
    case .gather(let gather): gather
    case .pad(let pad): pad
    case .pooling(let pooling): pooling
    case .reduction(let reduction): reduction
    case .relu: Relu()
    case .reshape(let reshape): reshape
    case .slice(let slice): slice
    case .transpose(let transpose): transpose
    }
  }
}
