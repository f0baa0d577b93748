import ExactArithmetic

extension SymbolicRun {
  /// Bounds of a form: gates' variables are replaced by the lines that bound them, the last first, and what is left is
  /// bounded over the box.
  func bounds(of form: LinearForm) -> (lower: Rational, upper: Rational) {
    let negated = LinearForm(
      terms: form.terms.map { ($0.variable, -$0.coefficient) }, constant: -form.constant)
    let box = (lower: boxMinimum(form), upper: -boxMinimum(negated))
    // Where the sign is clear, closer bounds are of no use.
    if box.lower.signum >= 0 || box.upper.signum <= 0 { return box }
    return (max(box.lower, lowerBound(of: form)), min(box.upper, -lowerBound(of: negated)))
  }

  private func boxMinimum(_ form: LinearForm) -> Rational {
    form.terms.reduce(form.constant) { sum, term in
      let variable = variables[term.variable]
      return sum + term.coefficient * (term.coefficient.signum > 0 ? variable.lower : variable.upper)
    }
  }

  private func lowerBound(of form: LinearForm) -> Rational {
    guard let last = form.terms.last?.variable else { return form.constant }
    var coefficients = [Rational](repeating: .zero, count: last + 1)
    for term in form.terms { coefficients[term.variable] = term.coefficient }
    var sum = form.constant
    for index in (0...last).reversed() where coefficients[index].signum != 0 {
      let coefficient = coefficients[index]
      let variable = variables[index]
      let isPositive = coefficient.signum > 0
      switch variable.kind {
      case .input, .error: sum = sum + coefficient * (isPositive ? variable.lower : variable.upper)
      case .relaxed(_, let argument, let chord):
        // y >= 0 loses least where z is rather negative, y >= z elsewhere.
        if isPositive, chord.slope < Rational(1, over: 2) { continue }
        let slope = isPositive ? coefficient : coefficient * chord.slope
        for term in argument.terms {
          coefficients[term.variable] = coefficients[term.variable] + slope * term.coefficient
        }
        sum = sum + slope * argument.constant
        if !isPositive { sum = sum + coefficient * chord.intercept }
      }
    }
    return sum
  }
}
