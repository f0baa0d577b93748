// Trusted: a lower line's slope is one that keeps the line below the function.
/// The slopes of lower lines and the multipliers of splits that rows are carried back with, each row its own.
final class Tuning {
  private let graph: RelaxationGraph
  /// By value: of element k for lane r at `k * lanes + r`.
  private var slopes: [Int: Numbers] = [:]
  /// Of each split, lane by lane: not negative.
  var multipliers: [Double] = []
  /// The neurons whose slopes may be chosen.
  private(set) var open: [Int32] = []
  /// By the value of an activation, its splits.
  private(set) var splits: [Int: [(position: Int, element: Int, isPositive: Bool)]] = [:]

  private let lanes = SlopeTuner.lanes

  init(_ graph: RelaxationGraph) {
    self.graph = graph
    for (index, step) in graph.steps.enumerated() {
      if case .activation(_, let operand) = step {
        slopes[index + 1] = Numbers(graph.counts[operand] * lanes)
      }
    }
  }

  /// The slopes of the lower lines of what an activation makes, for the loops in C.
  func lowerSlopes(of value: Int) -> UnsafePointer<Double>? { slopes[value].map { UnsafePointer($0.base) } }

  /// Moves the slope of an element's lower line as far as it may: of z < 0 ? s z : z with s <= 1, on both sides of zero,
  /// lines through zero with a slope in [s, 1] are below the function.
  func setSlope(_ slope: Double, of value: Int, _ k: Int, _ lane: Int) {
    guard case .activation(.leaky(let limits, _), _) = graph.steps[value - 1], limits[k] <= 1 else {
      preconditionFailure("lower lines of convex functions are tuned")
    }
    slopes[value]?[k * lanes + lane] = slope >= limits[k] ? min(slope, 1) : limits[k]
  }

  /// Takes over the lines of a workspace's last bounds, and rows' earlier choices.
  func begin(_ workspace: BoundsWorkspace, _ splits: [NeuronSplit], _ starts: [RowTuning?]) {
    open = []
    var seen = [Int](repeating: 0, count: lanes)
    for (value, own) in slopes {
      guard let lines = workspace.relaxations[value] else { continue }
      for k in 0..<lines.count {
        (own.base + k * lanes).update(repeating: lines.lowerSlope[k], count: lanes)
      }
    }
    for (neuron, (value, k)) in workspace.neurons.enumerated() {
      guard case .activation(.leaky(let limits, _), _) = workspace.graph.steps[value - 1], limits[k] <= 1,
        workspace.lower[neuron] < 0, workspace.upper[neuron] > 0
      else { continue }
      open.append(Int32(neuron))
      for (r, start) in starts.enumerated() {
        guard let start else { continue }
        // Both ascend.
        while seen[r] < start.neurons.count, start.neurons[seen[r]] < neuron { seen[r] += 1 }
        if seen[r] < start.neurons.count, start.neurons[seen[r]] == neuron {
          setSlope(Double(start.slopes[seen[r]]), of: value, k, r)
        }
      }
    }
    self.splits = [:]
    multipliers = [Double](repeating: 0, count: splits.count * lanes)
    for (position, split) in splits.enumerated() {
      let (value, k) = workspace.neurons[Int(split.neuron)]
      self.splits[value, default: []].append((position, k, split.isPositive))
      workspace.relaxations[value]?.activate(k)
      for (r, start) in starts.enumerated() {
        guard let start, position < start.multipliers.count else { continue }
        multipliers[position * lanes + r] = max(0, start.multipliers[position])
      }
    }
  }

  /// What was chosen for a row last.
  func row(_ lane: Int, _ workspace: BoundsWorkspace) -> RowTuning {
    RowTuning(
      neurons: open,
      slopes: open.map { neuron in
        let (value, k) = workspace.neurons[Int(neuron)]
        return Float(slopes[value]?[k * lanes + lane] ?? 0)
      },
      multipliers: stride(from: lane, to: multipliers.count, by: lanes).map { multipliers[$0] })
  }
}

/// What a row was carried back with.
struct RowTuning: Sendable {
  /// Ascending.
  let neurons: [Int32]
  /// The slope of the lower line of each of them.
  let slopes: [Float]
  /// Of each split of the box, not negative.
  let multipliers: [Double]
}
