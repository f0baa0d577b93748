import Diagnostics
import SpecificationLanguage

/// One side of one input in a condition that is a conjunction of such bounds.
struct MovableBound: Sendable {
  let input: Int
  let isLower: Bool
  /// Where the condition has it.
  let specified: Float
  /// The end of the input's domain on its side.
  let outermost: Float
  /// The innermost place at which anything is left of the condition.
  let innermost: Float

  /// Whether `a` makes the condition hold of more inputs than `b`.
  func isOutside(_ a: Float, of b: Float) -> Bool { isLower ? a < b : a > b }

  /// Halfway, and neither of both; `nil` between neighbours.
  func middle(_ a: Float, _ b: Float) -> Float? {
    let middle = Float((Double(a) + Double(b)) / 2)
    let (low, high) = (min(a, b), max(a, b))
    if middle > low, middle < high { return middle }
    return low.nextUp < high ? low.nextUp : nil
  }

  /// For example `v_own >=`.
  func name(in interface: Interface) -> String { interface.inputs[input].name + " " + sign }

  /// For example `v_own >= 980.0 ft/s`.
  func text(at value: Float, in interface: Interface) -> String {
    let unit = interface.inputs[input].unit
    return "\(name(in: interface)) \(value)" + (unit.isEmpty ? "" : " \(unit)")
  }

  private var sign: String { isLower ? ">=" : "<=" }
}

extension Condition {
  /// The bounds of a condition that holds in a box: in the order of inputs, lower ones first; `nil` for other conditions.
  func movableBounds(in interface: Interface) -> [MovableBound]? {
    guard let atoms = conjunction else { return nil }
    var lower: [Int: Float] = [:]
    var upper: [Int: Float] = [:]
    for atom in atoms {
      switch atom {
      case .atLeast(let input, let bound): lower[input] = max(lower[input] ?? bound, bound)
      case .atMost(let input, let bound): upper[input] = min(upper[input] ?? bound, bound)
      case .linear, .rawChoice: return nil
      }
    }
    return interface.inputs.indices.flatMap { input -> [MovableBound] in
      let domain = (interface.inputs[input].lowest, interface.inputs[input].highest)
      let low = max(lower[input] ?? domain.0, domain.0)
      let high = min(upper[input] ?? domain.1, domain.1)
      return [
        lower[input].map { _ in
          MovableBound(input: input, isLower: true, specified: low, outermost: domain.0, innermost: high)
        },
        upper[input].map { _ in
          MovableBound(input: input, isLower: false, specified: high, outermost: domain.1, innermost: low)
        },
      ].compactMap { $0 }
    }
  }

  /// The condition with one bound elsewhere.
  ///
  /// - Requires: the condition has movable bounds.
  func moving(_ bound: MovableBound, to value: Float, in interface: Interface, _ range: SourceRange)
    -> Condition
  {
    let atom: Atom =
      bound.isLower ? .atLeast(input: bound.input, bound: value) : .atMost(input: bound.input, bound: value)
    let provenance = Provenance(range: range, text: bound.text(at: value, in: interface))
    return .all([without(bound), .atom(atom, provenance)])
  }

  /// All but the atoms on this side of this input.
  private func without(_ bound: MovableBound) -> Condition {
    switch self {
    case .atom(.atLeast(bound.input, _), _) where bound.isLower: .constant(true)
    case .atom(.atMost(bound.input, _), _) where !bound.isLower: .constant(true)
    case .all(let parts): .all(parts.map { $0.without(bound) })
    case .atom, .any, .constant: self
    }
  }

  /// The atoms of a conjunction; `nil` for other conditions.
  private var conjunction: [Atom]? {
    switch self {
    case .constant(let value): return value ? [] : nil
    case .atom(let atom, _): return [atom]
    case .any: return nil
    case .all(let parts):
      var atoms: [Atom] = []
      for part in parts {
        guard let found = part.conjunction else { return nil }
        atoms += found
      }
      return atoms
    }
  }
}
