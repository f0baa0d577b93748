/// A relaxation graph as proofs list it.
struct ProofNetwork {
  let bytes: [UInt8]
  /// For each position among the operands of activations its place among all elements of the list.
  let neurons: [Int]

  /// - Throws: for sigmoid and tanh, which the checker has no lines for.
  init(_ graph: RelaxationGraph) throws(EvidenceFailure) {
    var writer = ProofWriter()
    writer.number(graph.inputCount)
    var steps = ProofWriter()
    var stepCount = 0
    // An activation is applied to the result of a linear step only: of other values to what an identity makes.
    var values = [0]
    var offsets = [0]
    var next = graph.inputCount
    func added(_ count: Int) -> Int {
      offsets.append(next)
      next += count
      stepCount += 1
      return stepCount
    }
    var operands: [Int: Int] = [:]
    for step in graph.steps {
      switch step {
      case .linear(let linear):
        steps.byte(0)
        steps.number(linear.bias.count)
        steps.doubles([linear.rounding.relative, linear.rounding.absolute] + linear.bias.array)
        steps.number(linear.operands.count)
        for operand in linear.operands { Self.write(operand.map, of: values[operand.value], to: &steps) }
        values.append(added(linear.bias.count))
      case .activation(.leaky(let slopes, _), let operand):
        if operands[operand] == nil {
          operands[operand] = values[operand]
          var isLinear = false
          if operand > 0, case .linear = graph.steps[operand - 1] { isLinear = true }
          if !isLinear {
            let count = graph.counts[operand]
            steps.byte(0)
            steps.number(count)
            steps.doubles([Double](repeating: 0, count: 2 + count))
            steps.number(1)
            let identity = SparseMap(picking: (0..<count).map { $0 }, of: count)
            Self.write(.sparse(identity), of: values[operand], to: &steps)
            operands[operand] = added(count)
          }
        }
        steps.byte(1)
        steps.number(operands[operand] ?? 0)
        steps.doubles(slopes.array)
        values.append(added(slopes.count))
      case .activation: throw .activation
      }
    }
    writer.number(stepCount)
    writer.append(steps.bytes)
    writer.number(values[graph.output])
    bytes = writer.bytes
    neurons = graph.activated.flatMap { value in
      (0..<graph.counts[value]).map { offsets[operands[value] ?? 0] + $0 }
    }
  }

  private static func write(_ map: LinearMap, of value: Int, to writer: inout ProofWriter) {
    switch map {
    case .dense(let map):
      writer.byte(0)
      writer.number(value)
      for index in 0..<map.weights.count {
        writer.pattern(UInt64(Float(map.weights[index]).bitPattern), 4)
      }
    case .sparse(let map):
      writer.byte(1)
      writer.number(value)
      for row in 0..<map.outputCount {
        writer.number(map.starts[row + 1] - map.starts[row])
        for entry in map.starts[row]..<map.starts[row + 1] {
          writer.number(map.columns[entry])
          writer.double(map.values[entry])
        }
      }
    }
  }
}

/// Why there is no proof file of what a search proved.
public enum EvidenceFailure: Error, Sendable {
  /// A sigmoid or tanh.
  case activation
  /// Some part was closed otherwise than by bounds that the checker can follow.
  case notClosed
  /// The checker rejects what was made: a defect of ours.
  case rejected(String)
}
