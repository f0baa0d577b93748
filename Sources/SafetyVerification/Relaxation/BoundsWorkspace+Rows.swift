// Trusted: lower bounds of rows are not above their values (the theorem of the article Prover).

extension BoundsWorkspace {
  /// Lower bounds of functionals of the outputs in the box of the last ``bound(_:knowing:splits:keepsForms:)``.
  ///
  /// - Returns: for each row a linear bound over the inputs, and its least value in the box.
  func lowerBounds(of outputRows: [OutputRow], in box: Box) -> [LinearBound] {
    var result: [LinearBound] = []
    var start = 0
    let inputs = graph.inputCount
    while start < outputRows.count {
      let batch = outputRows[start..<min(start + rowLimit, outputRows.count)]
      let rows = (batch.count + 3) & ~3
      clear(rows)
      zero(graph.output, rows)
      isTouched[graph.output] = true
      for (r, row) in batch.enumerated() {
        constants[r] = row.constant
        slacks[r] = abs(row.constant) * unit
        for term in row.terms {
          coefficients[graph.output][term.output * rows + r] = term.coefficient
          if row.isRounded {
            slacks[r] += abs(term.coefficient) * magnitudes[graph.output][term.output] * unit
          }
        }
      }
      descend(from: graph.output, rows)
      concretize(box, rows)
      for r in 0..<batch.count {
        var form: [Double] = []
        form.reserveCapacity(inputs + 1)
        appendForm(r, rows, &form)
        result.append(LinearBound(form: form, minimum: minima[r], slack: slacks[r]))
      }
      start += batch.count
    }
    return result
  }

  /// Calls `body` for each active operand of a piecewise-linear activation with the sum of the magnitudes of the last
  /// rows' coefficients on the activation's result, and of those that are negative.
  func forEachRelaxedNeuron(_ body: (_ neuron: Int, _ weight: Double, _ negative: Double) -> Void) {
    for (index, step) in graph.steps.enumerated() {
      guard case .activation(.leaky, let operand) = step, isTouched[index + 1],
        let offset = neuronOffsets[operand]
      else { continue }
      for k in 0..<graph.counts[operand] {
        var sum = 0.0
        var negative = 0.0
        for r in 0..<lastRows {
          let weight = coefficients[index + 1][k * lastRows + r]
          sum += abs(weight)
          negative -= min(weight, 0)
        }
        body(offset + k, sum, negative)
      }
    }
  }

  /// The sum of the magnitudes of the last rows' coefficients on the result of the activation of an operand.
  func rowWeight(ofNeuron neuron: Int) -> Double {
    let (value, k) = neurons[neuron]
    guard isTouched[value] else { return 0 }
    var sum = 0.0
    for r in 0..<lastRows { sum += abs(coefficients[value][k * lastRows + r]) }
    return sum
  }
}
