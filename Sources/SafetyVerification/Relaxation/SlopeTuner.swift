import CRelaxationKernels

/// Better lower lines, and multipliers of splits, for up to ``lanes`` rows at once: projected gradient steps on the rows'
/// bounds (alpha-CROWN: Xu et al., ICLR 2021; beta-CROWN: Wang et al., NeurIPS 2021). The bounds of neurons stay.
///
/// Nothing that is chosen here is trusted: each step's rows go through ``BoundsWorkspace/descend(from:_:)``, which proves
/// their bounds: ``Tuning/setSlope(_:of:_:_:)`` keeps slopes where lines are below the function, and multipliers count
/// where they are positive.
final class SlopeTuner {
  static let lanes = 4
  private let workspace: BoundsWorkspace
  private let graph: RelaxationGraph
  /// By value, the lines' values where the rows are least.
  private let values: [Numbers]
  private let everything: [Indices]

  init(_ workspace: BoundsWorkspace) {
    self.workspace = workspace
    graph = workspace.graph
    values = graph.counts.map { Numbers($0 * Self.lanes) }
    everything = graph.counts.map { Indices(Array(0..<$0)) }
  }

  /// Rows' bounds in the box of the workspace's last bounds, and what gave the last of them.
  ///
  /// - Parameters:
  ///   - rows: at most ``lanes``.
  ///   - starts: for each row what to begin with.
  ///   - splits: those of the workspace's last bounds.
  func tune(
    _ rows: [OutputRow], from starts: [RowTuning?], _ splits: [NeuronSplit], in box: Box, steps: Int
  ) -> [(bound: LinearBound, tuning: RowTuning)] {
    let tuning = workspace.tuning
    tuning.begin(workspace, splits, starts)
    workspace.isTuned = true
    defer { workspace.isTuned = false }
    var best = workspace.lowerBounds(of: rows, in: box)
    var rates = GradientSteps(count: Self.lanes * (tuning.open.count + splits.count))
    for _ in 0..<(tuning.open.isEmpty && splits.isEmpty ? 0 : steps) {
      if best.allSatisfy({ $0.minimum > 0 }) { break }
      evaluate(box)
      move(&rates, splits)
      for (index, bound) in workspace.lowerBounds(of: rows, in: box).enumerated()
      where bound.minimum > best[index].minimum {
        best[index] = bound
      }
    }
    return best.enumerated().map { ($0.element, tuning.row($0.offset, workspace)) }
  }

  /// The lines' values at the points where the rows' linear bounds are least.
  private func evaluate(_ box: Box) {
    let lanes = Self.lanes
    for i in 0..<graph.inputCount {
      for r in 0..<lanes {
        values[0][i * lanes + r] =
          workspace.coefficients[0][i * lanes + r] >= 0 ? box.lower[i] : box.upper[i]
      }
    }
    for (index, step) in graph.steps.enumerated() {
      let target = values[index + 1].base
      switch step {
      case .linear(let linear):
        linear.evaluate(values, everything, lanes: lanes, into: values[index + 1])
      case .activation(_, let operand):
        guard let lines = workspace.relaxations[index + 1],
          let slopes = workspace.tuning.lowerSlopes(of: index + 1)
        else {
          preconditionFailure("every function has its lines")
        }
        let (source, weights) = (values[operand].base, workspace.coefficients[index + 1].base)
        for k in 0..<graph.counts[operand] {
          for e in k * lanes..<(k + 1) * lanes {
            target[e] =
              weights[e] >= 0
              ? slopes[e] * source[e] + lines.lowerOffset[k]
              : lines.upperSlope[k] * source[e] + lines.upperOffset[k]
          }
        }
      }
    }
  }

  /// A step along the gradients: of a slope its weight times the operand's value, of a multiplier the operand's value.
  private func move(_ rates: inout GradientSteps, _ splits: [NeuronSplit]) {
    let lanes = Self.lanes
    let tuning = workspace.tuning
    rates.next()
    // What multipliers have to outweigh.
    let scales = graph.counts.indices.map { value in
      splits.contains { workspace.neurons[Int($0.neuron)].value == value }
        ? (0..<lanes).map { meanWeight(of: value, $0) } : []
    }
    var index = 0
    for neuron in tuning.open {
      let (value, k) = workspace.neurons[Int(neuron)]
      guard case .activation(_, let operand) = graph.steps[value - 1],
        let slopes = tuning.lowerSlopes(of: value)
      else { preconditionFailure("lines of leaky functions are tuned") }
      for r in 0..<lanes where workspace.isTouched[value] {
        let weight = workspace.coefficients[value][k * lanes + r]
        let gradient = weight > 0 ? weight * values[operand][k * lanes + r] : 0
        tuning.setSlope(slopes[k * lanes + r] + rates.step(index + r, gradient, 0.3), of: value, k, r)
      }
      index += lanes
    }
    for (position, split) in splits.enumerated() {
      let (value, k) = workspace.neurons[Int(split.neuron)]
      guard case .activation(_, let operand) = graph.steps[value - 1] else {
        preconditionFailure("operands of functions are split")
      }
      for r in 0..<lanes where workspace.isTouched[value] {
        let z = values[operand][k * lanes + r]
        let scale = abs(workspace.coefficients[value][k * lanes + r]) + scales[value][r]
        let step = rates.step(index + r, split.isPositive ? -z : z, 0.3 * scale)
        tuning.multipliers[position * lanes + r] = max(tuning.multipliers[position * lanes + r] + step, 0)
      }
      index += lanes
    }
  }

  private func meanWeight(of value: Int, _ lane: Int) -> Double {
    var sum = 0.0
    for k in 0..<graph.counts[value] { sum += abs(workspace.coefficients[value][k * Self.lanes + lane]) }
    return sum / Double(graph.counts[value])
  }
}

/// Steps of one size in each coordinate, whatever the gradients' sizes are (Adam: Kingma, Ba, ICLR 2015).
struct GradientSteps {
  private var means: [Double]
  private var squares: [Double]
  private var (meanShare, squareShare) = (1.0, 1.0)
  private var rate = 1.0 / 0.93

  init(count: Int) {
    means = [Double](repeating: 0, count: count)
    squares = [Double](repeating: 0, count: count)
  }

  mutating func next() {
    meanShare *= 0.9
    squareShare *= 0.99
    rate *= 0.93
  }

  mutating func step(_ index: Int, _ gradient: Double, _ size: Double) -> Double {
    means[index] += 0.1 * (gradient - means[index])
    squares[index] += 0.01 * (gradient * gradient - squares[index])
    let spread = (squares[index] / (1 - squareShare)).squareRoot()
    return spread > 0 ? rate * size * means[index] / (1 - meanShare) / spread : 0
  }
}
