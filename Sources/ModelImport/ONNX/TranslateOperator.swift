import Diagnostics

extension ONNXTranslation {
  /// The outputs of a node, or the first of them.
  mutating func translate(
    _ operation: ONNXOperator, _ node: ONNXNode, _ operands: ONNXOperands
  ) throws(Diagnostic) -> [ONNXValue] {
    switch operation {
    case .abs: [try translateUnary(.absolute, node, operands)]
    case .add: [try translateElementwise(.add, node, operands)]
    case .and: [try translateLogic(node, operands) { $0 && $1 }]
    case .averagePool: [try translateAveragePool(node, operands)]
    case .batchNormalization: [try translateBatchNormalization(node, operands)]
    case .cast: [try translateCast(node, operands)]
    case .ceil: [try translateUnary(.ceiling, node, operands)]
    case .concat: [try translateConcat(node, operands)]
    case .constant: [try translateConstant(node)]
    case .constantOfShape: [try translateConstantOfShape(node, operands)]
    case .conv: [try translateConv(node, operands)]
    case .div: [try translateElementwise(.divide, node, operands)]
    case .dropout: [try translateDropout(node, operands)]
    case .equal: [try translateComparison(.equal, node, operands)]
    case .expand: [try translateExpand(node, operands)]
    case .flatten: [try translateFlatten(node, operands)]
    case .floor: [try translateUnary(.floor, node, operands)]
    case .gather: [try translateGather(node, operands)]
    case .gemm: [try translateGemm(node, operands)]
    case .globalAveragePool: [try translateGlobalPool(.average(countsPadding: false), node, operands)]
    case .globalMaxPool: [try translateGlobalPool(.maximum, node, operands)]
    case .greater: [try translateComparison(.greater, node, operands)]
    case .greaterOrEqual: [try translateComparison(.greaterOrEqual, node, operands)]
    case .identity: [try translateIdentity(node, operands)]
    case .less: [try translateComparison(.less, node, operands)]
    case .lessOrEqual: [try translateComparison(.lessOrEqual, node, operands)]
    case .logSoftmax, .softmax: [try translateFinalSoftmax(node, operands)]
    case .matMul: [try translateMatMul(node, operands)]
    case .maxPool: [try translateMaxPool(node, operands)]
    case .mod: [try translateMod(node, operands)]
    case .mul: [try translateElementwise(.multiply, node, operands)]
    case .neg: [try translateUnary(.negate, node, operands)]
    case .not: [try translateNot(node, operands)]
    case .or: [try translateLogic(node, operands) { $0 || $1 }]
    case .pad: [try translatePad(node, operands)]
    case .range: [try translateRange(node, operands)]
    case .reduceMax: [try translateReduce(.maximum, node, operands)]
    case .reduceMean: [try translateReduce(.mean, node, operands)]
    case .reduceMin: [try translateReduce(.minimum, node, operands)]
    case .reduceSum: [try translateReduce(.sum, node, operands)]
    case .relu: [try translateRelu(node, operands)]
    case .reshape: [try translateReshape(node, operands)]
    case .shape: [try translateShape(node, operands)]
    case .size: [try translateSize(node, operands)]
    case .slice: [try translateSlice(node, operands)]
    case .split: try translateSplit(node, operands)
    case .sqrt: [try translateUnary(.squareRoot, node, operands)]
    case .squeeze: [try translateSqueeze(node, operands)]
    case .sub: [try translateElementwise(.subtract, node, operands)]
    case .transpose: [try translateTranspose(node, operands)]
    case .unsqueeze: [try translateUnsqueeze(node, operands)]
    case .where: [try translateWhere(node, operands)]
    }
  }
}
