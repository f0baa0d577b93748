/// What is known of the operands of activations in a box: an interval each, and where inputs are few, linear bounds over
/// the inputs for those of either sign. Values of a box also hold in every box inside it.
final class NeuronBounds: Sendable {
  /// By ``RelaxationGraph/activated``, one number a neuron.
  let lower: [Double]
  let upper: [Double]
  /// Positions in ``lower`` of the neurons with linear bounds.
  let linear: [Int32]
  /// For each of them inputs + 1 numbers for a lower bound of z, and as many for a lower bound of -z: coefficients and a
  /// constant.
  let forms: [Double]

  init(lower: [Double], upper: [Double], linear: [Int32] = [], forms: [Double] = []) {
    self.lower = lower
    self.upper = upper
    self.linear = linear
    self.forms = forms
  }

  /// Nothing is known.
  static func unknown(_ graph: RelaxationGraph) -> NeuronBounds {
    let count = graph.neuronCount
    return NeuronBounds(
      lower: [Double](repeating: -.infinity, count: count),
      upper: [Double](repeating: .infinity, count: count))
  }
}
