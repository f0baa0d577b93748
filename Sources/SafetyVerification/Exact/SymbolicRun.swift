import ExactArithmetic
import NetworkIR

/// A network run on affine forms: over an input box, with the side of some gates chosen.
///
/// Where the bounds of a gate's argument z leave one side only, or a side was chosen, its result is exact: 0 or z. Else
/// the result is a new variable between the lines 0, z and a chord (``Chord``). So each input of the box whose gates
/// are on the chosen sides has values of the variables with which every form is the network's value there. Where no
/// variable of a gate is left, it is the other way round, too.
struct SymbolicRun: Sendable {
  let question: ExactQuestion
  /// What each node makes of zeros; empty where it is not affine.
  private let offsets: [[Rational]]
  private(set) var sides: [Gate: Gate.Side]
  private(set) var variables: [SymbolicVariable] = []
  /// By the values' indices.
  private(set) var values: [SymbolicValue] = []
  /// The arguments of the gates whose side was chosen, in order.
  private(set) var chosen: [(gate: Gate, argument: LinearForm)] = []
  /// The gates that are variables, with the variable.
  private(set) var open: [(gate: Gate, variable: Int)] = []
  /// How many variables, chosen and open gates there were before each node.
  private var marks: [(variables: Int, chosen: Int, open: Int)] = []

  /// - Requires: no lower bound is above its upper one.
  init(_ question: ExactQuestion) throws(UnsupportedOperator) {
    self.question = question
    sides = question.sides
    var offsets: [[Rational]] = []
    for node in question.network.nodes {
      let zeros = node.operands.map { operand in
        let shape = question.network.shape(of: operand)
        return Tensor(shape, [Rational](repeating: .zero, count: shape.elementCount))
      }
      do throws(InexactElement) {
        offsets.append(
          node.operation.isAffine ? try node.operation.implementation.evaluateExactly(zeros) : [])
      } catch {
        throw UnsupportedOperator(node)
      }
    }
    self.offsets = offsets
    let count = question.network.inputCount
    var input = SymbolicValue.constant(question.lower, question.network.inputShape)
    for index in 0..<count where question.lower[index] != question.upper[index] {
      input.constant[index] = .zero
      var column = [Rational](repeating: .zero, count: count)
      column[index] = .one
      input.columns.append(SymbolicValue.Column(variable: variables.count, coefficients: column))
      variables.append(
        SymbolicVariable(
          kind: .input(index), lower: question.lower[index], upper: question.upper[index]))
    }
    values = [input]
    try runNodes()
  }

  /// The run with one more side chosen.
  func choosing(_ side: Gate.Side, of gate: Gate) -> SymbolicRun {
    var run = self
    run.sides[gate] = side
    let mark = marks[gate.node]
    run.variables.removeSubrange(mark.variables...)
    run.chosen.removeSubrange(mark.chosen...)
    run.open.removeSubrange(mark.open...)
    run.values.removeSubrange((gate.node + 1)...)
    run.marks.removeSubrange(gate.node...)
    do throws(UnsupportedOperator) {
      try run.runNodes()
    } catch {
      preconditionFailure("the nodes ran before")
    }
    return run
  }

  /// The network's result.
  var output: SymbolicValue { values[question.network.output.index] }

  /// Runs the nodes whose values are missing.
  private mutating func runNodes() throws(UnsupportedOperator) {
    for position in marks.count..<question.network.nodes.count {
      marks.append((variables.count, chosen.count, open.count))
      let node = question.network.nodes[position]
      let operands = node.operands.map { values[$0.index] }
      var value: SymbolicValue
      if node.operation.isAffine {
        do throws(InexactElement) {
          value = try SymbolicValue.affine(node, of: operands, offset: offsets[position])
        } catch {
          throw UnsupportedOperator(node)
        }
      } else {
        value = try pieces(node, position, operands)
      }
      for (element, error) in (question.errors[position] ?? []).enumerated() where error.signum != 0 {
        value.addColumn(variables.count, at: element)
        variables.append(SymbolicVariable(kind: .error, lower: -error, upper: error))
      }
      values.append(value)
    }
  }

  /// max(z, 0) of each element.
  mutating func rectified(_ argument: SymbolicValue, node: Int, step: Int = 0) -> SymbolicValue {
    var result = argument
    for element in argument.constant.indices {
      let gate = Gate(node: node, step: step, element: element)
      let form = argument.form(element)
      if let side = sides[gate] {
        chosen.append((gate, form))
        if side == .inactive { result.clear(element) }
        continue
      }
      let bounds = bounds(of: form)
      if bounds.lower.signum >= 0 { continue }
      result.clear(element)
      if bounds.upper.signum <= 0 { continue }
      // Rounded outwards, for short numbers.
      let lower = bounds.lower.floatNotAbove.map { Rational($0) } ?? bounds.lower
      let upper = bounds.upper.floatNotBelow.map { Rational($0) } ?? bounds.upper
      result.addColumn(variables.count, at: element)
      open.append((gate, variables.count))
      variables.append(
        SymbolicVariable(
          kind: .relaxed(gate, argument: form, chord: Chord(from: lower, to: upper)), lower: .zero,
          upper: upper))
    }
    return result
  }
}

extension SymbolicValue {
  /// Makes an element 0.
  fileprivate mutating func clear(_ element: Int) {
    constant[element] = .zero
    for index in columns.indices { columns[index].coefficients[element] = .zero }
  }

  /// Adds a variable that is above all that occur to an element.
  fileprivate mutating func addColumn(_ variable: Int, at element: Int) {
    var coefficients = [Rational](repeating: .zero, count: constant.count)
    coefficients[element] = .one
    columns.append(Column(variable: variable, coefficients: coefficients))
  }
}

extension UnsupportedOperator {
  init(_ node: Node) {
    self.init(node: node.name, text: node.operation.implementation.text)
  }
}
