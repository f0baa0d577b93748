import ExactArithmetic
import SpecificationLanguage

/// An input and a raw choice at which an analysis saw something. Says nothing by itself: whoever uses one
/// evaluates the guards there, so that a wrong one is of no consequence.
struct Witness: Sendable, Hashable {
  let point: ConflictExample.Point
  let rawChoice: Int
}

extension Witness {
  /// The given values, with every other input as small as it may be; floats, if all of them are.
  init(_ values: [(input: Int, value: Rational)], rawChoice: Int, of interface: Interface) {
    var floats = interface.inputs.map(\.lowest)
    var areExact = true
    for (input, value) in values {
      if let float = value.nearestFloat, Rational(float) == value {
        floats[input] = float + 0
      } else {
        areExact = false
      }
    }
    if areExact {
      point = .floats(floats)
    } else {
      var rationals = floats.map { Rational($0) }
      for (input, value) in values { rationals[input] = value }
      point = .rationals(rationals)
    }
    self.rawChoice = rawChoice
  }
}
