import ExactArithmetic
import SpecificationLanguage

/// A point that shows a finding, replayed: which properties are active there was found by evaluating them
/// without the solver.
public struct ConflictExample: Sendable {
  /// One value an input of the interface.
  public enum Point: Sendable, Hashable {
    case floats([Float])
    /// No floats near the solver's point replay: the region may hold none.
    case rationals([Rational])
  }

  public let point: Point
  /// The raw choice, if the finding depends on it; whether some network attains it here is not known.
  public let rawChoice: Int?
  /// All properties active there, as indices into the specification's.
  public let active: [Int]
  /// The inputs that the finding depends on.
  public let inputs: [Int]

  /// For example: `rho: 1600 ft, theta: 0 rad; raw choice coc (not known to be attained)`.
  public func text(in interface: Interface) -> String {
    let values = inputs.map { input in
      let scalar = interface.inputs[input]
      let unit = scalar.unit.isEmpty ? "" : " " + scalar.unit
      switch point {
      case .floats(let floats): return "\(scalar.name): \(shortDecimal(floats[input]))\(unit)"
      case .rationals(let rationals): return "\(scalar.name): \(rationals[input])\(unit)"
      }
    }
    var text = values.isEmpty ? "any input" : values.joined(separator: ", ")
    if case .rationals = point { text += " (exact; no binary32 input was found nearby)" }
    if let rawChoice { text += "; raw choice \(interface.outputs[rawChoice]) (not known to be attained)" }
    return text
  }
}
