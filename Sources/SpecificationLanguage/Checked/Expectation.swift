import Diagnostics
import ExactArithmetic

/// A test of the specification, from an `expect` declaration.
public struct Expectation: Sendable {
  public enum Claim: Sendable {
    /// No input makes two of these properties active on one network. Ascending indices into
    /// ``CheckedSpec/properties``; at least two.
    case disjoint([Int])
    /// No input in the domain makes properties conflict.
    case conflictsNone
    /// By the specification, no input in the domain with finite scores abstains.
    case abstainUnreachable
    /// At `point` these properties are active (indices into ``CheckedSpec/properties``), and no others if
    /// `isExact`.
    case triggers(point: [Rational], properties: [Int], isExact: Bool)
    /// At `point` the emitted code chooses one of these outputs.
    case chooses(point: [Rational], outputs: [Int])
    /// No row of this file of inputs abstains. The path is relative to the file that says so.
    case neverAbstains(path: String, range: SourceRange)
  }

  public let claim: Claim
  /// The networks that it is about: ascending indices into ``CheckedSpec/networks``; not empty.
  public let networks: [Int]
  /// The declaration behind `expect` on one line, without comments: the test's name.
  public let text: String
  public let range: SourceRange
}
