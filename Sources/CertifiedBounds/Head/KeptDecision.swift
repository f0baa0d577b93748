/// What is to stay as it is within a distance: some set of the k best outputs, for a k of at most ``places``.
///
/// Outputs are ranked by their scores, equal ones by ``tieOrder``: the k best outputs are k indices, whatever ties there
/// are. A set of two or more has to lie in one of ``groups``, if there are groups; a set of one output always does.
public struct KeptDecision: Sendable {
  public let places: Int
  /// Affinity sets, which may overlap; `nil` where any set will do.
  public let groups: [Set<Int>]?
  /// Every output, the one preferred on ties first.
  public let tieOrder: [Int]
  /// Whether low scores are better.
  public let prefersLowest: Bool

  /// - Requires: `tieOrder` has every output once, and `places` is at least 1 and less than their number: that the best
  ///   of all outputs stay the best says nothing.
  public init(places: Int, groups: [Set<Int>]?, tieOrder: [Int], prefersLowest: Bool) {
    precondition(places >= 1 && places < tieOrder.count, "there is a first output, and one that is left out")
    self.places = places
    self.groups = groups
    self.tieOrder = tieOrder
    self.prefersLowest = prefersLowest
  }

  /// Whether a set of best outputs is one that may be kept.
  public func permits(_ set: Set<Int>) -> Bool {
    guard let groups, set.count > 1 else { return true }
    return groups.contains { set.isSubset(of: $0) }
  }
}
