import LoopIR

extension Affine {
  public func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout {
    .bordered(.none(rank: shape.dimensions.count))
  }

  public func lower(into kernel: inout Kernel) {
    kernel.append(
      SumsOfProducts(
        steps: kernel.operands[0].strides.dropLast(),
        taps: [SumsOfProducts.Taps(count: inputCount, step: 1)], outputs: .together, weights: weights,
        bias: bias))
  }
}
