/// The operators that are translated. A new one is a case here, a file in `Operators` and the `switch`
/// that then stops compiling.
enum ONNXOperator: String, CaseIterable {
  case add = "Add"
  case constant = "Constant"
  case div = "Div"
  case flatten = "Flatten"
  case gemm = "Gemm"
  case identity = "Identity"
  case logSoftmax = "LogSoftmax"
  case matMul = "MatMul"
  case mul = "Mul"
  case relu = "Relu"
  case reshape = "Reshape"
  case softmax = "Softmax"
  case sub = "Sub"

  /// The fewest and the most inputs.
  var inputCounts: ClosedRange<Int> {
    switch self {
    case .constant: 0...0
    case .flatten, .identity, .logSoftmax, .relu, .softmax: 1...1
    case .add, .div, .matMul, .mul, .reshape, .sub: 2...2
    case .gemm: 2...3
    }
  }
}
