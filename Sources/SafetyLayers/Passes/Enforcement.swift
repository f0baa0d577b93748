import Diagnostics

/// How a program makes sure of a property (the article ProvedProperties).
public enum Enforcement: Sendable, Hashable {
  /// Scores that violate it are repaired.
  case repair
  /// The network's own scores satisfy it, and no repair of other properties breaks it: nothing is done about it.
  case proof(evidence: ContentHash)
  /// The network's own scores satisfy it, but a repair of another property could break it: repairs keep it.
  case proofAndRepair(evidence: ContentHash)
}

/// A property of which it was proved that the network's own scores, as the program computes them, satisfy its post
/// wherever it is active and they are finite.
public struct ProvedProperty: Sendable, Hashable {
  /// Position in ``SafetyProgram/guards``.
  public let property: Int
  /// Names the proof.
  public let evidence: ContentHash

  public init(property: Int, evidence: ContentHash) {
    self.property = property
    self.evidence = evidence
  }
}
