/// A set of activation regions of a chain within a ball: those in which some neurons have known signs. One with all signs
/// known is a region.
struct Cell: Sendable {
  struct Neuron: Hashable, Sendable {
    let layer: Int
    let index: Int
  }

  /// A neuron whose sum is not negative (`isActive`), or not positive.
  struct Sign: Sendable {
    let neuron: Neuron
    let isActive: Bool
  }

  /// By layer, of each neuron's sum: what the program computes for any input of the cell is within.
  var lows: [PaddedVector]
  var highs: [PaddedVector]
  /// What was split, in the order of the splits.
  private(set) var signs: [Sign] = []

  func isUndecided(_ neuron: Neuron) -> Bool {
    lows[neuron.layer][neuron.index] < 0 && highs[neuron.layer][neuron.index] > 0
  }

  func undecided(inLayer layer: Int, width: Int) -> [Neuron] {
    (0..<width).map { Neuron(layer: layer, index: $0) }.filter { isUndecided($0) }
  }

  /// The part of the cell where a neuron has a sign. The two parts share the neuron's boundary, so that each input is in
  /// one of them.
  func part(_ sign: Sign) -> Cell {
    var part = self
    let (layer, index) = (sign.neuron.layer, sign.neuron.index)
    if sign.isActive {
      part.lows[layer][index] = max(0, lows[layer][index])
    } else {
      part.highs[layer][index] = min(0, highs[layer][index])
    }
    part.signs.append(sign)
    return part
  }

  init(lows: [PaddedVector], highs: [PaddedVector]) {
    self.lows = lows
    self.highs = highs
  }
}
