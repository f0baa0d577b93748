// Trusted: lower bounds of rows are not above their values (the theorem of the article Prover).
import CRelaxationKernels

/// Rows on their way to the input.
extension BoundsWorkspace {
  func clear(_ rows: Int) {
    lastRows = rows
    for value in isTouched.indices { isTouched[value] = false }
    for r in 0..<rows {
      constants[r] = 0
      slacks[r] = 0
    }
  }

  func zero(_ value: Int, _ rows: Int) {
    coefficients[value].base.update(repeating: 0, count: graph.counts[value] * rows)
  }

  /// Rows z_k and -z_k for some elements of a linear step's result, already carried through the step.
  func begin(
    _ step: RelaxationGraph.Linear, _ value: Int, _ neurons: ArraySlice<Int>, _ rows: Int
  ) {
    for operand in step.operands where !isTouched[operand.value] {
      zero(operand.value, rows)
      isTouched[operand.value] = true
    }
    for (r, k) in neurons.enumerated() {
      constants[2 * r] = step.bias[k]
      constants[2 * r + 1] = -step.bias[k]
      slacks[2 * r] = stepSlacks[value][k]
      slacks[2 * r + 1] = stepSlacks[value][k]
      for operand in step.operands {
        let target = coefficients[operand.value].base
        operand.map.forEachWeight(ofOutput: k) { column, weight in
          target[column * rows + 2 * r] += weight
          target[column * rows + 2 * r + 1] -= weight
        }
      }
    }
  }

  /// Carries rows from the touched values up to `last` to the input.
  func descend(from last: Int, _ rows: Int) {
    precondition(!isTuned || rows == SlopeTuner.lanes, "slopes are those of as many rows")
    for value in stride(from: last, through: 1, by: -1) where isTouched[value] {
      let source = coefficients[value].base
      switch graph.steps[value - 1] {
      case .linear(let step):
        let active = activeElements(of: value)
        ordain_add_terms(
          source, rows, active.base, active.count, step.bias.base, stepSlacks[value].base, constants.base,
          slacks.base)
        for operand in step.operands {
          let target = coefficients[operand.value].base
          switch operand.map {
          case .dense(let map):
            ordain_multiply_dense(
              source, target, isTouched[operand.value] ? 1 : 0, rows, active.base, active.count,
              map.weights.base, map.inputCount, map.inputCount)
          case .sparse(let map):
            if !isTouched[operand.value] { zero(operand.value, rows) }
            ordain_multiply_sparse(
              source, target, rows, active.base, active.count, map.starts.base, map.columns.base,
              map.values.base)
          }
          isTouched[operand.value] = true
        }
      case .activation(_, let operand):
        guard let relaxation = relaxations[value] else { preconditionFailure("every function has its lines") }
        let isShared = graph.useCounts[operand] > 1
        if isShared, !isTouched[operand] { zero(operand, rows) }
        ordain_relax(
          source, coefficients[operand].base, isShared ? 1 : 0, rows, relaxation.active.base,
          relaxation.active.count, relaxation.kernel, isTuned ? tuning.lowerSlopes(of: value) : nil,
          constants.base, slacks.base)
        isTouched[operand] = true
        if isTuned { subtractSplits(of: value, operand, rows) }
      }
    }
  }

  /// On inputs for which a split operand z is at least zero, a row is not below itself less a multiple of z; for at most
  /// zero, plus one. The coefficient was rounded as a product, and is as a sum: both are charged.
  private func subtractSplits(of value: Int, _ operand: Int, _ rows: Int) {
    for split in tuning.splits[value] ?? [] {
      for r in 0..<rows {
        let multiplier = tuning.multipliers[split.position * rows + r]
        guard multiplier > 0 else { continue }
        let before = coefficients[operand][split.element * rows + r]
        coefficients[operand][split.element * rows + r] =
          before + (split.isPositive ? -multiplier : multiplier)
        slacks[r] += (abs(before) + multiplier) * unit * magnitudes[operand][split.element]
      }
    }
  }

  /// The elements whose coefficients may differ from zero. A value that an activation alone reads has coefficients
  /// for the active neurons only.
  private func activeElements(of value: Int) -> Indices {
    if let reader = soleReaders[value], let relaxation = relaxations[reader] { return relaxation.active }
    return everything[value]
  }

  func concretize(_ box: Box, _ rows: Int) {
    if !isTouched[0] { zero(0, rows) }
    ordain_concretize(
      coefficients[0].base, rows, graph.inputCount, box.lower, box.upper, inputSlack.base, constants.base,
      minima.base, slacks.base)
    for r in 0..<rows {
      // The slack's own sum is rounded, too, and so are these two operations.
      slacks[r] = slacks[r] * (1 + 4 * unit) + underflow
      // All terms together are below slack / unit, so no sum of some of them overflows; else nothing is known.
      if !(slacks[r] < 1e290) { slacks[r] = .infinity }
      minima[r] = slacks[r] < .infinity ? (minima[r] - slacks[r]).nextDown : -.infinity
    }
  }

  /// The bound of row `r` as a function of the input.
  func appendForm(_ r: Int, _ rows: Int, _ forms: inout [Double]) {
    for i in 0..<graph.inputCount { forms.append(coefficients[0][i * rows + r]) }
    forms.append((constants[r] - slacks[r]).nextDown)
  }
}
