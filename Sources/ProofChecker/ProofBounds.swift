// Trusted: what is said here of linear bounds and of rounding.
import CProofKernels

package struct ProofBox {
  package var lower, upper: [Double]

  package init(lower: [Double], upper: [Double]) { (self.lower, self.upper) = (lower, upper) }
}

/// Inputs on which a neuron (its place among all elements) is not negative, or not positive.
package struct ProofSplit {
  package let neuron: Int
  package let isPositive: Bool

  package init(neuron: Int, isPositive: Bool) { (self.neuron, self.isPositive) = (neuron, isPositive) }
}

/// What holds in a box and all its parts. Arrays are by element of the graph; those of lists begin where the value does that
/// an activation is applied to.
package final class ProofLevel {
  private let arena = Arena()
  /// Intervals (two numbers an element), lines of activations (five), magnitudes, and what a functional is charged for each
  /// unit of a coefficient on a linear step's element.
  let ends, lines, sizes, sigma: Doubles
  /// Neurons of one sign that are not constantly zero, those of either sign, and both together.
  let stable, unstable, active: Places
  /// For each of either sign a form below z and one below -z; none if inputs are many.
  let forms: Doubles?
  fileprivate(set) var stableCount, unstableCount, activeCount: [Int]
  /// No input has these signs.
  package fileprivate(set) var isEmpty = false
  let memory: Int

  fileprivate init(_ graph: ProofGraph) {
    let (count, width) = (graph.elements, 2 * (graph.counts[0] + 1))
    (ends, lines) = (arena.make(2 * count, 0), arena.make(5 * count, 0))
    (sizes, sigma) = (arena.make(count, 0), arena.make(count, 0))
    (stable, unstable, active) = (arena.make(count, 0), arena.make(count, 0), arena.make(count, 0))
    forms = graph.counts[0] <= 32 ? arena.make(count * width, 0) : nil
    memory = count * (84 + (forms == nil ? 0 : 8 * width))
    stableCount = graph.counts.map { _ in 0 }
    (unstableCount, activeCount) = (stableCount, stableCount)
  }
}

