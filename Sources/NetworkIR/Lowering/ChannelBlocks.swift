import LoopIR

/// The output channels of a layer in blocks, and the order of its weights: block by block, and within a block tap by
/// tap, so that a tile reads them one after the other.
struct ChannelBlocks: Sendable {
  let runs: [ChannelRun]
  private let groups: Int
  private let groupChannels: Int
  private let tapCount: Int

  /// - Parameters:
  ///   - channels: all output channels, of all groups.
  ///   - places: how many places a tile can span.
  ///   - sumType: of the sums.
  init(
    _ sums: SumsOfProducts, groups: Int, channels: Int, places: Int, goal: OptimizationGoal,
    sumType: ValueType
  ) {
    self.groups = groups
    groupChannels = channels / groups
    tapCount = sums.tapCount
    runs = ChannelRun.runs(
      of: groupChannels,
      largest: ChannelBlocks.largest(
        groupChannels, sums.outputs, places: places, goal: goal, sumType: sumType))
  }

  /// The channels of a block, where there are as many.
  private static func largest(
    _ channels: Int, _ outputs: ChannelGroups, places: Int, goal: OptimizationGoal, sumType: ValueType
  ) -> Int {
    switch goal {
    case .speed:
      if case .single = outputs { return 16 }
      // One place: 48 sums hide the latency of an addition. Several: 32 leave registers for the places.
      if places > 1, sumType == .double { return 16 }
      return places > 1 || channels % 32 == 0 ? 32 : 48
    // The registers of small machines; one size of blocks if possible, for one copy of the code.
    case .size: return (8...16).last { channels % $0 == 0 } ?? 16
    }
  }

  /// Weights in the order [tap][channel] in the order in which tiles read them.
  func ordered(_ weights: [Float]) -> [Float] {
    let channels = groups * groupChannels
    if groups == 1, runs.count == 1, runs[0].count == 1 { return weights }
    var result: [Float] = []
    result.reserveCapacity(weights.count)
    for group in 0..<groups {
      for run in runs {
        for block in 0..<run.count {
          let first = group * groupChannels + run.start + block * run.size
          for tap in 0..<tapCount {
            result += weights[tap * channels + first..<tap * channels + first + run.size]
          }
        }
      }
    }
    return result
  }

  /// Where the weights of a block start.
  func start(of run: ChannelRun, group: Identifier, block: Identifier) -> Expression {
    var place = Expression.count(run.start * tapCount)
    if groups > 1 { place = group.expression.multiplied(by: groupChannels * tapCount).adding(place) }
    if run.count > 1 { place = place.adding(block.expression.multiplied(by: run.size * tapCount)) }
    return place
  }

  /// The first output channel of a block.
  func channel(of run: ChannelRun, group: Identifier, block: Identifier) -> Expression {
    let first = run.first(block)
    return groups == 1 ? first : group.expression.multiplied(by: groupChannels).adding(first)
  }
}
