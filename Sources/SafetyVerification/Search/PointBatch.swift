import CRelaxationKernels
import Foundation

/// The network at several points at once, in binary64: a guide for attacks, never a proof.
final class PointBatch {
  let graph: RelaxationGraph
  /// How many points: a multiple of 4.
  let size: Int
  /// For each value its elements, those of one point beside those of the next.
  private let values: [Numbers]
  private let gradients: [Numbers]
  private var isTouched: [Bool]
  private let everything: [Indices]

  init(_ graph: RelaxationGraph, size: Int) {
    self.graph = graph
    self.size = size
    values = graph.counts.map { Numbers($0 * size) }
    gradients = graph.counts.map { Numbers($0 * size) }
    isTouched = graph.counts.map { _ in false }
    everything = graph.counts.map { Indices(Array(0..<$0)) }
  }

  /// Coordinate `input` of point `point`.
  subscript(input: Int, point: Int) -> Double {
    get { values[0][input * size + point] }
    set { values[0][input * size + point] = newValue }
  }

  func point(_ point: Int) -> [Double] { (0..<graph.inputCount).map { self[$0, point] } }

  func output(_ output: Int, _ point: Int) -> Double { values[graph.output][output * size + point] }

  func gradient(_ input: Int, _ point: Int) -> Double { gradients[0][input * size + point] }

  /// The value of a row at a point.
  func value(of row: OutputRow, at point: Int) -> Double {
    row.terms.reduce(row.constant) { $0 + $1.coefficient * output($1.output, point) }
  }

  /// Computes all values from the inputs.
  func evaluate() {
    for (index, step) in graph.steps.enumerated() {
      let target = values[index + 1].base
      switch step {
      case .linear(let linear):
        linear.evaluate(values, everything, lanes: size, into: values[index + 1])
      case .activation(let activation, let operand):
        let source = values[operand].base
        let count = graph.counts[operand] * size
        switch activation {
        case .leaky(let slopes, _):
          for k in 0..<graph.counts[operand] {
            let slope = slopes[k]
            for e in k * size..<(k + 1) * size { target[e] = source[e] < 0 ? slope * source[e] : source[e] }
          }
        case .sigmoid: for e in 0..<count { target[e] = 1 / (1 + exp(-source[e])) }
        case .tanh: for e in 0..<count { target[e] = Foundation.tanh(source[e]) }
        }
      }
    }
  }

  /// The gradients of the sum of some rows a point by the inputs, at the values of the last ``evaluate()``.
  func differentiate(_ rows: (_ point: Int) -> [OutputRow]) {
    for value in isTouched.indices { isTouched[value] = false }
    zero(graph.output)
    isTouched[graph.output] = true
    for point in 0..<size {
      for row in rows(point) {
        for term in row.terms { gradients[graph.output][term.output * size + point] += term.coefficient }
      }
    }
    for value in stride(from: graph.output, through: 1, by: -1) where isTouched[value] {
      let source = gradients[value].base
      switch graph.steps[value - 1] {
      case .linear(let step):
        let all = everything[value]
        for operand in step.operands {
          if !isTouched[operand.value] { zero(operand.value) }
          let target = gradients[operand.value].base
          switch operand.map {
          case .dense(let map):
            ordain_multiply_dense(
              source, target, 1, size, all.base, all.count, map.weights.base, map.inputCount, map.inputCount)
          case .sparse(let map):
            ordain_multiply_sparse(
              source, target, size, all.base, all.count, map.starts.base, map.columns.base, map.values.base)
          }
          isTouched[operand.value] = true
        }
      case .activation(let activation, let operand):
        if !isTouched[operand] { zero(operand) }
        let target = gradients[operand].base
        let (z, v) = (values[operand].base, values[value].base)
        let count = graph.counts[operand] * size
        switch activation {
        case .leaky(let slopes, _):
          for k in 0..<graph.counts[operand] {
            let slope = slopes[k]
            for e in k * size..<(k + 1) * size { target[e] += z[e] < 0 ? slope * source[e] : source[e] }
          }
        case .sigmoid: for e in 0..<count { target[e] += source[e] * v[e] * (1 - v[e]) }
        case .tanh: for e in 0..<count { target[e] += source[e] * (1 - v[e] * v[e]) }
        }
        isTouched[operand] = true
      }
    }
    if !isTouched[0] { zero(0) }
  }

  private func zero(_ value: Int) {
    gradients[value].base.update(repeating: 0, count: graph.counts[value] * size)
  }
}
