import CRelaxationKernels

extension RelaxationGraph.Linear {
  /// The step's result at `lanes` points at once, in binary64: a guide, never a proof.
  ///
  /// - Parameters:
  ///   - values: by value, element k at point r at `k * lanes + r`; the operands' are there.
  ///   - everything: by value, the positions of all its elements.
  ///   - result: of the step, to be filled.
  func evaluate(_ values: [Numbers], _ everything: [Indices], lanes: Int, into result: Numbers) {
    for k in 0..<bias.count { (result.base + k * lanes).update(repeating: bias[k], count: lanes) }
    for operand in operands {
      let source = values[operand.value].base
      switch operand.map {
      case .dense(let map):
        let inputs = everything[operand.value]
        ordain_multiply_dense(
          source, result.base, 1, lanes, inputs.base, inputs.count, map.transposed.base, map.outputCount,
          map.outputCount)
      case .sparse(let map):
        ordain_gather_sparse(
          source, result.base, lanes, map.outputCount, map.starts.base, map.columns.base, map.values.base)
      }
    }
  }
}
