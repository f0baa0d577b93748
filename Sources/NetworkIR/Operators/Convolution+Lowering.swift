import LoopIR

extension Convolution {
  public func layout(ofOperand index: Int, shape: TensorShape) -> OperandLayout {
    .bordered(Border(before: [0] + window.padsBefore + [0], after: [0] + window.padsAfter + [0]))
  }

  public func lower(into kernel: inout Kernel) {
    let weights = kernel.table("weights", weights)
    let bias = kernel.table("bias", bias)
    let operand = kernel.operands[0]
    let rank = window.rank
    let places = (0..<rank).map { Identifier("place_\($0)") }
    let taps = (0..<rank).map { Identifier("tap_\($0)") }
    let (group, co, ci, sum) = (Identifier("group"), Identifier("co"), Identifier("ci"), Identifier("sum"))
    let channel = group.expression.multiplied(by: groupOutputs).adding(co.expression)
    let tap = zip(taps, window.kernel).reduce(0 as Expression) {
      $0.multiplied(by: $1.1).adding($1.0.expression)
    }
    let seen = (0..<rank).map {
      places[$0].expression.multiplied(by: window.strides[$0])
        .adding(taps[$0].expression.multiplied(by: window.dilations[$0]))
    }
    let x = operand.base[
      View.offset(
        [0] + seen + [group.expression.multiplied(by: groupInputs).adding(ci.expression)], operand.strides)]
    let weight = weights[
      (tap * .count(groupInputs) + ci.expression).multiplied(by: outputChannels).adding(channel)]
    let product: [Statement] = [.assign(sum.expression, kernel.accumulate(sum.expression, weight, x))]
    let stored = kernel.store(sum.expression, at: [0] + places.map(\.expression) + [channel])
    let sums: [Statement] = [.each(ci, to: .count(groupInputs)) { product }]
    let inner = (0..<rank).reversed().reduce(sums) { (body: [Statement], dimension: Int) in
      [.count(taps[dimension], from: 0, to: .count(window.kernel[dimension]), body)]
    }
    let channels: [Statement] = [
      .each(group, to: .count(groups)) {
        Statement.each(co, to: .count(groupOutputs)) {
          Statement.variable(.float, sum, bias[channel])
          inner
          stored
        }
      }
    ]
    let sizes = Array(kernel.shape.dimensions.dropFirst())
    let nest = (0..<rank).reversed().reduce(channels) { (body: [Statement], dimension: Int) in
      [.count(places[dimension], from: 0, to: .count(sizes[dimension]), body)]
    }
    kernel.append { nest }
  }
}
