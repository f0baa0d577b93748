import ExactArithmetic

/// A formula over a network's inputs and outputs, and what it looks like in a VNN-LIB file.
indirect enum TinyQuery {
  enum Relation: CaseIterable {
    case atMost, below, equal
  }

  /// The sum of coefficient times variable, inputs first, plus the constant, compared with 0.
  case atom([Rational], Rational, Relation)
  case all([TinyQuery])
  case any([TinyQuery])
  case not(TinyQuery)

  /// Its disjunctive normal form, or its negation's.
  func conjunctions(isNegated: Bool = false) -> [[HalfSpace]] {
    switch self {
    case .not(let query): return query.conjunctions(isNegated: !isNegated)
    case .atom(let a, let b, let relation):
      let (opposite, minus) = (a.map { -$0 }, -b)
      switch (relation, isNegated) {
      case (.atMost, false): return [[HalfSpace(a: a, b: b)]]
      case (.atMost, true): return [[HalfSpace(a: opposite, b: minus, isStrict: true)]]
      case (.below, false): return [[HalfSpace(a: a, b: b, isStrict: true)]]
      case (.below, true): return [[HalfSpace(a: opposite, b: minus)]]
      case (.equal, false): return [[HalfSpace(a: a, b: b), HalfSpace(a: opposite, b: minus)]]
      case (.equal, true):
        return [[HalfSpace(a: a, b: b, isStrict: true)], [HalfSpace(a: opposite, b: minus, isStrict: true)]]
      }
    case .all(let parts), .any(let parts):
      let forms = parts.map { $0.conjunctions(isNegated: isNegated) }
      var isConjunction = isNegated
      if case .all = self { isConjunction = !isNegated }
      if !isConjunction { return forms.flatMap(\.self) }
      return forms.reduce([[]]) { product, form in product.flatMap { first in form.map { first + $0 } } }
    }
  }

  /// - Parameter inputs: how many of the variables are inputs.
  func text(inputs: Int) -> String {
    switch self {
    case .not(let query): return "(not \(query.text(inputs: inputs)))"
    case .all(let parts): return "(and \(parts.map { $0.text(inputs: inputs) }.joined(separator: " ")))"
    case .any(let parts): return "(or \(parts.map { $0.text(inputs: inputs) }.joined(separator: " ")))"
    case .atom(let a, let b, let relation):
      // By whole numbers: they always have decimals.
      let scale = Rational.commonDenominator(of: a + [b])
      let terms = a.enumerated().filter { $0.element.signum != 0 }.map { index, coefficient in
        let name = index < inputs ? "X_\(index)" : "Y_\(index - inputs)"
        let factor = coefficient * scale
        return factor == .one ? name : "(* \(factor).0 \(name))"
      }
      let sum = terms.count == 1 ? terms[0] : "(+ \(terms.joined(separator: " ")))"
      let bound = "\(-b * scale).0"
      switch relation {
      case .atMost: return terms.count % 2 == 1 ? "(<= \(sum) \(bound))" : "(>= \(bound) \(sum))"
      case .below: return terms.count % 2 == 1 ? "(< \(sum) \(bound))" : "(> \(bound) \(sum))"
      case .equal: return "(= \(sum) \(bound))"
      }
    }
  }
}
