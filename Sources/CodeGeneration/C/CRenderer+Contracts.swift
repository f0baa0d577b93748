import LoopIR

// Contracts in ACSL, the language of Frama-C: comments that start with @.

extension CRenderer {
  mutating func append(_ contract: Contract) {
    for definition in contract.definitions { append(definition) }
    var clauses = contract.requires.map { Clause("requires", $0) }
    clauses.append(Clause("assigns", contract.assigns.isEmpty ? "\\nothing" : list(contract.assigns)))
    clauses += contract.ensures.map { Clause("ensures", $0) }
    append(clauses)
  }

  mutating func append(_ annotation: Annotation) {
    switch annotation {
    case .assertion(let formula): append([Clause("assert", formula)])
    case .loop(let contract):
      append(
        contract.invariants.map { Clause("loop invariant", $0) }
          + [
            Clause("loop assigns", list(contract.assigns)), Clause("loop variant", acsl(contract.variant)),
          ])
    }
  }

  private struct Clause {
    let keyword: String
    let text: String

    init(_ keyword: String, _ text: String) {
      self.keyword = keyword
      self.text = text
    }

    init(_ keyword: String, _ formula: Formula) { self.init(keyword, acsl(formula)) }
  }

  private mutating func append(_ clauses: [Clause]) {
    for (position, clause) in clauses.enumerated() {
      let end = position == clauses.count - 1 ? "; */" : ";"
      line("\(position == 0 ? "/*@" : "   ") \(clause.keyword) \(clause.text)\(end)")
    }
  }

  private mutating func append(_ definition: PredicateDefinition) {
    let parameters = definition.parameters.map { parameter in
      switch parameter {
      case .floats(let name): "float *\(name.spelling)"
      case .integer(let name): "integer \(name.spelling)"
      }
    }
    line(
      "/*@ predicate \(definition.name.spelling)(\(parameters.joined(separator: ", "))) = "
        + "\(acsl(definition.body)); */")
    endLine()
  }
}

private func list(_ ranges: [MemoryRange]) -> String { ranges.map(acsl).joined(separator: ", ") }

/// For example: `by_rank[0 .. 4]`.
private func acsl(_ range: MemoryRange) -> String {
  switch range {
  case .one(let place): acsl(place)
  case .elements(let array, let count): "\(acsl(array))[0 .. \(count - 1)]"
  case .span(let array, let count): "\(acsl(array))[0 .. \(acsl(count - 1))]"
  }
}

/// For example: `by_rank + (0 .. 4)`.
private func pointers(_ range: MemoryRange) -> String {
  switch range {
  case .one(let place): acsl(place)
  case .elements(let array, let count): "\(acsl(array)) + (0 .. \(count - 1))"
  case .span(let array, let count): "\(acsl(array)) + (0 .. \(acsl(count - 1)))"
  }
}

private func acsl(_ formula: Formula) -> String {
  switch formula {
  case .truth(let value): value ? "\\true" : "\\false"
  case .holds(let term): acsl(term)
  case .compare(let left, let sign, let right): "\(acsl(left)) \(sign.rawValue) \(acsl(right))"
  case .not(let operand): "!\(operandText(operand))"
  case .all(let parts): parts.isEmpty ? "\\true" : chain(parts, " && ")
  case .any(let parts): parts.isEmpty ? "\\false" : chain(parts, " || ")
  case .implies(let condition, let claim): "\(operandText(condition)) ==> \(operandText(claim))"
  case .equivalent(let left, let right): "\(operandText(left)) <==> \(operandText(right))"
  case .forAll(let names, let body): "\\forall integer \(spelled(names)); \(acsl(body))"
  case .exists(let names, let body): "\\exists integer \(spelled(names)); \(acsl(body))"
  case .predicate(let name, let arguments):
    "\(name.spelling)(\(arguments.map { acsl($0) }.joined(separator: ", ")))"
  case .readable(let range): "\\valid_read(\(pointers(range)))"
  case .writable(let range): "\\valid(\(pointers(range)))"
  case .separated(let ranges): "\\separated(\(ranges.map(pointers).joined(separator: ", ")))"
  }
}

private func spelled(_ names: [Identifier]) -> String { names.map(\.spelling).joined(separator: ", ") }

private func chain(_ parts: [Formula], _ sign: String) -> String {
  parts.count == 1 ? acsl(parts[0]) : parts.map(operandText).joined(separator: sign)
}

private func operandText(_ formula: Formula) -> String {
  switch formula {
  case .truth, .holds, .predicate, .readable, .writable, .separated: acsl(formula)
  case .compare, .not, .all, .any, .implies, .equivalent, .forAll, .exists: "(\(acsl(formula)))"
  }
}

private func acsl(_ term: Term) -> String {
  switch term {
  case .name(let name): name.spelling
  case .integer(let value): value < 0 ? "(\(value))" : "\(value)"
  case .result: "\\result"
  case .index(let array, let index): "\(acsl(array))[\(acsl(index))]"
  case .field(let pointer, let field): "\(acsl(pointer))->\(field.spelling)"
  case .arithmetic(let left, let sign, let right):
    "(\(acsl(left)) \(sign.rawValue) \(acsl(right)))"
  case .address(let element): "&\(acsl(element))"
  case .atLoopEntry(let value): "\\at(\(acsl(value)), LoopEntry)"
  }
}
