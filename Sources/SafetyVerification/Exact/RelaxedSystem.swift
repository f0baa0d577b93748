import ExactArithmetic

/// What a run says of the inputs, as linear rows over its inputs and open gates. Each answer of the question with the
/// run's gates on their sides gives a point that satisfies them.
struct RelaxedSystem {
  let system: ExactSystem
  /// One a row.
  let names: [ProofRow]
  /// The run's variable of each of the system's.
  let variables: [Int]

  /// Two rows that contradict each other, where the lower bound of an input is above its upper one.
  init?(emptyBoxOf question: ExactQuestion) {
    guard let input = question.lower.indices.first(where: { question.lower[$0] > question.upper[$0] }) else {
      return nil
    }
    system = ExactSystem(
      variableCount: 1,
      rows: [
        LinearRow([Rational(-1)], constant: question.lower[input]),
        LinearRow([.one], constant: -question.upper[input]),
      ])
    names = [.lower(input: input), .upper(input: input)]
    variables = [0]
  }

  init(_ run: SymbolicRun) {
    var builder = RelaxedSystemBuilder(run)
    for (index, variable) in run.variables.enumerated() {
      switch variable.kind {
      case .error: continue
      case .input(let input):
        builder.add(.lower(input: input), [(index, Rational(-1))], variable.lower)
        builder.add(.upper(input: input), [(index, .one)], -variable.upper)
      case .relaxed(let gate, let argument, let chord):
        builder.add(.nonnegative(gate), [(index, Rational(-1))], .zero)
        builder.add(.belowBound(gate), [(index, .one)], -variable.upper)
        builder.add(.aboveArgument(gate), argument.terms + [(index, Rational(-1))], argument.constant)
        builder.add(
          .belowChord(gate),
          argument.terms.map { ($0.variable, -chord.slope * $0.coefficient) } + [(index, .one)],
          -chord.slope * argument.constant - chord.intercept)
      }
    }
    for (gate, argument) in run.chosen {
      let sign = run.sides[gate] == .active ? Rational(-1) : .one
      builder.add(
        .side(gate), argument.terms.map { ($0.variable, sign * $0.coefficient) }, sign * argument.constant)
    }
    for (index, row) in run.question.rows.enumerated() {
      let form = run.form(of: row)
      builder.add(.question(index), form.terms, form.constant, isStrict: row.isStrict)
    }
    system = ExactSystem(variableCount: builder.variables.count, rows: builder.rows)
    names = builder.names
    variables = builder.variables
  }
}

private struct RelaxedSystemBuilder {
  private let run: SymbolicRun
  let variables: [Int]
  /// The position of each of the run's variables in ``variables``; `nil` for errors.
  private let positions: [Int?]
  private(set) var rows: [LinearRow] = []
  private(set) var names: [ProofRow] = []

  init(_ run: SymbolicRun) {
    self.run = run
    var variables: [Int] = []
    positions = run.variables.enumerated().map { index, variable in
      if case .error = variable.kind { return nil }
      variables.append(index)
      return variables.count - 1
    }
    self.variables = variables
  }

  /// Adds `terms + constant <= 0`. Errors take the values that are best for the row: each answer satisfies it, whatever
  /// its errors are.
  mutating func add(
    _ name: ProofRow, _ terms: [(variable: Int, coefficient: Rational)], _ constant: Rational,
    isStrict: Bool = false
  ) {
    var coefficients = [Rational](repeating: .zero, count: variables.count)
    var constant = constant
    for (variable, coefficient) in terms {
      if let position = positions[variable] {
        coefficients[position] = coefficients[position] + coefficient
      } else {
        constant = constant - coefficient.magnitude * run.variables[variable].upper
      }
    }
    rows.append(LinearRow(coefficients, constant: constant, isStrict: isStrict))
    names.append(name)
  }
}

extension SymbolicRun {
  /// A row of the question as a form.
  fileprivate func form(of row: LinearRow) -> LinearForm {
    let inputs = question.network.inputCount
    var coefficients = [Rational](repeating: .zero, count: variables.count)
    var constant = row.constant
    for (index, factor) in row.coefficients.enumerated() where factor.signum != 0 {
      let form = index < inputs ? values[0].form(index) : output.form(index - inputs)
      constant = constant + factor * form.constant
      for term in form.terms {
        coefficients[term.variable] = coefficients[term.variable] + factor * term.coefficient
      }
    }
    let terms = coefficients.enumerated().filter { $0.element.signum != 0 }
    return LinearForm(terms: terms.map { ($0.offset, $0.element) }, constant: constant)
  }
}
