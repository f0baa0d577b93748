import LoopIR

/// How many neighbouring places a tile spans: as many as its sums fit in the vector registers of the machine that
/// the code is compiled for, spread evenly over all places.
struct TilePositions: Sendable {
  /// For registers of 128, 256 and 512 bits.
  let choices: [Int]
  let places: Int

  /// - Parameters:
  ///   - channels: the size of the tile in channels.
  ///   - places: how many there are.
  ///   - sumType: of the sums.
  init(channels: Int, places: Int, goal: OptimizationGoal, sumType: ValueType) {
    self.places = places
    let lanes = (channels + 7) / 8 * 8
    // Sums that fit, with room for weights and operands. Measured with gcc 12 and clang 21 on x86-64.
    let capacities = goal == .speed ? [32, 64, 256] : [16, 16, 16]
    choices = capacities.map { capacity in
      let most = min(8, max(1, capacity / (lanes * sumType.size / ValueType.float.size)))
      let tiles = (places + most - 1) / most
      return (places + tiles - 1) / tiles
    }
  }

  /// Every tile spans one place.
  var isSingle: Bool { choices.allSatisfy { $0 == 1 } }
  /// One tile spans all places.
  var isWhole: Bool { choices.allSatisfy { $0 == places } }
  /// Whether the last tile must start earlier than where the one before it ends.
  var overlaps: Bool { choices.contains { places % $0 != 0 } }
  var largest: Int { choices.max() ?? 1 }

  /// The number as an expression.
  func count(_ functions: inout SharedFunctions) -> Expression {
    if choices.allSatisfy({ $0 == choices[0] }) { return .count(choices[0]) }
    let role = "positions_" + choices.map(String.init).joined(separator: "_")
    let name = functions.function(role) { name, _ in
      .constants([
        NamedConstant(
          name: name, value: Int32(choices[0]), wide: Int32(choices[1]), widest: Int32(choices[2]),
          comment: "Neighbouring places that a tile spans; no result depends on it.")
      ])
    }
    return .cast(.uint32, name.expression)
  }
}
