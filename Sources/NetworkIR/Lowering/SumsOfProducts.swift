import LoopIR

/// The work of dense layers and convolutions: for each place and output channel co of the result
/// `acc = bias[co]`, then for each tap in order `acc = acc + (weight[tap, co] * x)`.
///
/// Lowered to tiles: a few neighbouring places times a block of channels, whose sums a compiler keeps in registers
/// and whose channels it computes with vector instructions. Each sum is taken in one fixed order whatever the tile,
/// so that scalar and vector code give the same bits.
struct SumsOfProducts: Sendable {
  /// A loop over taps.
  struct Taps: Sendable {
    let count: Int
    /// From one tap's element of the operand to the next one's.
    let step: Int
  }

  /// For each dimension of the result but the last the distance of the operand's elements that neighbours see.
  let steps: [Int]
  /// Outermost first.
  let taps: [Taps]
  let outputs: ChannelGroups
  /// In the order [tap][output channel].
  let weights: [Float]
  /// One an output channel.
  let bias: [Float]

  /// The taps of a sum.
  var tapCount: Int { taps.reduce(1) { $0 * $1.count } }
}

/// Which operand channels an output channel reads.
enum ChannelGroups: Sendable {
  /// All output channels read the same ones.
  case together
  /// So many equal groups of output channels; group g reads from `g * distance` on.
  case groups(Int, distance: Int)
  /// Each output channel reads the one of the same number.
  case single
}

extension Kernel {
  /// Appends the loops over all tiles.
  mutating func append(_ sums: SumsOfProducts) {
    let leading = Array(shape.dimensions.dropLast())
    let tiled = leading.lastIndex { $0 > 1 }
    let places = tiled.map { leading[$0] } ?? 1
    var groups = 1
    if case .groups(let count, _) = sums.outputs { groups = count }
    let blocks = ChannelBlocks(
      sums, groups: groups, channels: shape.dimensions[leading.count], places: places, goal: goal,
      sumType: sumType)
    let weights = table("weights", blocks.ordered(sums.weights))
    let bias = table("bias", sums.bias)
    for run in blocks.runs {
      let positions = TilePositions(channels: run.size, places: places, goal: goal, sumType: sumType)
      let count = positions.count(&functions)
      let tile = Tile(
        sums: sums, blocks: blocks, run: run, positions: positions, positionCount: count, tiled: tiled,
        weights: weights, bias: bias)
      var body = tile.statements(&self)
      for (dimension, size) in leading.enumerated().reversed() where size > 1 {
        let place = Tile.place(dimension)
        if dimension != tiled {
          body = [.count(place, from: 0, to: .count(size), body)]
        } else if !positions.isWhole {
          body = [
            .loop(
              place, from: 0, while: place.expression < .count(size), update: place.expression + count, body)
          ]
        }
      }
      if run.count > 1 { body = [.count(Tile.block, from: 0, to: .count(run.count), body)] }
      if groups > 1 { body = [.count(Tile.group, from: 0, to: .count(groups), body)] }
      append { body }
    }
  }
}
