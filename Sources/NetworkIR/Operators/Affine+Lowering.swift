import LoopIR

extension Affine {
  /// Blocks of outputs of constant size, whose sums a compiler keeps in registers and whose lanes it computes with
  /// vector instructions. Each output's sum is taken in one fixed order whatever the block, so scalar and vector
  /// code give the same bits.
  public func lower(into kernel: inout Kernel) {
    let blocks = OutputBlocks(outputCount: outputCount, goal: kernel.goal)
    let weights = kernel.table("weights", blocks.padded(weights))
    let bias = kernel.table("bias", blocks.padded(bias))
    let start = Identifier("start")
    var statements: [Statement] = []
    for run in blocks.runs {
      func block(_ first: Expression) -> [Statement] {
        blockStatements(run, first, weights, bias, blocks.stride, &kernel)
      }
      if run.end - run.start <= run.size {
        statements += block(.count(run.start))
      } else {
        statements.append(
          .loop(
            start, from: .count(run.start), while: start.expression < .count(run.end),
            update: start.expression + .count(run.size), block(start.expression)))
      }
    }
    let rowDimensions = kernel.shape.dimensions.indices.dropLast().filter { kernel.shape.dimensions[$0] > 1 }
    let nest = rowDimensions.reversed().reduce(statements) { statements, dimension in
      [.count(row(dimension), from: 0, to: .count(kernel.shape.dimensions[dimension]), statements)]
    }
    kernel.append { nest }
  }

  /// The counter of a dimension in which rows lie.
  private func row(_ dimension: Int) -> Identifier { Identifier("row_\(dimension)") }

  private func blockStatements(
    _ run: OutputBlocks.Run, _ first: Expression, _ weights: Identifier, _ bias: Identifier,
    _ stride: Int, _ kernel: inout Kernel
  ) -> [Statement] {
    let sums = Identifier("sums_\(run.size)_\(run.start)")
    let (i, k, x, line) = (Identifier("i"), Identifier("k"), Identifier("x"), Identifier("line"))
    let input = kernel.operands[0].base
    let rows = kernel.shape.dimensions.indices.dropLast().map {
      kernel.shape.dimensions[$0] > 1 ? row($0).expression : 0
    }
    let place = View.offset(rows, Array(kernel.operands[0].strides.dropLast())).adding(k.expression)
    let stored = kernel.store(sums[i.expression], at: rows + [first.adding(i.expression)])
    let accumulated = kernel.accumulate(sums[i.expression], line[i.expression], x.expression)
    return [
      .declare(.float, sums, count: run.size),
      .each(i, to: .count(run.size)) { .assign(sums[i.expression], bias[first.adding(i.expression)]) },
      .each(k, to: .count(inputCount)) {
        Statement.constant(.float, x, input[place])
        Statement.variable(
          .constPointer(.float), line,
          .unary(.addressOf, weights[k.expression.multiplied(by: stride).adding(first)]))
        Statement.each(i, to: .count(run.size)) { .assign(sums[i.expression], accumulated) }
      },
      .each(i, to: .count(min(run.size, outputCount - run.start))) { stored },
    ]
  }
}

/// The outputs of a layer in blocks.
struct OutputBlocks: Sendable {
  /// Equal blocks one after the other; the last may reach beyond the outputs, into padding.
  struct Run: Sendable {
    let size: Int
    let start: Int
    let end: Int
  }

  let outputCount: Int
  /// The outputs with the padding.
  let stride: Int
  let runs: [Run]

  init(outputCount: Int, goal: OptimizationGoal) {
    self.outputCount = outputCount
    stride = goal == .size ? outputCount : (outputCount + 7) / 8 * 8
    var runs: [Run] = []
    var start = 0
    for size in [32, 16, 8] {
      let end = start + (stride - start) / size * size
      if end > start { runs.append(Run(size: size, start: start, end: end)) }
      start = end
    }
    if start < stride { runs.append(Run(size: stride - start, start: start, end: stride)) }
    self.runs = runs
  }

  /// Each row of `outputCount` numbers filled up with zeros to the stride.
  func padded(_ values: [Float]) -> [Float] {
    if stride == outputCount { return values }
    var result: [Float] = []
    result.reserveCapacity(values.count / outputCount * stride)
    for row in 0..<values.count / outputCount {
      result += values[row * outputCount..<(row + 1) * outputCount]
      result += repeatElement(0, count: stride - outputCount)
    }
    return result
  }
}
