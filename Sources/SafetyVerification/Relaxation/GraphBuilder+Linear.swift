// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import CertifiedBounds
import NetworkIR

/// Sums of products, and averages.
extension GraphBuilder {
  mutating func affine(_ affine: Affine, _ operand: Int) -> Int {
    let rounding = Self.sumRounding(network.semantics, affine.inputCount)
    let map: LinearMap
    if affine.rows == 1 {
      map = .dense(
        DenseMap(
          inputCount: affine.inputCount, outputCount: affine.outputCount, weights: affine.weights))
    } else {
      let rows = (0..<affine.rows).flatMap { row in
        (0..<affine.outputCount).map { output in
          (0..<affine.inputCount).map { input in
            (row * affine.inputCount + input, Double(affine.weight(input: input, output: output)))
          }
        }
      }
      map = .sparse(SparseMap(inputCount: counts[operand], rows: rows))
    }
    let bias = (0..<affine.rows).flatMap { _ in affine.bias.map(Double.init) }
    return linear([(operand, map)], bias: bias, count: bias.count, rounding)
  }

  /// A map that multiplies each element.
  mutating func scaled(_ value: Int, by factor: Double, _ rounding: Rounding) -> Int {
    let rows = (0..<counts[value]).map { [(column: $0, value: factor)] }
    return linear(
      [(value, .sparse(SparseMap(inputCount: counts[value], rows: rows)))], count: counts[value], rounding)
  }

  /// Each window's elements from `value`, added, and divided by `divisor` of how many they are.
  mutating func averages(_ windows: [[Int]], of value: Int, _ divisor: (Int) -> Int) -> Int {
    let rows = windows.map { window in window.map { (column: $0, value: 1 / Double(divisor(window.count))) } }
    let longest = windows.map(\.count).max() ?? 0
    // The program divides a sum that is as many times the average.
    let largestDivisor = windows.map { max($0.count, divisor($0.count)) }.max() ?? 0
    // One more for the weight itself, which is rounded here.
    return linear(
      [(value, .sparse(SparseMap(inputCount: counts[value], rows: rows)))], count: windows.count,
      Rounding(
        relative: SingleRounding.gamma(longest + 1).value, absolute: SingleRounding.underflow.value,
        largestStep: Double(largestDivisor)))
  }
}

extension SparseMap {
  /// A convolution of an operand of shape `operand`.
  convenience init(_ convolution: Convolution, _ operand: TensorShape, _ result: TensorShape) {
    let inputs = convolution.inputChannels / convolution.groups
    let outputs = convolution.outputChannels / convolution.groups
    let rows = windowPlaces(convolution.window, operand, result).flatMap { places in
      (0..<convolution.outputChannels).map { output in
        var row: [(column: Int, value: Double)] = []
        for (tap, place) in places.enumerated() {
          guard let place else { continue }
          for input in 0..<inputs {
            let weight = convolution.weights[(tap * inputs + input) * convolution.outputChannels + output]
            if weight == 0 { continue }
            row.append(
              (place * convolution.inputChannels + output / outputs * inputs + input, Double(weight)))
          }
        }
        return row
      }
    }
    self.init(inputCount: operand.elementCount, rows: rows)
  }
}
