import Diagnostics
import ExactArithmetic

/// One `lipschitz` declaration: no two scores drift apart faster than ``bound`` says.
///
/// For all inputs x and x' and all outputs i and j: |(y_i - y_j)(x) - (y_i - y_j)(x')| <= bound * ||x - x'||.
public struct LipschitzClause: Sendable {
  public let name: String
  public let title: String
  /// Index into ``CheckedSpec/interfaces``.
  public let interface: Int
  /// Ascending indices into ``CheckedSpec/networks``; not empty.
  public let networks: [Int]
  public let norm: Norm
  public let space: NormSpace
  /// Per one of the inputs' common declared unit, or of normalised inputs. INVARIANT: positive.
  public let bound: Rational
  /// The declaration's name, for diagnostics.
  public let range: SourceRange
}

extension LipschitzClause {
  /// As `2.5 per m`, or `2.5` where distances have no unit.
  package func boundText(_ interface: Interface) -> String {
    let unit = space == .physical ? interface.inputs.first?.unit ?? "" : ""
    return exactText(bound) + (unit.isEmpty ? "" : " per " + unit)
  }
}
