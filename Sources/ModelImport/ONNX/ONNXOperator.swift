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
  case concat = "Concat"
  case constant = "Constant"
  case constantOfShape = "ConstantOfShape"
  case conv = "Conv"
  case div = "Div"
  case dropout = "Dropout"
  case equal = "Equal"
  case expand = "Expand"
  case flatten = "Flatten"
  case floor = "Floor"
  case gather = "Gather"
  case gemm = "Gemm"
  case globalAveragePool = "GlobalAveragePool"
  case globalMaxPool = "GlobalMaxPool"
  case greater = "Greater"
  case greaterOrEqual = "GreaterOrEqual"
  case identity = "Identity"
  case less = "Less"
  case lessOrEqual = "LessOrEqual"
  case logSoftmax = "LogSoftmax"
  case matMul = "MatMul"
  case maxPool = "MaxPool"
  case mod = "Mod"
  case mul = "Mul"
  case neg = "Neg"
  case not = "Not"
  case or = "Or"
  case pad = "Pad"
  case range = "Range"
  case reduceMax = "ReduceMax"
  case reduceMean = "ReduceMean"
  case reduceMin = "ReduceMin"
  case reduceSum = "ReduceSum"
  case relu = "Relu"
  case reshape = "Reshape"
  case shape = "Shape"
  case size = "Size"
  case slice = "Slice"
  case softmax = "Softmax"
  case split = "Split"
  case sqrt = "Sqrt"
  case squeeze = "Squeeze"
  case sub = "Sub"
  case transpose = "Transpose"
  case unsqueeze = "Unsqueeze"
  case `where` = "Where"

  /// The fewest and the most inputs; those beyond the fewest may be left out one by one.
  var inputCounts: ClosedRange<Int> {
    switch self {
    case .constant: 0...0
    case .abs, .averagePool, .cast, .ceil, .constantOfShape, .flatten, .floor, .globalAveragePool,
      .globalMaxPool, .identity, .logSoftmax, .maxPool, .neg, .not, .relu,
      .shape, .size, .softmax, .sqrt, .transpose:
      1...1
    case .reduceMax, .reduceMean, .reduceMin, .reduceSum, .split, .squeeze, .unsqueeze: 1...2
    case .pad: 1...4
    case .dropout: 1...3
    case .slice: 1...5
    case .concat: 1...Int.max
    case .add, .and, .div, .equal, .expand, .gather, .greater, .greaterOrEqual, .less, .lessOrEqual, .matMul,
      .mod, .mul, .or, .reshape, .sub:
      2...2
    case .conv, .gemm: 2...3
    case .range, .where: 3...3
    case .batchNormalization: 5...5
    }
  }

  /// The fewest and the most outputs.
  var outputCounts: ClosedRange<Int> {
    switch self {
    case .split: 1...Int.max
    case .dropout, .maxPool: 1...2
    case .batchNormalization: 1...5
    case .abs, .add, .and, .averagePool, .cast, .ceil, .concat, .constant, .constantOfShape, .conv, .div,
      .equal, .expand,
      .flatten, .floor, .gather, .gemm, .globalAveragePool, .globalMaxPool, .greater, .greaterOrEqual,
      .identity, .less, .lessOrEqual,
      .logSoftmax,
      .matMul, .mod, .mul, .neg, .not, .or, .pad, .range, .reduceMax, .reduceMean, .reduceMin, .reduceSum,
      .relu, .reshape, .shape, .size, .slice, .softmax, .sqrt,
      .squeeze, .sub, .transpose, .unsqueeze, .where:
      1...1
    }
  }
}
