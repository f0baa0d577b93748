import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// What outputs must be so that they are not unsafe: the complement of a formula, in the language's own literals.
indirect enum OutputDemand: Hashable {
  /// Output `above` is strictly better than `below`.
  case order(above: Int, below: Int)
  /// A bound of a score.
  case score(output: Int, isUpper: Bool, isStrict: Bool, bound: Rational)
  /// True if empty. INVARIANT: holds no `all`.
  case all([OutputDemand])
  /// False if empty. INVARIANT: holds no `any`.
  case any([OutputDemand])

  static let nothing = OutputDemand.all([])
  static let impossible = OutputDemand.any([])

  /// Whether reordering the outputs can bring it about.
  var isOrder: Bool {
    switch self {
    case .order: true
    case .score: false
    case .all(let parts), .any(let parts): parts.allSatisfy(\.isOrder)
    }
  }

  /// The parts that are demanded together.
  var conjuncts: [OutputDemand] {
    if case .all(let parts) = self { return parts }
    return [self]
  }

  fileprivate static func joinAll(_ parts: [OutputDemand]) -> OutputDemand {
    let flat = parts.flatMap(\.conjuncts)
    if flat.contains(.impossible) { return .impossible }
    let distinct = flat.enumerated().filter { flat.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    return distinct.count == 1 ? distinct[0] : .all(distinct)
  }

  fileprivate static func joinAny(_ parts: [OutputDemand]) -> OutputDemand {
    let flat = parts.flatMap { part in
      if case .any(let inner) = part { inner } else { [part] }
    }
    if flat.contains(.nothing) { return .nothing }
    let distinct = flat.enumerated().filter { flat.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    return distinct.count == 1 ? distinct[0] : .any(distinct)
  }
}

/// Complements of formulas about outputs.
struct OutputDemands {
  let interface: Interface
  let file: String
  /// Whether some tie was safe that the language's strict orders forbid.
  private(set) var forbidsSafeTies = false

  init(interface: Interface, file: String) {
    self.interface = interface
    self.file = file
  }

  /// - Throws: that a comparison is neither an order of two outputs nor a bound of one.
  mutating func complement(of formula: Formula) throws(DiagnosticSet) -> OutputDemand {
    switch formula {
    case .constant(let isUnsafe): return isUnsafe ? .impossible : .nothing
    case .comparison(let comparison): return try complement(of: comparison)
    case .all(let parts):
      var demands: [OutputDemand] = []
      for part in parts { demands.append(try complement(of: part)) }
      return .joinAny(demands)
    case .any(let parts):
      var demands: [OutputDemand] = []
      for part in parts { demands.append(try complement(of: part)) }
      return .joinAll(demands)
    }
  }

  private mutating func complement(of comparison: Comparison) throws(DiagnosticSet) -> OutputDemand {
    let terms = comparison.terms
    guard case .output(let first) = terms[0].variable else {
      preconditionFailure("a demand is about outputs")
    }
    if terms.count == 1 {
      // `a * Y + b <= 0` is unsafe: for a > 0 the score must be above -b / a.
      let bound = -comparison.constant / terms[0].coefficient
      return .score(
        output: first, isUpper: terms[0].coefficient.signum < 0, isStrict: !comparison.isStrict, bound: bound)
    }
    guard terms.count == 2, case .output(let second) = terms[1].variable, comparison.constant.signum == 0,
      terms[0].coefficient == -terms[1].coefficient
    else { throw DiagnosticSet([.notSayable("a combination of outputs", comparison, file)]) }
    if comparison.isStrict { forbidsSafeTies = true }
    // It is unsafe that `lower <= upper`.
    let (lower, upper) = terms[0].coefficient.signum > 0 ? (first, second) : (second, first)
    return interface.better == .highest
      ? .order(above: lower, below: upper) : .order(above: upper, below: lower)
  }
}
