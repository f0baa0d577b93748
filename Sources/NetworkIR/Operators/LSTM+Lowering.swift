import LoopIR

extension LSTM {
  public func lower(into kernel: inout Kernel) {
    for number in directions.indices {
      let statements = statements(RecurrentLowering(directions[number], number: number, kernel), &kernel)
      kernel.append { statements }
    }
  }

  private func statements(_ lowering: RecurrentLowering, _ kernel: inout Kernel) -> [Statement] {
    let direction = lowering.direction
    let count = direction.hiddenCount
    let (hidden, cell, rows) = (lowering.hidden, lowering.name("cell"), lowering.name("rows"))
    let all = 0..<direction.rowCount
    let product = RecurrentLowering.Rows(
      role: "gates", target: rows, rows: all, bias: direction.bias(all),
      parts: [
        (direction.inputWeights, lowering.inputElement), (direction.hiddenWeights, { hidden[$0] }),
      ])
    let j = RecurrentLowering.i.expression
    func gate(_ number: Int) -> Expression { rows[j.adding(.count(number * count))] }
    let (keep, add, candidate) = (Identifier("keep"), Identifier("add"), Identifier("candidate"))
    let sigmoids = [2, 0, 1].map { Sigmoid().lower(gate($0), &kernel.functions) }
    let values = [
      Tanh().lower(gate(3), &kernel.functions), Tanh().lower(cell[j], &kernel.functions),
    ]
    let stored = kernel.store(hidden[j], at: [lowering.time, .count(lowering.number), 0, j])
    return lowering.state(hidden, direction.initialHidden, &kernel)
      + lowering.state(cell, direction.initialCell, &kernel)
      + [
        .declare(.float, rows, count: direction.rowCount),
        .each(RecurrentLowering.step, to: .count(lowering.steps)) {
          lowering.product(product, &kernel)
          Statement.each(RecurrentLowering.i, to: .count(count)) {
            Statement.constant(.float, keep, sigmoids[0])
            Statement.constant(.float, add, sigmoids[1])
            Statement.constant(.float, candidate, values[0])
            Statement.assign(
              cell[j], kernel.accumulate(keep.expression * cell[j], add.expression, candidate.expression))
            Statement.assign(hidden[j], sigmoids[2] * values[1])
            stored
          }
        },
      ]
  }
}
