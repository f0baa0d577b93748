import LoopIR

/// What a call of a function costs, at most.
struct CallCost: Sendable {
  var counts = OperationCounts.zero
  /// All operations, by the function whose own they are.
  var byFunction: [Identifier: Int] = [:]
  /// The bytes of the arrays that live on the stack at one time, at most.
  var stack = 0
  /// Those arrays by function, the outermost first.
  var frames: [(function: Identifier, bytes: Int)] = []

  static func one(_ kind: OperationCounts.Kind) -> CallCost {
    var cost = CallCost()
    cost.counts = .one(kind)
    return cost
  }

  /// Both, one after the other.
  static func + (a: CallCost, b: CallCost) -> CallCost {
    var sum = a.withDeeperStack(of: b)
    sum.counts = a.counts + b.counts
    sum.byFunction = a.byFunction.merging(b.byFunction, uniquingKeysWith: +)
    return sum
  }

  static func * (a: CallCost, times: Int) -> CallCost {
    var product = a
    product.counts = a.counts * times
    product.byFunction = a.byFunction.mapValues { $0 * times }
    return product
  }

  /// One or the other.
  static func maximum(_ a: CallCost, _ b: CallCost) -> CallCost {
    var bound = a.withDeeperStack(of: b)
    bound.counts = .maximum(a.counts, b.counts)
    bound.byFunction = a.byFunction.merging(b.byFunction, uniquingKeysWith: max)
    return bound
  }

  private func withDeeperStack(of other: CallCost) -> CallCost {
    var result = self
    if other.stack > stack {
      result.stack = other.stack
      result.frames = other.frames
    }
    return result
  }
}
