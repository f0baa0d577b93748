// Trusted: lower bounds of rows are not above their values (the theorem of the article Prover).
import CRelaxationKernels

/// Backward linear bounds (CROWN: Zhang, Weng, Chen, Hsieh, Daniel, NeurIPS 2018) of a network in a box, with all
/// roundings charged. One a thread; all storage is allocated once.
///
/// A row is a functional `sum of a_k v_k + constant` of some value v. It is carried backwards through the steps to a
/// functional of the input that is not above it, up to its `slack`:
///
/// - Through `z = sum of M v + b + d`, where d is what the program rounds: the coefficients on v are computed sums
///   `a M`, off by at most g(n) |a| |M| in total, so the functional is off by at most g(n) |a|_k (|M| V)_k for |v| <= V; d
///   adds |a|_k |d_k| at most (NUMERICS, T7), and the bias in the constant is rounded with it. All of this is
///   `slack_k |a_k|` with one number a neuron, computed once a box.
/// - Through `v = f(z)`: a coefficient a >= 0 takes f's lower line, a < 0 its upper one; the product of a with the slope
///   rounds once, which the slack of z covers; the offset goes to the constant.
///
/// g(n) is taken for n = the network's elements + 64, which covers every sum here, twice the roundings of products, the
/// constants' own sum, and weights that were rounded. Products that underflow are charged as a whole at the end.
/// The same V bounds what the program and what the real function computes, so one pass proves for both; without
/// `coversFloats` the errors d are left out.
final class BoundsWorkspace {
  let graph: RelaxationGraph
  let coversFloats: Bool
  /// The largest number of rows at once.
  let rowLimit: Int

  let unit: Double
  let coefficients: [Numbers]
  var isTouched: [Bool]
  let constants: Numbers
  let slacks: Numbers
  let minima: Numbers
  /// For each value, |v| is at most that.
  let magnitudes: [Numbers]
  /// For linear steps: charged for each unit of a coefficient on the result.
  let stepSlacks: [Numbers]
  /// By the value that an activation makes.
  let relaxations: [Int: Relaxation]
  /// By the value that nothing but one activation reads, what that makes.
  let soleReaders: [Int: Int]
  let everything: [Indices]
  var lastRows = 0
  let inputSlack: Numbers
  /// Intervals of the operands of activations, by ``RelaxationGraph/activated``, one after the other.
  let lower: Numbers
  let upper: Numbers
  let neuronOffsets: [Int: Int]
  /// For each operand of an activation the value that the activation makes, and its element.
  let neurons: [(value: Int, element: Int)]
  /// What rows are carried back with where ``isTuned``: four rows then.
  private(set) lazy var tuning = Tuning(graph)
  var isTuned = false

  init(_ graph: RelaxationGraph, coversFloats: Bool) {
    self.graph = graph
    self.coversFloats = coversFloats
    let largest = graph.counts.max() ?? 1
    let rowLimit = largest > 4096 ? 24 : largest > 600 ? 48 : 120
    self.rowLimit = rowLimit
    let terms = Double(graph.elementCount + 64) * 0x1p-53
    unit = terms / (1 - terms) * (1 + 0x1p-40)
    coefficients = graph.counts.map { Numbers($0 * rowLimit) }
    isTouched = graph.counts.map { _ in false }
    (constants, slacks, minima) = (Numbers(rowLimit), Numbers(rowLimit), Numbers(rowLimit))
    magnitudes = graph.counts.map { Numbers($0) }
    stepSlacks = graph.counts.map { Numbers($0) }
    everything = graph.counts.map { Indices(Array(0..<$0)) }
    inputSlack = Numbers(graph.inputCount)
    var relaxations: [Int: Relaxation] = [:]
    var offsets: [Int: Int] = [:]
    var total = 0
    for value in graph.activated {
      offsets[value] = total
      total += graph.counts[value]
    }
    var results: [Int: Int] = [:]
    for (index, step) in graph.steps.enumerated() {
      guard case .activation(_, let operand) = step else { continue }
      relaxations[index + 1] = Relaxation(count: graph.counts[operand])
      results[operand] = index + 1
    }
    self.relaxations = relaxations
    soleReaders = results.filter { graph.useCounts[$0.key] == 1 }
    neuronOffsets = offsets
    (lower, upper) = (Numbers(total), Numbers(total))
    neurons = graph.activated.flatMap { value in
      (0..<graph.counts[value]).map { (results[value] ?? 0, $0) }
    }
  }

