/// The operators that are translated. A new one is a case here, a file in `Operators` and the `switch`
/// that then stops compiling.
enum ONNXOperator: String, CaseIterable {
  case abs = "Abs"
  case add = "Add"
  case and = "And"
  case averagePool = "AveragePool"
  case batchNormalization = "BatchNormalization"
  case cast = "Cast"
  case ceil = "Ceil"
  case celu = "Celu"
  case clip = "Clip"
  case concat = "Concat"
  case constant = "Constant"
  case constantOfShape = "ConstantOfShape"
  case conv = "Conv"
  case div = "Div"
  case dropout = "Dropout"
  case elu = "Elu"
  case equal = "Equal"
  case erf = "Erf"
  case exp = "Exp"
  case expand = "Expand"
  case flatten = "Flatten"
  case floor = "Floor"
  case gather = "Gather"
  case gelu = "Gelu"
  case gemm = "Gemm"
  case globalAveragePool = "GlobalAveragePool"
  case globalMaxPool = "GlobalMaxPool"
  case greater = "Greater"
  case greaterOrEqual = "GreaterOrEqual"
  case gru = "GRU"
  case hardSigmoid = "HardSigmoid"
  case hardSwish = "HardSwish"
  case identity = "Identity"
  case leakyRelu = "LeakyRelu"
  case less = "Less"
  case lessOrEqual = "LessOrEqual"
  case log = "Log"
  case logSoftmax = "LogSoftmax"
  case lstm = "LSTM"
  case matMul = "MatMul"
  case max = "Max"
  case maxPool = "MaxPool"
  case min = "Min"
  case mod = "Mod"
  case mul = "Mul"
  case neg = "Neg"
  case not = "Not"
  case or = "Or"
  case pad = "Pad"
  case pow = "Pow"
  case pRelu = "PRelu"
  case range = "Range"
  case reduceMax = "ReduceMax"
  case reduceMean = "ReduceMean"
  case reduceMin = "ReduceMin"
  case reduceSum = "ReduceSum"
  case relu = "Relu"
  case reshape = "Reshape"
  case selu = "Selu"
  case shape = "Shape"
  case sigmoid = "Sigmoid"
  case size = "Size"
  case slice = "Slice"
  case softmax = "Softmax"
  case softplus = "Softplus"
  case split = "Split"
  case sqrt = "Sqrt"
  case squeeze = "Squeeze"
  case sub = "Sub"
  case sum = "Sum"
  case tanh = "Tanh"
  case transpose = "Transpose"
  case unsqueeze = "Unsqueeze"
  case `where` = "Where"

  /// The fewest and the most inputs; those beyond the fewest may be left out one by one.
  var inputCounts: ClosedRange<Int> {
    switch self {
    case .constant: 0...0
    case .abs, .averagePool, .cast, .ceil, .celu, .constantOfShape, .elu, .erf, .exp, .flatten, .floor, .gelu,
      .globalAveragePool, .globalMaxPool, .hardSigmoid, .hardSwish, .identity, .leakyRelu, .log, .logSoftmax,
      .maxPool, .neg, .not, .relu, .selu, .shape, .sigmoid, .size, .softmax, .softplus, .sqrt, .tanh,
      .transpose:
      1...1
    case .reduceMax, .reduceMean, .reduceMin, .reduceSum, .split, .squeeze, .unsqueeze: 1...2
    case .clip, .dropout: 1...3
    case .pad: 1...4
    case .slice: 1...5
    case .concat, .max, .min, .sum: 1...Int.max
    case .add, .and, .div, .equal, .expand, .gather, .greater, .greaterOrEqual, .less, .lessOrEqual, .matMul,
      .mod, .mul, .or, .pow, .pRelu, .reshape, .sub:
      2...2
    case .conv, .gemm: 2...3
    case .where, .range: 3...3
    case .gru: 3...6
    case .lstm: 3...8
    case .batchNormalization: 5...5
    }
  }

  /// The fewest and the most outputs.
  var outputCounts: ClosedRange<Int> {
    switch self {
    case .dropout, .gru, .maxPool: 1...2
    case .lstm: 1...3
    case .batchNormalization: 1...5
    case .split: 1...Int.max
    case .where, .abs, .add, .and, .averagePool, .cast, .ceil, .celu, .clip, .concat, .constant,
      .constantOfShape, .conv, .div, .elu, .equal, .erf, .exp, .expand, .flatten, .floor, .gather, .gelu,
      .gemm, .globalAveragePool, .globalMaxPool, .greater, .greaterOrEqual, .hardSigmoid, .hardSwish,
      .identity, .leakyRelu, .less, .lessOrEqual, .log, .logSoftmax, .matMul, .max, .min, .mod, .mul, .neg,
      .not, .or, .pad, .pow, .pRelu, .range, .reduceMax, .reduceMean, .reduceMin, .reduceSum, .relu, .reshape,
      .selu, .shape, .sigmoid, .size, .slice, .softmax, .softplus, .sqrt, .squeeze, .sub, .sum, .tanh,
      .transpose, .unsqueeze:
      1...1
    }
  }
}
