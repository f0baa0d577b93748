/// Guarantee 6 recomputed over the numbers of floats, where the next float is plus or minus 1.
public struct OracleValues {
  /// `strict[q][p]`: the output at place `p` must be strictly worse than the one at place `q < p`.
  private var strict: [[Bool]]
  private let count: Int

  /// - Parameters:
  ///   - order: outputs, best first.
  ///   - precedences: pairs of outputs, the first strictly better.
  ///   - windows: the output has at least `earliest` strictly better, `count - end` strictly worse.
  public init(
    order: [Int], tieOrder: [Int], precedences: [(Int, Int)],
    windows: [(output: Int, earliest: Int, end: Int)]
  ) {
    count = order.count
    strict = [[Bool]](repeating: [Bool](repeating: false, count: order.count), count: order.count)
    func position(_ output: Int) -> Int { order.firstIndex(of: output) ?? 0 }
    func priority(_ output: Int) -> Int { tieOrder.firstIndex(of: output) ?? 0 }
    for place in 1..<max(1, count) where priority(order[place - 1]) > priority(order[place]) {
      strict[place - 1][place] = true
    }
    for (before, after) in precedences { strict[position(before)][position(after)] = true }
    for window in windows {
      let own = position(window.output)
      for place in 0..<count {
        if place < window.earliest { strict[place][own] = true }
        if place >= window.end { strict[own][place] = true }
      }
    }
  }

  /// Whether the order itself meets every strict pair (none points upwards).
  public var isConsistent: Bool {
    !(0..<count).contains { later in (0...later).contains { strict[later][$0] } }
  }

  /// The goodness at each place, given the raw goodness, best first.
  public func goodness(from sorted: [Int]) -> [Int] {
    let limit = floatIndex(.greatestFiniteMagnitude)
    let down = downwards(sorted)
    if down.allSatisfy({ $0 >= -limit }) { return down }
    let up = upwards(sorted)
    if up.allSatisfy({ $0 <= limit }) { return up }
    return upwards(down.map { max($0, -limit) })
  }

  private func downwards(_ start: [Int]) -> [Int] {
    var values: [Int] = []
    for place in 0..<count {
      let limits = (0..<place).map { strict[$0][place] ? values[$0] - 1 : values[$0] }
      values.append(min(start[place], limits.min() ?? start[place]))
    }
    return values
  }

  private func upwards(_ start: [Int]) -> [Int] {
    var values = start
    for place in (0..<count).reversed() {
      let limits = (place + 1..<count).map { strict[place][$0] ? values[$0] + 1 : values[$0] }
      values[place] = max(start[place], limits.max() ?? start[place])
    }
    return values
  }
}
