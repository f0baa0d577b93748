import NetworkIR

/// The layers whose result has their outputs in dimension 1: what scales channels there can be folded into them.
extension ONNXTranslation {
  /// Remembers that `value` is made by the convolution or affine node at `position` or after it, and by what
  /// moves its result.
  mutating func noteLayer(_ value: ComputedValue, appendedFrom position: Int) {
    for index in position..<nodes.count {
      if case .affine = nodes[index].operation, value.shape.dimensions.count == 2 { layers[value.id] = index }
      if case .convolution = nodes[index].operation { layers[value.id] = index }
    }
  }

  /// Replaces the layer that makes `value` by one whose output j is multiplied by `factors[j]`, and `terms[j]`
  /// added: each weight is rounded once.
  ///
  /// - Returns: whether there is such a layer, whose result nothing else reads, and the new weights are finite.
  mutating func scaleLayer(_ value: ComputedValue, by factors: [Double], plus terms: [Double]) -> Bool {
    guard let position = layers[value.id], isReadOnce(value) else { return false }
    func scaled(_ weights: [Float]) -> [Float] {
      weights.indices.map { Float(Double(weights[$0]) * factors[$0 % factors.count]) }
    }
    func shifted(_ bias: [Float]) -> [Float] {
      bias.indices.map { Float(Double(bias[$0]) * factors[$0] + terms[$0]) }
    }
    var operation = nodes[position].operation
    if case .affine(let affine) = operation {
      operation = .affine(
        Affine(
          inputCount: affine.inputCount, outputCount: affine.outputCount, rows: affine.rows,
          weights: scaled(affine.weights), bias: shifted(affine.bias)))
    }
    if case .convolution(let convolution) = operation {
      operation = .convolution(
        convolution.replacing(weights: scaled(convolution.weights), bias: shifted(convolution.bias)))
    }
    guard operation.implementation.constants.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return false }
    replaceOperation(at: position, by: operation)
    return true
  }
}
