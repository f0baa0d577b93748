import SpecificationLanguage

/// What the analysis of a specification established.
public struct SpecAnalysis: Sendable {
  /// One a network, in the specification's order.
  public let networks: [NetworkAnalysis]
  /// Each minimal conflict once, for all networks that have it; ascending by properties.
  public let conflicts: [Conflict]
}

/// What the analysis of one network established.
public struct NetworkAnalysis: Sendable {
  /// Index into the specification's networks.
  public let network: Int
  /// `nil` where the analysis reported an error about this network or left something undecided:
  /// a table is made only from a complete enumeration.
  public let table: RepairTable?
}

/// A minimal set of properties that can be active together and that no order satisfies together.
public struct Conflict: Sendable {
  /// Ascending indices into the specification's properties.
  public let properties: [Int]
  /// The names of the networks on which it occurs, in the specification's order.
  public let networks: [String]
  /// Index into the specification's interfaces.
  public let interface: Int
  /// Where they are all active.
  public let region: Region
  /// Whether the conflict may also occur outside `region`.
  public let occursElsewhere: Bool
  public let example: ConflictExample
}
