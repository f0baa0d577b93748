import LoopIR

/// What LSTM and GRU share in their loops over the steps of a direction. The state lives in arrays of the
/// function: what is stored has gone through the fused element-wise operators.
struct RecurrentLowering {
  let direction: RecurrentDirection
  let number: Int
  let steps: Int
  let input: View

  static let step = Identifier("step")
  static let i = Identifier("i")

  init(_ direction: RecurrentDirection, number: Int, _ kernel: Kernel) {
    self.direction = direction
    self.number = number
    steps = kernel.shape.dimensions[0]
    input = kernel.operands[0]
  }

  /// A name of this direction's own.
  func name(_ role: String) -> Identifier { Identifier("\(role)_\(number)") }

  var hidden: Identifier { name("hidden") }

  /// The step that is computed in a round.
  var time: Expression {
    direction.isReversed ? .count(steps - 1) - Self.step.expression : Self.step.expression
  }

  func inputElement(_ k: Expression) -> Expression {
    input.element([time, 0, k])
  }

  /// Declares a state array with its first values.
  func state(_ array: Identifier, _ values: [Float], _ kernel: inout Kernel) -> [Statement] {
    if values.allSatisfy({ $0.bitPattern == 0 }) {
      return [.zeroed(.float, array, count: values.count)]
    }
    let table = kernel.table("initial_\(array.spelling)", values)
    let i = Self.i.expression
    return [
      .declare(.float, array, count: values.count),
      .each(Self.i, to: .count(values.count)) { .assign(array[i], table[i]) },
    ]
  }

  /// Rows of sums of products.
  struct Rows {
    /// Tells it from the layer's other products.
    let role: String
    /// Where the sums go.
    let target: Identifier
    let rows: Range<Int>
    let bias: [Float]
    /// What is multiplied: for each part the weights and the elements, in order.
    let parts: [(weights: [Float], element: (Expression) -> Expression)]
  }

  /// target[j] = bias[j], then the products of each part in order; in blocks, as in an affine layer.
  func product(_ product: Rows, _ kernel: inout Kernel) -> [Statement] {
    let blocks = OutputBlocks(outputCount: product.rows.count, goal: kernel.goal)
    let columns = product.parts.map { direction.columns(product.rows, of: $0.weights) }
    let weights = kernel.table("\(product.role)_weights_\(number)", blocks.padded(columns.flatMap(\.self)))
    let bias = kernel.table("\(product.role)_bias_\(number)", blocks.padded(product.bias))
    let start = Identifier("start")
    return blocks.runs.flatMap { run -> [Statement] in
      func block(_ first: Expression) -> [Statement] {
        let sums = Identifier("\(product.role)_sums_\(number)_\(run.start)")
        let (i, k, x, line) = (Self.i, Identifier("k"), Identifier("x"), Identifier("line"))
        let accumulated = kernel.added(sums[i.expression], line[i.expression], x.expression)
        var statements: [Statement] = [
          .declare(kernel.sumType, sums, count: run.size),
          .each(i, to: .count(run.size)) {
            .assign(sums[i.expression], kernel.term(bias[first.adding(i.expression)]))
          },
        ]
        var offset = 0
        for (part, columns) in zip(product.parts, columns) {
          let count = columns.count / product.rows.count
          let place = k.expression.multiplied(by: blocks.stride).adding(.count(offset * blocks.stride))
          statements.append(
            .each(k, to: .count(count)) {
              Statement.constant(kernel.sumType, x, kernel.term(part.element(k.expression)))
              Statement.variable(
                .constPointer(.float), line, .unary(.addressOf, weights[place.adding(first)]))
              Statement.each(i, to: .count(run.size)) { .assign(sums[i.expression], accumulated) }
            })
          offset += count
        }
        statements.append(
          .each(i, to: .count(min(run.size, product.rows.count - run.start))) {
            .assign(product.target[first.adding(i.expression)], kernel.finished(sums[i.expression]))
          })
        return statements
      }
      if run.end - run.start <= run.size { return block(.count(run.start)) }
      return [
        .loop(
          start, from: .count(run.start), while: start.expression < .count(run.end),
          update: start.expression + .count(run.size), block(start.expression))
      ]
    }
  }
}
