// Trusted: the listed network computes what the graph does.
import ExactArithmetic

/// A relaxation graph as proofs list it: elements of a value that read the same columns are a layer.
struct ProofNetwork {
  let bytes: [UInt8]
  let layers: [Layer]
  /// For each position among the operands of activations the element that the activation makes.
  let neurons: [Int]
  /// The elements that are the outputs.
  let outputs: [Int]

  /// Elements from `first` on that read the same columns.
  struct Layer {
    let first: Int
    let columns: [Int]
    /// A row for each element.
    let weights: [Double]
    let bias: [Double]
    let slopes: [Double]
    /// Whether no weight was rounded: all are binary32 numbers. Only quotients are rounded, of 1 and a binary32 number or a
    /// count below 2^29; one that is no binary32 number is further from each than rounding to binary64 moves it.
    let isExact: Bool
  }

  /// - Throws: for sigmoid and tanh, which the checker has no lines for.
  init(_ graph: RelaxationGraph) throws(EvidenceFailure) {
    var layers = LayerWriter(inputs: graph.inputCount)
    // By value, the places of its elements.
    var places = [Array(0..<graph.inputCount)]
    var neurons: [Int: [Int]] = [:]
    var activations: [Int: (slopes: Numbers, result: Int)] = [:]
    for (index, step) in graph.steps.enumerated() {
      guard case .activation(let activation, let operand) = step else { continue }
      guard case .leaky(let slopes, _) = activation else { throw .activation }
      activations[operand] = (slopes, index + 1)
    }
    for (index, step) in graph.steps.enumerated() {
      switch step {
      case .linear(let linear):
        // If nothing else reads the sums, the elements are what the activation makes of them.
        let only = graph.useCounts[index + 1] == 1 ? activations[index + 1]?.slopes : nil
        places.append(layers.append(linear, places, slopes: only))
      case .activation(_, let operand):
        guard let slopes = activations[operand]?.slopes else { throw .activation }
        let own =
          graph.useCounts[operand] == 1 ? places[operand] : layers.copy(places[operand], slopes: slopes)
        neurons[operand] = own
        places.append(own)
      }
    }
    outputs = places[graph.output]
    self.neurons = graph.activated.flatMap { neurons[$0] ?? [] }
    var writer = ProofWriter()
    writer.number(graph.inputCount)
    writer.number(layers.layers.count)
    writer.append(layers.writer.bytes)
    (bytes, self.layers) = (writer.bytes, layers.layers)
  }
}

/// Writes layers, and numbers their elements.
private struct LayerWriter {
  private(set) var writer = ProofWriter()
  private(set) var layers: [ProofNetwork.Layer] = []
  private var elements: Int

  init(inputs: Int) { elements = inputs }

  /// - Returns: the places of the step's elements.
  mutating func append(
    _ step: RelaxationGraph.Linear, _ places: [[Int]], slopes: Numbers?
  ) -> [Int] {
    var result = [Int](repeating: 0, count: step.bias.count)
    var groups: [[Int]: Int] = [:]
    var layers: [(columns: [Int], rows: [(row: Int, weights: [Double])])] = []
    var rounding = step.rounding
    var isExact = true
    for row in result.indices {
      var entries: [(column: Int, weight: Double)] = []
      for operand in step.operands {
        let own = places[operand.value]
        operand.map.forEachWeight(ofOutput: row) { entries.append((own[$0], $1)) }
      }
      entries.sort { $0.column < $1.column }
      var (columns, weights): ([Int], [Double]) = ([], [])
      for entry in entries {
        if columns.last == entry.column {
          // A sum of the same element is a product here.
          let sum = weights[weights.count - 1] + entry.weight
          isExact = isExact && Rational(sum) - Rational(entry.weight) == Rational(weights[weights.count - 1])
          weights[weights.count - 1] = sum
          if rounding.relative == 0 { continue }
          rounding = .init(
            relative: rounding.relative, absolute: rounding.absolute + 0x1p-149,
            largestStep: rounding.largestStep)
        } else {
          columns.append(entry.column)
          weights.append(entry.weight)
        }
      }
      let layer = groups[columns] ?? layers.count
      if layer == layers.count {
        groups[columns] = layer
        layers.append((columns, []))
      }
      layers[layer].rows.append((row, weights))
    }
    for layer in layers {
      for own in layer.rows {
        result[own.row] = elements
        elements += 1
      }
      write(
        layer.columns, weights: layer.rows.flatMap(\.weights), bias: layer.rows.map { step.bias[$0.row] },
        slopes: layer.rows.map { slopes?[$0.row] ?? 1 }, rounding, isExact: isExact)
    }
    return result
  }

  /// Elements that are functions of one other each.
  mutating func copy(_ operands: [Int], slopes: Numbers) -> [Int] {
    operands.enumerated().map { index, operand in
      elements += 1
      write([operand], weights: [1], bias: [0], slopes: [slopes[index]], .exact, isExact: true)
      return elements - 1
    }
  }

  private mutating func write(
    _ columns: [Int], weights: [Double], bias: [Double], slopes: [Double],
    _ rounding: RelaxationGraph.Rounding, isExact: Bool
  ) {
    writer.number(bias.count)
    writer.number(columns.count)
    for column in columns { writer.number(column) }
    writer.doubles([rounding.relative, rounding.absolute] + bias + slopes)
    let isShort = isExact && weights.allSatisfy { Double(Float($0)) == $0 }
    writer.byte(isShort ? 0 : 1)
    for weight in weights {
      if isShort { writer.pattern(UInt64(Float(weight).bitPattern), 4) } else { writer.double(weight) }
    }
    layers.append(
      ProofNetwork.Layer(
        first: elements - bias.count, columns: columns, weights: weights, bias: bias, slopes: slopes,
        isExact: isShort))
  }
}

/// Why there is no proof file of what a search proved.
public enum EvidenceFailure: Error, Sendable {
  /// A sigmoid or tanh.
  case activation
  /// The planner left some part open: by the checker's bounds and exact claims it does not close.
  case notClosed
  /// The planner's time was over, or that of a linear program.
  case time
  /// The checker rejects what was made: a defect of ours.
  case rejected(String)
}
