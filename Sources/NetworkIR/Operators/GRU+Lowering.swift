import LoopIR

extension GRU {
  public func lower(into kernel: inout Kernel) {
    for number in directions.indices {
      let statements = statements(RecurrentLowering(directions[number], number: number, kernel), &kernel)
      kernel.append { statements }
    }
  }

  private func statements(_ lowering: RecurrentLowering, _ kernel: inout Kernel) -> [Statement] {
    let direction = lowering.direction
    let count = direction.hiddenCount
    let (hidden, gates) = (lowering.hidden, lowering.name("gates"))
    let (sums, recurrent) = (lowering.name("sums"), lowering.name("recurrent"))
    let j = RecurrentLowering.i.expression
    let gateRows = 0..<2 * count
    let gateProduct = RecurrentLowering.Rows(
      role: "gates", target: gates, rows: gateRows, bias: direction.bias(gateRows),
      parts: [
        (direction.inputWeights, lowering.inputElement), (direction.hiddenWeights, { hidden[$0] }),
      ])
    let activated = Sigmoid().lower(gates[j], &kernel.functions)
    let reset = gates[j.adding(.count(count))]
    let sum = linearBeforeReset ? kernel.accumulate(sums[j], reset, recurrent[j]) : sums[j]
    let candidate = Identifier("candidate")
    let tanh = Tanh().lower(sum, &kernel.functions)
    let stored = kernel.store(hidden[j], at: [lowering.time, .count(lowering.number), 0, j])
    return lowering.state(hidden, direction.initialHidden, &kernel)
      + [
        .declare(.float, gates, count: 2 * count), .declare(.float, sums, count: count),
        .declare(.float, recurrent, count: count),
        .each(RecurrentLowering.step, to: .count(lowering.steps)) {
          lowering.product(gateProduct, &kernel)
          Statement.each(RecurrentLowering.i, to: .count(2 * count)) { .assign(gates[j], activated) }
          candidateSums(lowering, sums, recurrent, reset, &kernel)
          Statement.each(RecurrentLowering.i, to: .count(count)) {
            Statement.constant(.float, candidate, tanh)
            Statement.assign(
              hidden[j],
              kernel.accumulate((.float(1) - gates[j]) * candidate.expression, gates[j], hidden[j]))
            stored
          }
        },
      ]
  }

  /// The sums of the candidates' rows: in `sums`, with `linearBeforeReset` those over the hidden elements in
  /// `recurrent`.
  private func candidateSums(
    _ lowering: RecurrentLowering, _ sums: Identifier, _ recurrent: Identifier, _ reset: Expression,
    _ kernel: inout Kernel
  ) -> [Statement] {
    let direction = lowering.direction
    let rows = 2 * direction.hiddenCount..<3 * direction.hiddenCount
    let hidden = lowering.hidden
    let j = RecurrentLowering.i.expression
    if linearBeforeReset {
      let fromInput = RecurrentLowering.Rows(
        role: "candidate", target: sums, rows: rows, bias: Array(direction.inputBias[rows]),
        parts: [(direction.inputWeights, lowering.inputElement)])
      let fromHidden = RecurrentLowering.Rows(
        role: "recurrent", target: recurrent, rows: rows, bias: Array(direction.hiddenBias[rows]),
        parts: [(direction.hiddenWeights, { hidden[$0] })])
      return lowering.product(fromInput, &kernel) + lowering.product(fromHidden, &kernel)
    }
    let product = RecurrentLowering.Rows(
      role: "candidate", target: sums, rows: rows, bias: direction.bias(rows),
      parts: [
        (direction.inputWeights, lowering.inputElement), (direction.hiddenWeights, { recurrent[$0] }),
      ])
    return [
      .each(RecurrentLowering.i, to: .count(direction.hiddenCount)) {
        .assign(recurrent[j], reset * hidden[j])
      }
    ] + lowering.product(product, &kernel)
  }
}
