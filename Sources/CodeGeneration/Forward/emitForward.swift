import NetworkIR

/// The network: one function a layer, and `forward`, which calls them in order.
///
/// Each function computes exactly what ``Operation`` says, in binary32 and in its order.
func emitForward(_ context: EmissionContext) -> [CDeclaration] {
  let network = context.program.network
  let affines = network.nodes.compactMap { node -> Affine? in
    if case .affine(let affine) = node.operation { affine } else { nil }
  }
  let used = AffineBlocks.sizes.filter { size in
    affines.contains { AffineBlocks(outputCount: $0.outputCount).runs.contains { $0.size == size } }
  }
  let hasRelu = network.nodes.contains { if case .relu = $0.operation { true } else { false } }
  return used.map { .function(emitAffineBlock(context, size: $0)) }
    + (hasRelu ? [.function(emitRelu(context))] : [])
    + network.nodes.indices.flatMap { emitLayer(context, $0) } + [.function(emitForwardCalls(context))]
}

private func emitRelu(_ context: EmissionContext) -> CFunction {
  let i = Names.i.expression
  return CFunction(
    .void, context.names[.relu],
    [CVariable(.uint32, Names.count), floats(Names.input), CVariable(.pointer(.float), Names.output)],
    comment: "The larger of 0 and each element; NaN stays NaN and -0 stays -0."
  ) {
    CStatement.each(Names.i, to: Names.count.expression) {
      CStatement.constant(.float, Names.x, Names.input[i])
      CStatement.assign(
        Names.output[i],
        .conditional(.float(0) > Names.x.expression, then: .float(0), else: Names.x.expression))
    }
  }
}

/// A block of outputs of a dense layer for one input row.
private func emitAffineBlock(_ context: EmissionContext, size: Int) -> CFunction {
  let i = Names.i.expression
  let k = Names.k.expression
  return CFunction(
    .void, context.names[.affineBlock, size],
    [
      CVariable(.uint32, Names.inputs), CVariable(.uint32, Names.stride), floats(Names.weights),
      floats(Names.bias), floats(Names.input), CVariable(.pointer(.float), Names.output),
    ],
    comment: """
      \(size) neighbouring outputs of a dense layer: acc = bias, then acc = acc + weight * input for each
      input in order. Input k's weights to these outputs start at weights[k * stride].
      """
  ) {
    CStatement.declare(.float, Names.sums, count: size)
    CStatement.each(Names.i, to: .count(size)) { .assign(Names.sums[i], Names.bias[i]) }
    CStatement.each(Names.k, to: Names.inputs.expression) {
      CStatement.constant(.float, Names.x, Names.input[k])
      CStatement.variable(
        .constPointer(.float), Names.row,
        .unary(.addressOf, Names.weights[k * Names.stride.expression]))
      CStatement.each(Names.i, to: .count(size)) {
        .assign(Names.sums[i], Names.sums[i] + Names.row[i] * Names.x.expression)
      }
    }
    CStatement.each(Names.i, to: .count(size)) { .assign(Names.output[i], Names.sums[i]) }
  }
}

private func emitLayer(_ context: EmissionContext, _ position: Int) -> [CDeclaration] {
  switch context.program.network.nodes[position].operation {
  case .affine(let affine): emitAffine(context, affine, position)
  case .elementwise(let operation):
    [.function(emitCombine(context, operation, position))]
  case .elementwiseWithConstant(let operation): emitCombineWithConstant(context, operation, position)
  case .relu, .reshape: []
  }
}

private func layerComment(_ context: EmissionContext, _ position: Int) -> String {
  "Layer \(position + 1), `\(context.program.network.nodes[position].name)`"
}

private func emitAffine(_ context: EmissionContext, _ affine: Affine, _ position: Int) -> [CDeclaration] {
  let blocks = AffineBlocks(outputCount: affine.outputCount)
  let names = context.names
  let weights = names[.weights, position]
  let bias = names[.bias, position]
  let padded = blocks.padded(affine)
  let function = CFunction(
    .void, names[.affine, position], [floats(Names.input), CVariable(.pointer(.float), Names.output)],
    comment: "\(layerComment(context, position)): \(affine.inputCount) inputs, \(affine.outputCount) outputs."
  ) {
    if affine.rows == 1 {
      affineRow(context, affine, blocks, position)
    } else {
      CStatement.each(Names.j, to: .count(affine.rows)) { affineRow(context, affine, blocks, position) }
    }
  }
  return [
    .table(weights, .float, .floats(padded), count: padded.count),
    .table(bias, .float, .floats(blocks.padded(bias: affine.bias)), count: blocks.stride),
    .function(function),
  ]
}

/// A padded block of a row is written over by the next row's first block.
@CBlock
private func affineRow(
  _ context: EmissionContext, _ affine: Affine, _ blocks: AffineBlocks, _ position: Int
) -> [CStatement] {
  for run in blocks.runs {
    if run.end - run.start == run.size {
      CStatement.call(affineBlock(context, affine, blocks, position, run.size, .count(run.start)))
    } else {
      CStatement.loop(
        Names.i, from: .count(run.start), while: Names.i.expression < .count(run.end),
        update: Names.i.expression + .count(run.size),
        [.call(affineBlock(context, affine, blocks, position, run.size, Names.i.expression))])
    }
  }
}

private func affineBlock(
  _ context: EmissionContext, _ affine: Affine, _ blocks: AffineBlocks, _ position: Int, _ size: Int,
  _ start: CExpression
) -> CExpression {
  let names = context.names
  let isSingle = affine.rows == 1
  let input = isSingle ? 0 : Names.j.expression * .count(affine.inputCount)
  let output = isSingle ? start : Names.j.expression * .count(affine.outputCount) + start
  return names[.affineBlock, size](
    .count(affine.inputCount), .count(blocks.stride), .unary(.addressOf, names[.weights, position][start]),
    .unary(.addressOf, names[.bias, position][start]), .unary(.addressOf, Names.input[input]),
    .unary(.addressOf, Names.output[output]))
}

extension ElementwiseOperator {
  fileprivate var sign: CExpression.Binary {
    switch self {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    }
  }
}

private func emitCombine(
  _ context: EmissionContext, _ operation: ElementwiseOperator, _ position: Int
) -> CFunction {
  let i = Names.i.expression
  return CFunction(
    .void, context.names[.combine, position],
    [floats(Names.left), floats(Names.right), CVariable(.pointer(.float), Names.output)],
    comment: layerComment(context, position) + "."
  ) {
    CStatement.each(Names.i, to: .count(context.program.network.nodes[position].shape.elementCount)) {
      .assign(Names.output[i], .binary(Names.left[i], operation.sign, Names.right[i]))
    }
  }
}

private func emitCombineWithConstant(
  _ context: EmissionContext, _ operation: ElementwiseWithConstant, _ position: Int
) -> [CDeclaration] {
  let i = Names.i.expression
  let constant = context.names[.constant, position]
  let sides =
    switch operation.constantSide {
    case .left: (constant[i], Names.input[i])
    case .right: (Names.input[i], constant[i])
    }
  return [
    .table(constant, .float, .floats(operation.constant), count: operation.constant.count),
    .function(
      CFunction(
        .void, context.names[.combine, position],
        [floats(Names.input), CVariable(.pointer(.float), Names.output)],
        comment: layerComment(context, position) + "."
      ) {
        CStatement.each(Names.i, to: .count(operation.constant.count)) {
          .assign(Names.output[i], .binary(sides.0, operation.elementwise.sign, sides.1))
        }
      }),
  ]
}
