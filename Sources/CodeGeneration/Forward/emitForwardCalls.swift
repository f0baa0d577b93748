import NetworkIR

/// The function that runs the layers in order, each from and into its buffers.
func emitForwardCalls(_ context: EmissionContext) -> CFunction {
  let network = context.program.network
  let plan = BufferPlan(network)
  return CFunction(
    .void, context.names[.forward], [floats(Names.input), CVariable(.pointer(.float), Names.output)],
    comment: "The network's scores for normalised inputs."
  ) {
    for buffer in plan.sizes.indices {
      CStatement.declare(.float, Names.buffer(buffer), count: plan.sizes[buffer])
    }
    for position in network.nodes.indices {
      call(context, network.nodes[position], position, plan)
    }
    CStatement.each(Names.i, to: .count(network.outputCount)) {
      .assign(Names.output[Names.i.expression], name(plan, network.output.index)[Names.i.expression])
    }
  }
}

private func name(_ plan: BufferPlan, _ value: Int) -> CName {
  switch plan.places[value] {
  case .input: Names.input
  case .buffer(let buffer): Names.buffer(buffer)
  }
}

private func call(
  _ context: EmissionContext, _ node: Node, _ position: Int, _ plan: BufferPlan
) -> [CStatement] {
  let operands = node.operands.map { name(plan, $0.index).expression }
  let result = name(plan, position + 1).expression
  switch node.operation {
  case .affine: return [.call(.call(context.names[.affine, position], operands + [result]))]
  case .relu:
    return [.call(.call(context.names[.relu], [.count(node.shape.elementCount)] + operands + [result]))]
  case .elementwise, .elementwiseWithConstant:
    return [.call(.call(context.names[.combine, position], operands + [result]))]
  case .reshape: return []
  }
}
