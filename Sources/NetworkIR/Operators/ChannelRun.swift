import LoopIR

/// Equal blocks of neighbouring channels (or outputs of a dense layer), one after the other.
struct ChannelRun: Sendable, Hashable {
  /// The channels of a block.
  let size: Int
  /// The number of blocks.
  let count: Int
  /// The first channel of the first block.
  let start: Int

  /// Runs that cover `channels`: as many blocks of `largest` as there are, then the rest.
  static func runs(of channels: Int, largest: Int) -> [ChannelRun] {
    let full = channels / largest
    let rest = channels % largest
    return (full > 0 ? [ChannelRun(size: largest, count: full, start: 0)] : [])
      + (rest > 0 ? [ChannelRun(size: rest, count: 1, start: full * largest)] : [])
  }

  /// The first channel of block `block`.
  func first(_ block: Identifier) -> Expression {
    count == 1 ? .count(start) : Expression.count(start).adding(block.expression.multiplied(by: size))
  }
}
