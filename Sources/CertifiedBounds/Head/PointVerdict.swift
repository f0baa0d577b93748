/// What is certified of the decision at one point.
public struct PointVerdict: Sendable, Hashable {
  /// The best output; -1 where a program gives none.
  public let choice: Int
  /// Whether the decision is kept within the radius that was asked for.
  public let isCertified: Bool
  /// The decision is kept at every distance below this: not above the largest such number; 0 if there is none.
  public let radius: Double

  public init(choice: Int, isCertified: Bool, radius: Double) {
    self.choice = choice
    self.isCertified = isCertified
    self.radius = radius
  }
}
