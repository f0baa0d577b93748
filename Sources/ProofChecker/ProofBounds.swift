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

/// A functional of outputs and inputs, and the part of a box in which it is to be bounded.
package struct ProofClaim {
  package let box: ProofBox
  package let splits: ArraySlice<ProofSplit>
  package var outputs: [(index: Int, factor: Double)] = []
  package var inputs: [(index: Int, factor: Double)] = []
  package var constants: [Double] = []

  package init(_ box: ProofBox, _ splits: ArraySlice<ProofSplit>) { (self.box, self.splits) = (box, splits) }
}

/// What holds in a box and all its parts.
package final class ProofLevel {
  /// By element: intervals (two numbers), lines of activations by their operand (five), and bounds of magnitudes.
  let ends: Block<Double>
  let lines, sizes: Block<Double>
  /// What a functional is charged for each unit of a coefficient on a linear step's element.
  let sigma: Block<Double>
  /// By the value that an activation is applied to: its neurons of one sign that are not constantly zero, those of either
  /// sign, both together; and linear bounds of those of either sign.
  fileprivate(set) var stable, unstable, active: [Block<Int32>?]
  fileprivate(set) var forms: [Block<Double>?]
  /// No input has these signs.
  package fileprivate(set) var isEmpty = false

  fileprivate init(_ graph: ProofGraph) {
    ends = Block(2 * graph.elements, 0)
    lines = Block(5 * graph.elements, 0)
    (sizes, sigma) = (Block(graph.elements, 0), Block(graph.elements, 0))
    stable = graph.counts.map { _ in nil }
    (unstable, active, forms) = (stable, stable, graph.counts.map { _ in nil })
  }

  package var memory: Int { 8 * ends.count * 5 + 8 * forms.reduce(0) { $0 + ($1?.count ?? 0) } }
}