  enum Outcome {
    case bounds(NeuronBounds)
    /// The splits contradict the bounds: no input of the box is on their sides.
    case empty
    /// Numbers may overflow, or are beyond what the error terms cover.
    case overflow
  }

  /// Bounds the operands of all activations in a box, given what is known of them. Then ``relaxations`` are for that box.
  ///
  /// - Parameters:
  ///   - splits: only inputs for which these neurons are on these sides count.
  ///   - keepsForms: whether the result holds linear bounds.
  ///   - refreshes: whether neurons are bounded anew; else what is known has to do.
  func bound(
    _ box: Box, knowing known: NeuronBounds, splits: [NeuronSplit], keepsForms: Bool, refreshes: Bool = true
  ) -> Outcome {
    take(known, splits, in: box)
    var linear: [Int32] = []
    var forms: [Double] = []
    for i in 0..<graph.inputCount {
      let largest = max(abs(box.lower[i]), abs(box.upper[i]))
      guard largest < largestMagnitude else { return .overflow }
      magnitudes[0][i] = largest
      inputSlack[i] = largest * unit
    }
    for value in graph.counts.indices.dropFirst() {
      switch graph.steps[value - 1] {
      case .linear(let step):
        guard prepare(step, value) else { return .overflow }
      case .activation(let activation, let operand):
        guard let relaxation = relaxations[value], let offset = neuronOffsets[operand] else {
          preconditionFailure("every function has its lines")
        }
        if refreshes {
          let unstable = (offset..<offset + relaxation.count).filter { isOpen(activation, $0) }
          refresh(unstable.map { $0 - offset }, of: operand, in: box, offset, keepsForms, &forms)
          if keepsForms { linear += unstable.map { Int32($0) } }
        }
        for k in offset..<offset + relaxation.count {
          if lower[k] > upper[k] { return .empty }
          guard lower[k] > -largestMagnitude, upper[k] < largestMagnitude else { return .overflow }
        }
        relaxation.set(
          activation, lower: lower.base + offset, upper: upper.base + offset, roundsFloats: coversFloats,
          unit: unit)
        for k in 0..<relaxation.count {
          magnitudes[value][k] = relaxation.magnitude[k]
          guard magnitudes[value][k] < largestMagnitude else { return .overflow }
        }
      }
    }
    return .bounds(
      refreshes
        ? NeuronBounds(lower: lower.array, upper: upper.array, linear: linear, forms: forms) : known)
  }

  /// Below that, no error term of binary64 underflows to where it matters or overflows; and nothing that the program
  /// computes overflows binary32, whose sums are below twice their terms.
  private var largestMagnitude: Double { coversFloats ? Double(Float.greatestFiniteMagnitude) / 4 : 1e150 }

  /// What all products that underflow can change: 2^-1074 each, times magnitudes below 1e150.
  let underflow = 1e-140

  private func isOpen(_ activation: Activation, _ k: Int) -> Bool {
    switch activation {
    // A split may have told one end of what is not known yet.
    case .leaky: lower[k] < 0 && upper[k] > 0 || lower[k] == -.infinity || upper[k] == .infinity
    case .sigmoid, .tanh: lower[k] < upper[k]
    }
  }