/// Backward linear bounds in binary64. A functional sum a v + c of some values, less its slack s, is not above the claimed
/// one. Each computed sum has at most N + 64 terms, N the elements of all values, so it is off by at most gamma times the sum
/// of its terms' magnitudes. Through z = M v + b + d that and d cost |a| sigma, sigma = gamma T + e + ..., with the bound
/// T = |M| |v| + |b| and |d| <= e = relative T + absolute; through lines rho |a| (proof_lines). Magnitudes are below 1e150
/// (2^126 for programs), so that what underflows is below 1e-140 in all; what overflows is infinite or no number at the
/// end, and discarded.
package final class ProofBounds {
  let graph: ProofGraph
  private let arena = Arena()
  private let inputs, rowLimit: Int
  private let coefficients: [Doubles]
  private let isTouched: UnsafeMutablePointer<Bool>
  private let constants, slacks, form, ends, boxLower, boxUpper, laneLines: Doubles
  private let everything: Places
  private var splits: [(lane: Int, split: ProofSplit)] = []
  private var terms: [(lane: Int, isOutput: Bool, index: Int, factor: Double)] = []
  private var unused: [ProofLevel] = []
  package private(set) var lanes = 0
  package static let laneLimit = Int(proof_lanes)

  package init(_ graph: ProofGraph) {
    self.graph = graph
    inputs = graph.counts[0]
    let (lanes, count) = (Self.laneLimit, graph.counts.max() ?? 1)
    let rowLimit = max(lanes, min(48, (1 << 24) / graph.elements & ~7))
    self.rowLimit = rowLimit
    (constants, slacks) = (arena.make(rowLimit, 0), arena.make(rowLimit, 0))
    coefficients = graph.counts.map { [arena] in arena.make($0 * rowLimit, 0) }
    isTouched = arena.make(graph.counts.count, false)
    everything = arena.copy((0..<Int32(count)).map { $0 }, or: 0)
    (form, ends) = (arena.make(inputs + 1, 0), arena.make(2 * lanes * count, 0))
    (boxLower, boxUpper) = (arena.make(inputs * lanes, 0), arena.make(inputs * lanes, 0))
    laneLines = arena.make(5 * lanes * graph.elements, 0)
  }

  // MARK: Levels

  package func recycle(_ level: ProofLevel) { unused.append(level) }

  /// Bounds all neurons in a box, which is part of the parent's.
  package func level(
    _ box: ProofBox, in parent: ProofLevel?, _ splits: [ProofSplit]
  ) throws(ProofRejection) -> ProofLevel {
    let level = unused.popLast() ?? ProofLevel(graph)
    let (sizes, gamma, limit) = (level.sizes, graph.gamma, graph.isFloat ? 0x1p126 : 1e150)
    level.isEmpty = false
    for i in 0..<inputs {
      (boxLower[i], boxUpper[i]) = (box.lower[i], box.upper[i])
      sizes[i] = max(abs(box.lower[i]), abs(box.upper[i]))
      try require(sizes[i] < limit, "numbers that may overflow")
    }
    for (index, step) in graph.steps.enumerated() where !level.isEmpty {
      let (offset, count) = (graph.offsets[index + 1], graph.counts[index + 1])
      switch step {
      case .linear(let maps, let bias, let relative, let absolute, let growth):
        let own = sizes + offset
        if let parent, !graph.isFloat {
          // Those of the larger box do: real errors are far below what matters.
          own.update(from: parent.sizes + offset, count: count)
          (level.sigma + offset).update(from: parent.sigma + offset, count: count)
          continue
        }
        for k in 0..<count { own[k] = abs(bias[k]) }
        for map in maps { addMagnitudes(map, count, sizes + graph.offsets[map.value], own) }
        for k in 0..<count {
          let terms = own[k] * (1 + 2 * gamma)
          let error = graph.isFloat ? (relative * terms + absolute) * (1 + 0x1p-50) : 0
          level.sigma[offset + k] = (gamma * terms + error) * (1 + 0x1p-50)
          own[k] = (terms + error) * (1 + 0x1p-50)
          try require(own[k] * growth < limit, "numbers that may overflow")
        }
      case .leaky(let operand, let slopes):
        let start = graph.offsets[operand]
        let own = level.ends + 2 * start
        takeEnds(level, parent, operand)
        for split in splits where start..<start + count ~= split.neuron {
          let ends = level.ends + 2 * split.neuron
          if split.isPositive { ends[0] = max(ends[0], 0) } else { ends[1] = min(ends[1], 0) }
        }
        refine(level, operand)
        proof_lines(
          1, everything, count, own, slopes, sizes + start, gamma, graph.isFloat ? 1 : 0,
          level.lines + 5 * start)
        sort(level, operand)
        for k in 0..<count {
          if own[2 * k] > own[2 * k + 1] { level.isEmpty = true }
          let size = max(own[2 * k + 1], -own[2 * k] * abs(slopes[k]), 0)
          sizes[offset + k] =
            size * (1 + (graph.isFloat ? 0x1p-22 : 0x1p-50)) + (graph.isFloat ? 0x1p-147 : 0)
        }
      }
    }
    return level
  }

  private func addMagnitudes(_ map: ProofGraph.Map, _ count: Int, _ sizes: Doubles, _ sums: Doubles) {
    guard let starts = map.starts, let columns = map.columns else {
      return proof_absolute(map.weights, count, graph.counts[map.value], sizes, sums)
    }
    for k in 0..<count {
      for e in Int(starts[k])..<Int(starts[k + 1]) { sums[k] += abs(map.weights[e]) * sizes[Int(columns[e])] }
    }
  }

  /// Intervals that are known: from the larger box, or by magnitudes.
  private func takeEnds(_ level: ProofLevel, _ parent: ProofLevel?, _ operand: Int) {
    let (start, count) = (graph.offsets[operand], graph.counts[operand])
    guard let parent else {
      for k in start..<start + count {
        (level.ends[2 * k], level.ends[2 * k + 1]) = (-level.sizes[k], level.sizes[k])
      }
      return
    }
    (level.ends + 2 * start).update(from: parent.ends + 2 * start, count: 2 * count)
    guard let forms = parent.forms else { return }
    let list = parent.unstable + start
    proof_ends(
      1, list, parent.unstableCount[operand], parent.ends + 2 * start, forms + 2 * (inputs + 1) * start,
      inputs, boxLower,
      boxUpper, ends)
    for i in 0..<parent.unstableCount[operand] {
      let own = level.ends + 2 * (start + Int(list[i]))
      (own[0], own[1]) = (ends[2 * i], ends[2 * i + 1])
    }
  }

  /// Bounds the neurons of either sign by rows z and -z, and lists those that still are.
  private func refine(_ level: ProofLevel, _ operand: Int) {
    guard case .linear(let maps, let bias, _, _, _) = graph.steps[operand - 1] else { return }
    let (start, width) = (graph.offsets[operand], inputs + 1)
    let own = level.ends + 2 * start
    let (list, kept) = (level.unstable + start, level.forms.map { $0 + 2 * width * start })
    var (candidates, count) = (0, 0)
    for k in 0..<graph.counts[operand] where own[2 * k] < 0 && own[2 * k + 1] > 0 {
      list[candidates] = Int32(k)
      candidates += 1
    }
    for first in stride(from: 0, to: candidates, by: rowLimit / 2) {
      let batch = min(rowLimit / 2, candidates - first)
      let rows = (2 * batch + 7) & ~7
      clear(rows)
      for map in maps { touch(map.value, rows) }
      for i in 0..<batch {
        let k = Int(list[first + i])
        (constants[2 * i], constants[2 * i + 1]) = (bias[k], -bias[k])
        (slacks[2 * i], slacks[2 * i + 1]) = (level.sigma[start + k], level.sigma[start + k])
        for map in maps {
          let (inputs, target) = (graph.counts[map.value], coefficients[map.value] + 2 * i)
          if let starts = map.starts, let columns = map.columns {
            for e in Int(starts[k])..<Int(starts[k + 1]) {
              target[Int(columns[e]) * rows] += map.weights[e]
              target[Int(columns[e]) * rows + 1] -= map.weights[e]
            }
          } else {
            let weights = map.weights + k * inputs
            for j in 0..<inputs {
              target[j * rows] += weights[j]
              target[j * rows + 1] -= weights[j]
            }
          }
        }
      }
      descend(from: operand - 1, rows, level, each: false)
      for i in 0..<batch {
        let k = Int(list[first + i])
        for side in 0..<2 {
          let value = least(2 * i + side, rows, level, lane: 0, of: 1)
          if side == 0 {
            own[2 * k] = max(own[2 * k], value)
          } else {
            own[2 * k + 1] = min(own[2 * k + 1], -value)
          }
          if let kept { (kept + (2 * count + side) * width).update(from: form, count: width) }
        }
        if own[2 * k] < 0 && own[2 * k + 1] > 0 {
          list[count] = Int32(k)
          count += 1
        }
      }
    }
    level.unstableCount[operand] = count
  }

  private func sort(_ level: ProofLevel, _ operand: Int) {
    let start = graph.offsets[operand]
    var (stable, active) = (start, start)
    for k in 0..<graph.counts[operand] {
      let (own, end) = (level.lines + 5 * (start + k), level.ends + 2 * (start + k))
      if own[0] == 0 && own[1] == 0 && own[2] == 0 && own[3] == 0 { continue }
      level.active[active] = Int32(k)
      active += 1
      if end[0] < 0 && end[1] > 0 { continue }
      level.stable[stable] = Int32(k)
      stable += 1
    }
    (level.stableCount[operand], level.activeCount[operand]) = (stable - start, active - start)
  }

  // MARK: Claims

  /// Adds a lane: a part of a level's box in which a functional is to be bounded; `term` and `constant` add to it.
  package func add(_ box: ProofBox, _ known: ArraySlice<ProofSplit>) {
    for i in 0..<inputs {
      boxLower[i * Self.laneLimit + lanes] = box.lower[i]
      boxUpper[i * Self.laneLimit + lanes] = box.upper[i]
    }
    for split in known { splits.append((lanes, split)) }
    if lanes == 0 {
      terms.removeAll(keepingCapacity: true)
      for r in 0..<Self.laneLimit { laneConstants[r] = (0, 0) }
    }
    lanes += 1
  }

  private var laneConstants = [(sum: Double, size: Double)](repeating: (0, 0), count: 8)

  package func term(_ isOutput: Bool, _ index: Int, _ factor: Double) {
    terms.append((lanes - 1, isOutput, index, factor))
  }

  package func constant(_ value: Double) {
    laneConstants[lanes - 1].sum += value
    laneConstants[lanes - 1].size += abs(value)
  }

  /// Bounds the lanes' functionals from below, infinite where no input has the signs; then there are no lanes.
  package func flush(_ level: ProofLevel, _ body: (_ least: Double, _ form: UnsafePointer<Double>) -> Void) {
    let (rows, gamma) = (Self.laneLimit, graph.gamma)
    var isEmpty = [Bool](repeating: level.isEmpty, count: lanes)
    for r in lanes..<rows {
      for i in 0..<inputs {
        boxLower[i * rows + r] = boxLower[i * rows]
        boxUpper[i * rows + r] = boxUpper[i * rows]
      }
    }
    if !level.isEmpty {
      for step in graph.steps {
        guard case .leaky(let operand, let slopes) = step else { continue }
        let (start, count) = (graph.offsets[operand], level.unstableCount[operand])
        let list = level.unstable + start
        proof_ends(
          rows, list, count, level.ends + 2 * start, level.forms.map { $0 + 2 * (inputs + 1) * start },
          inputs, boxLower,
          boxUpper, ends)
        for (lane, split) in splits {
          for i in 0..<count where split.neuron == start + Int(list[i]) {
            let own = ends + 2 * i * rows + lane
            if split.isPositive { own[0] = max(own[0], 0) } else { own[rows] = min(own[rows], 0) }
            if own[0] > own[rows] { isEmpty[lane] = true }
          }
        }
        proof_lines(
          rows, list, count, ends, slopes, level.sizes + start, gamma, graph.isFloat ? 1 : 0,
          laneLines + 5 * rows * start)
      }
      clear(rows)
      touch(graph.output, rows)
      touch(0, rows)
      for r in 0..<lanes { (constants[r], slacks[r]) = (laneConstants[r].sum, gamma * laneConstants[r].size) }
      for term in terms {
        let value = term.isOutput ? graph.output : 0
        coefficients[value][term.index * rows + term.lane] += term.factor
        slacks[term.lane] += gamma * abs(term.factor) * level.sizes[graph.offsets[value] + term.index]
      }
      descend(from: graph.output, rows, level, each: true)
    }
    let count = lanes
    lanes = 0
    splits.removeAll(keepingCapacity: true)
    for r in 0..<count {
      let value = level.isEmpty ? 0 : least(r, rows, level, lane: r, of: rows)
      body(isEmpty[r] ? .infinity : value, form)
    }
  }

  // MARK: Rows

  private func clear(_ rows: Int) {
    isTouched.update(repeating: false, count: graph.counts.count)
    constants.update(repeating: 0, count: rows)
    slacks.update(repeating: 0, count: rows)
  }

  private func touch(_ value: Int, _ rows: Int) {
    if !isTouched[value] { coefficients[value].update(repeating: 0, count: graph.counts[value] * rows) }
    isTouched[value] = true
  }

  /// Carries rows to the input. A value that only an activation reads has coefficients on active neurons only.
  private func descend(from last: Int, _ rows: Int, _ level: ProofLevel, each: Bool) {
    for value in stride(from: last, to: 0, by: -1) where isTouched[value] {
      let (source, start) = (coefficients[value], graph.offsets[value])
      switch graph.steps[value - 1] {
      case .linear(let maps, let bias, _, _, _):
        let list = graph.isActivatedOnly[value] ? level.active + start : everything
        let count = graph.isActivatedOnly[value] ? level.activeCount[value] : graph.counts[value]
        proof_add(source, rows, list, count, bias, level.sigma + start, constants, slacks)
        for map in maps {
          if let starts = map.starts, let columns = map.columns {
            touch(map.value, rows)
            proof_scatter(source, coefficients[map.value], rows, list, count, starts, columns, map.weights)
          } else {
            let inputs = graph.counts[map.value]
            proof_multiply(
              source, coefficients[map.value], isTouched[map.value] ? 1 : 0, rows, list, count, map.weights,
              inputs,
              inputs)
            isTouched[map.value] = true
          }
        }
      case .leaky(let operand, _):
        let start = graph.offsets[operand]
        let isShared = !graph.isActivatedOnly[operand]
        if isShared { touch(operand, rows) }
        isTouched[operand] = true
        proof_relax(
          source, coefficients[operand], isShared ? 1 : 0, rows, level.stable + start,
          level.stableCount[operand],
          level.lines + 5 * start, 0, constants, slacks)
        proof_relax(
          source, coefficients[operand], isShared ? 1 : 0, rows, level.unstable + start,
          level.unstableCount[operand],
          each ? laneLines + 5 * Self.laneLimit * start : level.lines + 5 * start, each ? 1 : 0, constants,
          slacks)
      }
    }
    touch(0, rows)
  }

  /// Makes `form` of row r over the inputs, with a constant so low that the sum of its rounded terms is a bound wherever it is
  /// taken; and takes it in a lane's box.
  private func least(_ r: Int, _ rows: Int, _ level: ProofLevel, lane: Int, of lanes: Int) -> Double {
    var slack = slacks[r] * (1 + 4 * graph.gamma)
    var sum = 0.0
    for i in 0..<inputs {
      let a = coefficients[0][i * rows + r]
      form[i] = a
      slack += 2 * graph.gamma * abs(a) * level.sizes[i]
      sum += abs(a)
    }
    form[inputs] = constants[r] - slack - 4 * graph.gamma * (abs(constants[r]) + slack) - 1e-140
    if !(sum + form[inputs]).isFinite {
      form.update(repeating: 0, count: inputs)
      form[inputs] = -.infinity
    }
    sum = form[inputs]
    for i in 0..<inputs { sum += form[i] * (form[i] >= 0 ? boxLower : boxUpper)[i * lanes + lane] }
    return sum.isNaN ? -.infinity : sum
  }
}
