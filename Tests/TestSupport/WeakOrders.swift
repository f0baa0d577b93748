/// All weak orders of `count` outputs, as levels: the outputs' levels are exactly `0 ..< k` for some `k`
/// (541 for five outputs).
public func weakOrders(of count: Int) -> [[Int]] {
  func extend(_ levels: [Int]) -> [[Int]] {
    if levels.count == count {
      let used = Set(levels)
      return used == Set(0..<used.count) ? [levels] : []
    }
    return (0..<count).flatMap { extend(levels + [$0]) }
  }
  return extend([])
}

/// Ways to realise levels as scores, the hard ones of binary32 among them.
public enum ScoreStyle: Int, Sendable, CaseIterable {
  case small, adjacent, aroundZero, top, bottom, bothEnds, large, spread

  /// One score an output, ascending with its level.
  public func scores(of levels: [Int]) -> [Float] {
    let count = (levels.max() ?? 0) + 1
    return levels.enumerated().map { output, level in
      switch self {
      case .small: Float(level - 1)
      case .adjacent: Float(bitPattern: Float(1).bitPattern + UInt32(level))
      case .aroundZero:
        // Zeros of both signs; the levels beside them are the smallest subnormals.
        level == 1
          ? (output % 2 == 0 ? 0 : -0.0)
          : level == 0 ? -Float.leastNonzeroMagnitude : Float(bitPattern: UInt32(level - 1))
      case .top: Float(bitPattern: Float.greatestFiniteMagnitude.bitPattern - UInt32(count - 1 - level))
      case .bottom: -Float(bitPattern: Float.greatestFiniteMagnitude.bitPattern - UInt32(level))
      case .bothEnds:
        2 * level < count
          ? -Float(bitPattern: Float.greatestFiniteMagnitude.bitPattern - UInt32(level))
          : Float(bitPattern: Float.greatestFiniteMagnitude.bitPattern - UInt32(count - 1 - level))
      case .large: 1e8 + 8 * Float(level)
      case .spread: [-1e30, -2.5, 3e-12, 7, 1e8, 1e20][level % 6]
      }
    }
  }
}
