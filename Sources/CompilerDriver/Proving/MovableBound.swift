import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// One side of one input in a condition that is a conjunction of such bounds.
struct MovableBound: Sendable {
  let input: Int
  let isLower: Bool
  /// Where the condition has it: the outermost float that meets it.
  let specified: Float
  /// The specification's own words for it; `nil` where the domain ends earlier.
  let provenance: Condition.Provenance?
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

  /// For example `v_own >= 980.0 ft/s`, in digits that are those of an input which lies there.
  func text(at value: Float, in interface: Interface) -> String {
    let unit = interface.inputs[input].unit
    return "\(name(in: interface)) \(Double(value))" + (unit.isEmpty ? "" : " \(unit)")
  }

  /// For example `v_own >= 980 ft/s`, the specification's own bound.
  func specifiedText(in interface: Interface) -> String {
    provenance?.text ?? text(at: specified, in: interface)
  }

  /// The specification's own number, or the nearest one of binary64.
  var specifiedNumber: Double { provenance?.threshold?.nearestDouble ?? Double(specified) }

  private var sign: String { isLower ? ">=" : "<=" }
}

extension Condition {
  /// The bounds of a condition that holds in a box: in the order of inputs, lower ones first; `nil` for other conditions.
  func movableBounds(in interface: Interface) -> [MovableBound]? {
    guard let atoms = conjunction else { return nil }
    var lower: [Int: (bound: Float, provenance: Provenance)] = [:]
    var upper = lower
    for (atom, provenance) in atoms {
      switch atom {
      case .atLeast(let input, let bound):
        if lower[input].map({ bound > $0.bound }) ?? true { lower[input] = (bound, provenance) }
      case .atMost(let input, let bound):
        if upper[input].map({ bound < $0.bound }) ?? true { upper[input] = (bound, provenance) }
      case .linear, .rawChoice: return nil
      }
    }
    return interface.inputs.indices.flatMap { input -> [MovableBound] in
      let (lowest, highest) = (interface.inputs[input].lowest, interface.inputs[input].highest)
      let low = max(lower[input]?.bound ?? lowest, lowest)
      let high = min(upper[input]?.bound ?? highest, highest)
      return [
        lower[input].map { bound, provenance in
          MovableBound(
            input: input, isLower: true, specified: low, provenance: bound < lowest ? nil : provenance,
            outermost: lowest, innermost: high)
        },
        upper[input].map { bound, provenance in
          MovableBound(
            input: input, isLower: false, specified: high, provenance: bound > highest ? nil : provenance,
            outermost: highest, innermost: low)
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
  private var conjunction: [(Atom, Provenance)]? {
    switch self {
    case .constant(let value): return value ? [] : nil
    case .atom(let atom, let provenance): return [(atom, provenance)]
    case .any: return nil
    case .all(let parts):
      var atoms: [(Atom, Provenance)] = []
      for part in parts {
        guard let found = part.conjunction else { return nil }
        atoms += found
      }
      return atoms
    }
  }
}
