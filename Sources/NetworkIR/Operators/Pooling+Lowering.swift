import LoopIR

extension Pooling {
  public func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout {
    .bordered(.none(rank: shape.dimensions.count))
  }

  /// For each place, blocks of channels whose results a compiler keeps in registers.
  public func lower(into kernel: inout Kernel) {
    let channels = kernel.shape.dimensions[window.rank + 1]
    var statements: [Statement] = []
    for run in ChannelRun.runs(of: channels, largest: 32) {
      let block = Identifier("block")
      let body = blockStatements(run, run.first(block), &kernel)
      statements += run.count == 1 ? body : [.each(block, to: .count(run.count)) { body }]
    }
    let nest = (0..<window.rank).reversed().reduce(statements) { (body: [Statement], dimension: Int) in
      [.each(place(dimension), to: .count(kernel.shape.dimensions[dimension + 1])) { body }]
    }
    kernel.append {
      if kind == .maximum {
        Statement.constant(.float, lowest, .floatOfBits(.bits((-Float.infinity).bitPattern)))
      }
      nest
    }
  }

  private func place(_ dimension: Int) -> Identifier { Identifier("place_\(dimension)") }
  private func tap(_ dimension: Int) -> Identifier { Identifier("tap_\(dimension)") }
  private var lowest: Identifier { Identifier("lowest") }
  private var countsPlaces: Bool { kind == .average(countsPadding: false) && hasPadding }
  private var hasPadding: Bool { (window.padsBefore + window.padsAfter).contains { $0 > 0 } }

  private func blockStatements(_ run: ChannelRun, _ first: Expression, _ kernel: inout Kernel) -> [Statement]
  {
    let (results, lane, count) = (
      Identifier("results_\(run.start)"), Identifier("lane"), Identifier("seen_\(run.start)")
    )
    let operand = kernel.operands[0]
    let result = results[lane.expression]
    let seen = (0..<window.rank).map { dimension in
      place(dimension).expression.multiplied(by: window.strides[dimension])
        .adding(tap(dimension).expression.multiplied(by: window.dilations[dimension]))
    }
    // Places count from the start of the padding, which is not stored.
    let inside = (0..<window.rank).map { dimension -> Expression in
      let before = window.padsBefore[dimension]
      return before == 0 ? seen[dimension] : seen[dimension] - .count(before)
    }
    let line = Identifier("line")
    let update: [Statement] = [
      .variable(
        .constPointer(.float), line,
        .unary(.addressOf, operand.base[View.offset([0] + inside + [first], operand.strides)])),
      .each(lane, to: .count(run.size)) {
        switch kind {
        case .average: Statement.assign(result, result + line[lane.expression])
        case .maximum:
          let x = Identifier("x")
          Statement.constant(.float, x, line[lane.expression])
          Statement.assign(
            result,
            .conditional(
              x.expression > result, then: x.expression,
              else: .conditional(x.expression == x.expression, then: result, else: x.expression)))
        }
      },
    ]
    let body = (0..<window.rank).reversed().reduce(
      update + (countsPlaces ? [.update(count.expression, .add, .float(1))] : [])
    ) { (body: [Statement], dimension: Int) in
      let before = window.padsBefore[dimension]
      var tests: [Expression] = []
      if before > 0 { tests.append(seen[dimension] >= .count(before)) }
      if window.padsAfter[dimension] > 0 {
        tests.append(seen[dimension] < .count(before + operand.shape.dimensions[dimension + 1]))
      }
      return [
        .each(tap(dimension), to: .count(window.kernel[dimension])) {
          if tests.isEmpty { body } else { Statement.when(.all(tests)) { body } }
        }
      ]
    }
    var value = result
    if case .average = kind {
      let divisor: Expression =
        countsPlaces
        ? count.expression : .float(Float(window.kernel.reduce(1, *)))
      value = .binary(result, .divide, divisor)
    }
    let stored = kernel.store(
      value, at: [0] + (0..<window.rank).map { place($0).expression } + [first.adding(lane.expression)])
    return [
      .declare(.float, results, count: run.size),
      .each(lane, to: .count(run.size)) {
        .assign(result, kind == .maximum ? lowest.expression : .float(0))
      },
    ] + (countsPlaces ? [.variable(.float, count, .float(0))] : []) + body
      + [.each(lane, to: .count(run.size)) { stored }]
  }
}