/// Backward linear bounds in binary64. A functional sum a v + c of some values, less its slack s, is not above the claimed
/// one. Each computed sum has at most N + 64 terms, N the elements of all values, so it is off by at most gamma times the sum
/// of its terms' magnitudes. Through z = M v + b + d that and d cost |a| sigma, sigma = gamma T + e + ..., with the bound
/// T = |M| |v| + |b| and |d| <= e = relative T + absolute; through lines rho |a| (proof_lines). Magnitudes are below 1e150
/// (2^126 for programs), so that what underflows is below 1e-140 in all; what overflows is infinite or no number at the
/// end, and discarded.
package final class ProofBounds {
  let graph: ProofGraph
  private let rowLimit: Int
  private var coefficients: [Block<Double>]
  private var isTouched: [Bool]
  private let constants, slacks: Block<Double>
  private let everything: [Block<Int32>]
  private var laneLines: [Block<Double>]
  private var ends = Block<Double>(16, 0)
  package static let lanes = Int(proof_lanes)

  package init(_ graph: ProofGraph) {
    self.graph = graph
    rowLimit = max(Self.lanes, min(48, (1 << 24) / graph.elements & ~7))
    (constants, slacks) = (Block(rowLimit, 0), Block(rowLimit, 0))
    coefficients = graph.counts.map { [rowLimit] in Block($0 * rowLimit, 0) }
    isTouched = graph.counts.map { _ in false }
    everything = graph.counts.map { Block((0..<Int32($0)).map { $0 }, or: 0) }
    laneLines = graph.counts.map { _ in Block(0, 0) }
  }

  /// Bounds all neurons in a box, which is part of the parent's.
  package func level(
    _ box: ProofBox, in parent: ProofLevel?, _ splits: [ProofSplit]
  ) throws(ProofRejection) -> ProofLevel {
    let level = ProofLevel(graph)
    let (sizes, gamma, limit) = (level.sizes, graph.gamma, graph.isFloat ? 0x1p126 : 1e150)
    for i in box.lower.indices {
      sizes[i] = max(abs(box.lower[i]), abs(box.upper[i]))
      try require(sizes[i] < limit, "numbers that may overflow")
    }
    for (index, step) in graph.steps.enumerated() where !level.isEmpty {
      let (offset, count) = (graph.offsets[index + 1], graph.counts[index + 1])
      switch step {
      case .linear(let maps, let bias, let relative, let absolute, let growth):
        for k in 0..<count {
          var sum = abs(bias[k])
          for map in maps { sum += magnitude(map, k, sizes.base + graph.offsets[map.value]) }
          let terms = sum * (1 + 2 * gamma)
          let error = graph.isFloat ? (relative * terms + absolute) * (1 + 0x1p-50) : 0
          level.sigma[offset + k] = (gamma * terms + error) * (1 + 0x1p-50)
          sizes[offset + k] = (terms + error) * (1 + 0x1p-50)
          try require(sizes[offset + k] * growth < limit, "numbers that may overflow")
        }
      case .leaky(let operand, let slopes):
        let start = graph.offsets[operand]
        takeEnds(level, parent, operand, box)
        for split in splits where start..<start + count ~= split.neuron { level.clip(split) }
        refine(level, operand, box)
        let own = level.ends.base + 2 * start
        proof_lines(
          1, everything[operand].base, count, own, slopes.base, sizes.base + start, gamma, graph.isFloat ? 1 : 0,
          level.lines.base + 5 * start)
        level.sort(operand, start, count)
        for k in 0..<count {
          if own[2 * k] > own[2 * k + 1] { level.isEmpty = true }
          let size = max(own[2 * k + 1], -own[2 * k] * abs(slopes[k]), 0)
          sizes[offset + k] = size * (1 + (graph.isFloat ? 0x1p-22 : 0x1p-50)) + (graph.isFloat ? 0x1p-147 : 0)
        }
      }
    }
    return level
  }

  private func magnitude(_ map: ProofGraph.Map, _ k: Int, _ sizes: UnsafePointer<Double>) -> Double {
    var sum = 0.0
    if let starts = map.starts, let columns = map.columns {
      for e in starts[k]..<starts[k + 1] { sum += abs(map.weights[Int(e)]) * sizes[Int(columns[Int(e)])] }
    } else {
      let inputs = graph.counts[map.value]
      proof_absolute(map.weights.base + k * inputs, sizes, inputs, &sum)
    }
    return sum
  }

  /// Intervals that are known: from the larger box, or by magnitudes.
  private func takeEnds(_ level: ProofLevel, _ parent: ProofLevel?, _ operand: Int, _ box: ProofBox) {
    let (start, count) = (graph.offsets[operand], graph.counts[operand])
    for k in start..<start + count {
      level.ends[2 * k] = parent?.ends[2 * k] ?? -level.sizes[k]
      level.ends[2 * k + 1] = parent?.ends[2 * k + 1] ?? level.sizes[k]
    }
    guard let parent, let list = parent.unstable[operand], let forms = parent.forms[operand] else { return }
    if ends.count < 2 * list.count { ends = Block(2 * list.count, 0) }
    proof_ends(
      1, list.base, list.count, parent.ends.base + 2 * start, forms.base, graph.counts[0], box.lower, box.upper,
      ends.base)
    for i in 0..<list.count {
      level.ends[2 * (start + Int(list[i]))] = ends[2 * i]
      level.ends[2 * (start + Int(list[i])) + 1] = ends[2 * i + 1]
    }
  }

  /// Bounds the neurons of either sign by rows z and -z.
  private func refine(_ level: ProofLevel, _ operand: Int, _ box: ProofBox) {
    guard case .linear(let maps, let bias, _, _, _) = graph.steps[operand - 1] else { return }
    let (start, inputs) = (graph.offsets[operand], graph.counts[0])
    let list = (0..<graph.counts[operand]).filter {
      level.ends[2 * (start + $0)] < 0 && level.ends[2 * (start + $0) + 1] > 0
    }
    var (unstable, kept): ([Int32], [Double]) = ([], [])
    for first in stride(from: 0, to: list.count, by: rowLimit / 2) {
      let batch = list[first..<min(first + rowLimit / 2, list.count)]
      let rows = (2 * batch.count + 3) & ~3
      clear(rows, touching: maps.map(\.value))
      for (i, k) in batch.enumerated() {
        for side in 0..<2 {
          let (r, sign) = (2 * i + side, side == 0 ? 1.0 : -1.0)
          constants[r] = sign * bias[k]
          slacks[r] = level.sigma[start + k]
          for map in maps {
            let (target, count) = (coefficients[map.value].base + r, graph.counts[map.value])
            if let starts = map.starts, let columns = map.columns {
              for e in Int(starts[k])..<Int(starts[k + 1]) { target[Int(columns[e]) * rows] += sign * map.weights[e] }
            } else {
              for j in 0..<count { target[j * rows] += sign * map.weights[k * count + j] }
            }
          }
        }
      }
      descend(from: operand - 1, rows, level, each: false)
      for (i, k) in batch.enumerated() {
        let (low, high) = (form(2 * i, rows, level), form(2 * i + 1, rows, level))
        let own = level.ends.base + 2 * (start + k)
        own[0] = max(own[0], least(low, box))
        own[1] = min(own[1], -least(high, box))
        if own[0] < 0 && own[1] > 0 {
          unstable.append(Int32(k))
          if inputs <= 32 { kept += low + high }
        }
      }
    }
    level.unstable[operand] = Block(unstable, or: 0)
    if inputs <= 32 { level.forms[operand] = Block(kept, or: 0) }
  }

  /// Linear and constant lower bounds of at most `lanes` claims' functionals, each in its box within the level's; infinite
  /// where no input has the signs.
  package func bound(_ claims: [ProofClaim], _ level: ProofLevel) -> [(form: [Double], least: Double)] {
    let (rows, inputs) = (Self.lanes, graph.counts[0])
    var isEmpty = claims.map { _ in level.isEmpty }
    if level.isEmpty { return claims.map { _ in ([], .infinity) } }
    var (lower, upper) = ([Double](repeating: 0, count: inputs * rows), [Double](repeating: 0, count: inputs * rows))
    for r in 0..<rows {
      let box = claims[min(r, claims.count - 1)].box
      for i in 0..<inputs { (lower[i * rows + r], upper[i * rows + r]) = (box.lower[i], box.upper[i]) }
    }
    let hasSplits = claims.contains { !$0.splits.isEmpty }
    for step in graph.steps {
      guard case .leaky(let operand, let slopes) = step, let list = level.unstable[operand] else { continue }
      let start = graph.offsets[operand]
      if ends.count < 2 * rows * list.count { ends = Block(2 * rows * list.count, 0) }
      if laneLines[operand].count < 5 * rows * list.count { laneLines[operand] = Block(5 * rows * list.count, 0) }
      proof_ends(
        rows, list.base, list.count, level.ends.base + 2 * start, level.forms[operand]?.base, inputs, lower, upper,
        ends.base)
      if hasSplits {
        for (r, claim) in claims.enumerated() {
          for i in 0..<list.count {
            for split in claim.splits where split.neuron == start + Int(list[i]) {
              let own = ends.base + 2 * i * rows + r
              if split.isPositive { own[0] = max(own[0], 0) } else { own[rows] = min(own[rows], 0) }
              if own[0] > own[rows] { isEmpty[r] = true }
            }
          }
        }
      }
      proof_lines(
        rows, list.base, list.count, ends.base, slopes.base, level.sizes.base + start, graph.gamma,
        graph.isFloat ? 1 : 0, laneLines[operand].base)
    }
    clear(rows, touching: [graph.output, 0])
    for (r, claim) in claims.enumerated() {
      for constant in claim.constants {
        constants[r] += constant
        slacks[r] += graph.gamma * abs(constant)
      }
      for (terms, value) in [(claim.outputs, graph.output), (claim.inputs, 0)] {
        for term in terms {
          coefficients[value][term.index * rows + r] += term.factor
          slacks[r] += graph.gamma * abs(term.factor) * level.sizes[graph.offsets[value] + term.index]
        }
      }
    }
    descend(from: graph.output, rows, level, each: true)
    return claims.indices.map { r in
      let form = form(r, rows, level)
      return (form, isEmpty[r] ? .infinity : least(form, claims[r].box))
    }
  }

  private func clear(_ rows: Int, touching values: [Int]) {
    for value in isTouched.indices { isTouched[value] = false }
    for value in values { touch(value, rows) }
    constants.base.update(repeating: 0, count: rows)
    slacks.base.update(repeating: 0, count: rows)
  }

  private func touch(_ value: Int, _ rows: Int) {
    if !isTouched[value] { coefficients[value].base.update(repeating: 0, count: graph.counts[value] * rows) }
    isTouched[value] = true
  }

  /// Carries rows to the input. A value that only an activation reads has coefficients on active neurons only.
  private func descend(from last: Int, _ rows: Int, _ level: ProofLevel, each: Bool) {
    for value in stride(from: last, to: 0, by: -1) where isTouched[value] {
      let source = coefficients[value].base
      switch graph.steps[value - 1] {
      case .linear(let maps, let bias, _, _, _):
        let list = graph.uses[value] == 1 ? level.active[value] ?? everything[value] : everything[value]
        proof_add(
          source, rows, list.base, list.count, bias.base, level.sigma.base + graph.offsets[value], constants.base,
          slacks.base)
        for map in maps {
          let target = coefficients[map.value].base
          if let starts = map.starts, let columns = map.columns {
            touch(map.value, rows)
            proof_scatter(
              source, target, rows, list.base, list.count, starts.base, columns.base, map.weights.base)
          } else {
            let inputs = graph.counts[map.value]
            proof_multiply(
              source, target, isTouched[map.value] ? 1 : 0, rows, list.base, list.count, map.weights.base, inputs,
              inputs)
            isTouched[map.value] = true
          }
        }
      case .leaky(let operand, _):
        guard let stable = level.stable[operand], let unstable = level.unstable[operand] else { continue }
        let isShared = graph.uses[operand] > 1
        if isShared { touch(operand, rows) }
        isTouched[operand] = true
        let (target, lines) = (coefficients[operand].base, level.lines.base + 5 * graph.offsets[operand])
        for (list, isEach) in [(stable, false), (unstable, each)] {
          proof_relax(
            source, target, isShared ? 1 : 0, rows, list.base, list.count, isEach ? laneLines[operand].base : lines,
            isEach ? 1 : 0, constants.base, slacks.base)
        }
      }
    }
    touch(0, rows)
  }

  /// Row r over the inputs, with a constant so low that the sum of its rounded terms is a bound wherever it is taken.
  private func form(_ r: Int, _ rows: Int, _ level: ProofLevel) -> [Double] {
    var result = (0..<graph.counts[0]).map { coefficients[0][$0 * rows + r] }
    var slack = slacks[r] * (1 + 4 * graph.gamma)
    for i in result.indices { slack += 2 * graph.gamma * abs(result[i]) * level.sizes[i] }
    result.append(constants[r] - slack - 4 * graph.gamma * (abs(constants[r]) + slack) - 1e-140)
    if result.allSatisfy(\.isFinite) { return result }
    return [Double](repeating: 0, count: result.count - 1) + [-.infinity]
  }

  private func least(_ form: [Double], _ box: ProofBox) -> Double {
    var sum = form[form.count - 1]
    for i in box.lower.indices { sum += form[i] * (form[i] >= 0 ? box.lower[i] : box.upper[i]) }
    return sum.isNaN ? -.infinity : sum
  }
}

extension ProofLevel {
  fileprivate func clip(_ split: ProofSplit) {
    let own = ends.base + 2 * split.neuron
    if split.isPositive { own[0] = max(own[0], 0) } else { own[1] = min(own[1], 0) }
  }

  /// Lists the neurons of a value: those of one sign may have become so.
  fileprivate func sort(_ operand: Int, _ start: Int, _ count: Int) {
    var (fixed, all): ([Int32], [Int32]) = ([], [])
    for k in 0..<count {
      let own = lines.base + 5 * (start + k)
      if own[0] == 0 && own[1] == 0 && own[2] == 0 && own[3] == 0 { continue }
      all.append(Int32(k))
      if !(ends[2 * (start + k)] < 0 && ends[2 * (start + k) + 1] > 0) { fixed.append(Int32(k)) }
    }
    (stable[operand], active[operand]) = (Block(fixed, or: 0), Block(all, or: 0))
  }
}