  /// Intervals from what is known: the intervals themselves, and the linear bounds' values in the box.
  private func take(_ known: NeuronBounds, _ splits: [NeuronSplit], in box: Box) {
    for k in 0..<lower.count {
      lower[k] = known.lower[k]
      upper[k] = known.upper[k]
    }
    let inputs = graph.inputCount
    let rounding = Double(inputs + 4) * 0x1p-52
    known.forms.withUnsafeBufferPointer { forms in
      func value(_ start: Int) -> Double {
        var sum = forms[start + inputs]
        var size = abs(sum)
        for i in 0..<inputs {
          let a = forms[start + i]
          let term = a * (a >= 0 ? box.lower[i] : box.upper[i])
          sum += term
          size += abs(term)
        }
        return sum - rounding * size - underflow
      }
      for (position, neuron) in known.linear.enumerated() {
        let start = 2 * position * (inputs + 1)
        let k = Int(neuron)
        lower[k] = max(lower[k], value(start))
        upper[k] = min(upper[k], -value(start + inputs + 1))
      }
    }
    for split in splits {
      let k = Int(split.neuron)
      if split.isPositive { lower[k] = max(lower[k], 0) } else { upper[k] = min(upper[k], 0) }
    }
  }

  /// The slack and magnitudes of a linear step. False if its numbers may overflow.
  private func prepare(_ step: RelaxationGraph.Linear, _ value: Int) -> Bool {
    let sizes = magnitudes[value]
    let slack = stepSlacks[value]
    let count = graph.counts[value]
    for k in 0..<count { sizes[k] = abs(step.bias[k]) }
    for operand in step.operands { operand.map.addAbsolute(of: magnitudes[operand.value], to: sizes) }
    let upwards = 1 + 2 * unit
    let relative = coversFloats ? step.rounding.relative : 0
    let absolute = coversFloats ? step.rounding.absolute : 0
    var isFinite = true
    for k in 0..<count {
      let terms = sizes[k] * upwards
      let error = (relative * terms + absolute) * (1 + 0x1p-50)
      slack[k] = (unit * terms + error) * (1 + 0x1p-50)
      sizes[k] = (terms + error) * (1 + 0x1p-50)
      if !(sizes[k] * step.rounding.largestStep < largestMagnitude) { isFinite = false }
    }
    return isFinite
  }

  /// Improves the intervals of some elements of `value`.
  private func refresh(
    _ neurons: [Int], of value: Int, in box: Box, _ offset: Int, _ keepsForms: Bool, _ forms: inout [Double]
  ) {
    guard case .linear(let step) = graph.steps[value - 1] else {
      preconditionFailure("functions are applied to linear steps' results")
    }
    if !keepsForms, step.operands.count == 1, step.operands[0].value == 0 {
      boundFirst(neurons, step, of: value, in: box, offset)
      return
    }
    var start = 0
    while start < neurons.count {
      let batch = neurons[start..<min(start + rowLimit / 2, neurons.count)]
      let rows = (2 * batch.count + 3) & ~3
      clear(rows)
      begin(step, value, batch, rows)
      descend(from: value - 1, rows)
      concretize(box, rows)
      for (r, k) in batch.enumerated() {
        lower[offset + k] = max(lower[offset + k], minima[2 * r])
        upper[offset + k] = min(upper[offset + k], -minima[2 * r + 1])
      }
      if keepsForms { for r in 0..<2 * batch.count { appendForm(r, rows, &forms) } }
      start += batch.count
    }
  }

  /// The same where a step reads the input alone: intervals are as good as rows then.
  private func boundFirst(
    _ neurons: [Int], _ step: RelaxationGraph.Linear, of value: Int, in box: Box, _ offset: Int
  ) {
    for k in neurons {
      var least = step.bias[k]
      var largest = step.bias[k]
      for operand in step.operands {
        operand.map.forEachWeight(ofOutput: k) { input, weight in
          least += weight * (weight >= 0 ? box.lower[input] : box.upper[input])
          largest += weight * (weight >= 0 ? box.upper[input] : box.lower[input])
        }
      }
      // Its slack covers sums of any order, and the program's rounding.
      let slack = stepSlacks[value][k] * (1 + 4 * unit) + underflow
      lower[offset + k] = max(lower[offset + k], (least - slack).nextDown)
      upper[offset + k] = min(upper[offset + k], (largest + slack).nextUp)
    }
  }
}
