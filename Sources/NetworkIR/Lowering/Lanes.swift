import LoopIR

/// Loops over neighbouring channels.
enum Lanes {
  private static let part = Identifier("part")
  private static let lane = Identifier("lane")

  /// Loops of `width` rounds each, and one over the rest.
  ///
  /// - Parameter body: the statements for a channel, given its index.
  static func loops(over channels: Int, width: Int, _ body: (Expression) -> [Statement]) -> [Statement] {
    let parts = channels / width
    let rest = channels % width
    var loops: [Statement] = []
    if parts == 1 {
      loops.append(.count(lane, from: 0, to: .count(width), body(lane.expression)))
    } else if parts > 1 {
      let index = part.expression.multiplied(by: width).adding(lane.expression)
      loops.append(
        .count(part, from: 0, to: .count(parts), [.count(lane, from: 0, to: .count(width), body(index))]))
    }
    if rest == 1 {
      loops += body(.count(parts * width))
    } else if rest > 1 {
      let index = lane.expression.adding(.count(parts * width))
      loops.append(.count(lane, from: 0, to: .count(rest), body(index)))
    }
    return loops
  }
}
