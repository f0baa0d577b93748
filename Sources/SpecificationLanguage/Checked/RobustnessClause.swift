import Diagnostics
import ExactArithmetic

/// One `robust` declaration: within the ball around an input, the decision is to stay.
public struct RobustnessClause: Sendable {
  public let name: String
  public let title: String
  /// Index into ``CheckedSpec/interfaces``.
  public let interface: Int
  /// Ascending indices into ``CheckedSpec/networks``; not empty.
  public let networks: [Int]
  public let norm: Norm
  public let space: NormSpace
  /// In the inputs' common declared unit, or that of normalised inputs. INVARIANT: positive.
  public let radius: Rational
  /// `keep top 1..k`: some set of the k' <= k best outputs stays the set of the k' best.
  public let places: Int
  /// The affinity sets, as output indices; empty where there are none.
  public let groups: [[Int]]
  public let abstainsWhenUncertified: Bool
  /// The declaration's name, for diagnostics.
  public let range: SourceRange
}
