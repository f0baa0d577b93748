import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// A threshold that misses an end of its input's domain by so little that the end itself was probably
/// meant: pi with other digits, say.
struct Sliver {
  let input: Int
  /// The comparison as text.
  let text: String
  let end: Rational
  let isLowerEnd: Bool
  /// The distance between threshold and end, not zero.
  let width: Rational
  /// Whether the comparison is false on the sliver and true beside it, or the other way round.
  let isLeftOut: Bool
  let range: SourceRange

  /// The part of the domain's width that counts as a sliver.
  static let limit = Rational(1, over: 100_000)

  /// The slivers of some conditions over one interface, each comparison once.
  static func slivers(of conditions: [Condition], in interface: Interface) -> [Sliver] {
    struct Key: Hashable {
      let range: SourceRange
      let input: Int
      let threshold: Rational
    }
    var seen: Set<Key> = []
    return conditions.flatMap(\.bounds).compactMap { bound in
      let key = Key(range: bound.provenance.range, input: bound.input, threshold: bound.threshold)
      guard seen.insert(key).inserted else { return nil }
      return Sliver(bound, in: interface)
    }
  }

  private init?(_ bound: Condition.Bound, in interface: Interface) {
    guard let domain = interface.inputs[bound.input].domain else { return nil }
    let isLowerEnd = bound.threshold - domain.lower < domain.upper - bound.threshold
    let end = isLowerEnd ? domain.lower : domain.upper
    let width = isLowerEnd ? bound.threshold - end : end - bound.threshold
    guard width.signum > 0, width <= Self.limit * (domain.upper - domain.lower) else { return nil }
    input = bound.input
    text = bound.provenance.text
    self.end = end
    self.isLowerEnd = isLowerEnd
    self.width = width
    isLeftOut = isLowerEnd == bound.isLower
    range = bound.provenance.range
  }
}

extension Condition {
  /// A comparison of one input with a number.
  fileprivate struct Bound {
    let input: Int
    let threshold: Rational
    let isLower: Bool
    let provenance: Provenance
  }

  /// From left to right.
  fileprivate var bounds: [Bound] {
    switch self {
    case .constant: return []
    case .atom(let atom, let provenance):
      guard let threshold = provenance.threshold else { return [] }
      switch atom {
      case .atLeast(let input, _):
        return [Bound(input: input, threshold: threshold, isLower: true, provenance: provenance)]
      case .atMost(let input, _):
        return [Bound(input: input, threshold: threshold, isLower: false, provenance: provenance)]
      case .linear, .rawChoice: return []
      }
    case .all(let parts), .any(let parts): return parts.flatMap(\.bounds)
    }
  }
}
