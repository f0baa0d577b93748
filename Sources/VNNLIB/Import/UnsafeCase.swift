import Diagnostics

/// A part of an unsafe set: an input region, and the outputs that are unsafe in it.
struct UnsafeCase {
  /// All of them hold of the region; about inputs only.
  let inputs: [Formula]
  /// The outputs that are unsafe there; about outputs only.
  let outputs: Formula
}

extension UnsafeSet {
  /// More disjuncts than this that mix inputs and outputs are refused: each region becomes a property.
  static let caseLimit = 4096

  /// The set as a union of products of an input region and a set of outputs, one case a region.
  ///
  /// Formulas about inputs alone and about outputs alone stay as they are; only what mixes them is multiplied
  /// out, and equal regions are put together again.
  ///
  /// - Throws: that a comparison mixes inputs and outputs, or that there are more than ``caseLimit`` disjuncts.
  func cases(file: String) throws(DiagnosticSet) -> [UnsafeCase] {
    var inputs: [Formula] = []
    var outputs: [Formula] = []
    var mixed = [Product()]
    for assertion in assertions {
      switch assertion.subject {
      case .nothing, .inputs: inputs.append(assertion)
      case .outputs: outputs.append(assertion)
      case .both: mixed = try Product.and(mixed, Product.of(assertion, file), file)
      }
    }
    var regions: [(inputs: [Formula], alternatives: [Formula])] = []
    var positions: [Set<Formula>: Int] = [:]
    for product in mixed {
      let region = Set(product.inputs.flatMap(\.conjuncts))
      if let position = positions[region] {
        regions[position].alternatives.append(.all(product.outputs))
      } else {
        positions[region] = regions.count
        regions.append((product.inputs, [.all(product.outputs)]))
      }
    }
    return regions.map { region in
      UnsafeCase(inputs: inputs + region.inputs, outputs: .all(outputs + [.any(region.alternatives)]))
    }
  }
}

/// A conjunction of formulas each of which is about inputs or about outputs only.
private struct Product {
  var inputs: [Formula] = []
  var outputs: [Formula] = []

  /// The disjuncts of a formula.
  static func of(_ formula: Formula, _ file: String) throws(DiagnosticSet) -> [Product] {
    switch formula.subject {
    case .nothing, .inputs: return [Product(inputs: [formula])]
    case .outputs: return [Product(outputs: [formula])]
    case .both: break
    }
    switch formula {
    case .constant: return []
    case .comparison(let comparison):
      throw DiagnosticSet([.notSayable("a comparison of inputs with outputs", comparison, file)])
    case .all(let parts):
      var result = [Product()]
      for part in parts { result = try and(result, of(part, file), file) }
      return result
    case .any(let parts):
      var result: [Product] = []
      for part in parts {
        result += try of(part, file)
        guard result.count <= UnsafeSet.caseLimit else { throw tooMany(file) }
      }
      return result
    }
  }

  static func and(_ a: [Product], _ b: [Product], _ file: String) throws(DiagnosticSet) -> [Product] {
    guard a.count * b.count <= UnsafeSet.caseLimit else { throw tooMany(file) }
    return a.flatMap { left in
      b.map { Product(inputs: left.inputs + $0.inputs, outputs: left.outputs + $0.outputs) }
    }
  }

  private static func tooMany(_ file: String) -> DiagnosticSet {
    DiagnosticSet([.tooManyCases(UnsafeSet.caseLimit, file)])
  }
}

extension Formula {
  /// What a formula is about.
  enum Subject {
    case nothing, inputs, outputs, both
  }

  var subject: Subject {
    switch self {
    case .constant: return .nothing
    case .comparison(let comparison):
      return comparison.isAboutInputs ? (comparison.isAboutOutputs ? .both : .inputs) : .outputs
    case .all(let parts), .any(let parts):
      var result = Subject.nothing
      for part in parts {
        let subject = part.subject
        if result == .nothing {
          result = subject
        } else if subject != .nothing, subject != result {
          return .both
        }
      }
      return result
    }
  }

  /// The parts of a conjunction, and of those in it; the formula itself if it is none.
  var conjuncts: [Formula] {
    if case .all(let parts) = self { return parts.flatMap(\.conjuncts) }
    return [self]
  }
}
