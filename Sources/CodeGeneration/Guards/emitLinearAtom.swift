import LoopIR
import ExactArithmetic
import SpecificationLanguage

/// The function that decides linear inequality `number`, exactly: the filter first, fixed-size integer
/// arithmetic where the filter can't tell.
func emitLinearAtom(_ context: EmissionContext, number: Int) -> [Declaration] {
  let inequality = context.guards.linear[number]
  let magnitudes = magnitudes(context, inequality)
  let form = ExactLinearForm(inequality, magnitudes: magnitudes)
  let filter = LinearFilter(inequality, magnitudes: magnitudes)
  let coefficients = Declaration.table(
    context.names[.coefficient, number], .uint32, .bits(form.terms.flatMap(\.coefficient.magnitude)),
    count: form.terms.reduce(0) { $0 + $1.coefficient.magnitude.count })
  let function = Function(
    .bool, context.names[.linear, number], [floats(Names.input)],
    comment: "Whether \(text(inequality, context)), exactly.",
    contract: Contract(requires: [.readable(context.everyInput)])
  ) {
    if let filter { emitFilter(filter, inequality) }
    Statement.declare(
      Variable(.uint32, Names.above, count: form.wordCount), .bits(form.above))
    Statement.declare(
      Variable(.uint32, Names.below, count: form.wordCount), .bits(form.below))
    emitExactSums(form, context, number)
    Statement.give(comparison(context, form))
  }
  return [coefficients, .function(function)]
}

/// For each term a bound on its input's magnitude.
private func magnitudes(_ context: EmissionContext, _ inequality: LinearInequality) -> [Rational] {
  inequality.terms.map { term in
    let input = context.program.interface.inputs[term.input]
    return max(Rational(input.lowest).magnitude, Rational(input.highest).magnitude)
  }
}

extension EmissionContext {
  /// The words of the longest exact sum.
  var mostWords: Int {
    guards.linear.map { ExactLinearForm($0, magnitudes: magnitudes(self, $0)).wordCount }.max() ?? 0
  }
}

private func emitFilter(_ filter: LinearFilter, _ inequality: LinearInequality) -> [Statement] {
  let products = zip(inequality.terms, filter.coefficients).map { term, coefficient in
    Expression.double(coefficient) * .cast(.double, Names.input[.count(term.input)])
  }
  let sum = products.dropFirst().reduce(products[0], +)
  return [
    .constant(.double, Names.sum, sum - .double(filter.bound)),
    .when(Names.sum.expression > .double(filter.errorUpperBound)) { .give(true) },
    .when(Names.sum.expression < .unary(.negate, .double(filter.errorUpperBound))) { .give(false) },
  ]
}

@BlockBuilder
private func emitExactSums(_ form: ExactLinearForm, _ context: EmissionContext, _ number: Int) -> [Statement]
{
  for position in form.terms.indices {
    let term = form.terms[position]
    let offset = form.terms[..<position].reduce(0) { $0 + $1.coefficient.magnitude.count }
    let sums = [Names.above.expression, Names.below.expression]
    let ordered = term.coefficient.isNegative ? [sums[1], sums[0]] : sums
    Statement.call(
      .call(
        context.names[.accumulate],
        ordered + [
          .count(form.wordCount), .unary(.addressOf, context.names[.coefficient, number][.count(offset)]),
          .count(term.coefficient.magnitude.count), Names.input[.count(term.input)],
        ]))
  }
}

private func comparison(_ context: EmissionContext, _ form: ExactLinearForm) -> Expression {
  let (above, below) = (Names.above.expression, Names.below.expression)
  let isGreater = context.names[.isGreater]
  let words = Expression.count(form.wordCount)
  return form.isStrict ? isGreater(above, below, words) : !isGreater(below, above, words)
}

/// For example: `2 * x - 1/3 * y >= 5`.
private func text(_ inequality: LinearInequality, _ context: EmissionContext) -> String {
  let inputs = context.program.interface.inputs
  let terms = inequality.terms.map { "\($0.coefficient) * \(inputs[$0.input].name)" }
  return "\(terms.joined(separator: " + ")) \(inequality.isStrict ? ">" : ">=") \(inequality.bound)"
}
