import Diagnostics
import ExactArithmetic

/// One instance of a `verify` or `monitor` declaration: whenever `condition` holds, the network's own
/// scores are to satisfy `requirement`. Nothing overrides it and it overrides nothing.
public struct RawProperty: Sendable {
  /// Never `enforce`.
  public let role: PropertyRole
  public let name: String
  public let title: String
  /// Index into ``CheckedSpec/interfaces``.
  public let interface: Int
  /// Ascending indices into ``CheckedSpec/networks``; not empty.
  public let networks: [Int]
  public let condition: Condition
  public let requirement: Requirement
  /// The declaration's name, for diagnostics.
  public let range: SourceRange

  package init(
    role: PropertyRole, name: String, title: String, interface: Int, networks: [Int], condition: Condition,
    requirement: Requirement, range: SourceRange
  ) {
    self.role = role
    self.name = name
    self.title = title
    self.interface = interface
    self.networks = networks
    self.condition = condition
    self.requirement = requirement
    self.range = range
  }
}

/// What is demanded of scores: their order, or their values.
public indirect enum Requirement: Sendable, Hashable {
  case order(Post)
  case score(ScoreBound)
  /// True if empty.
  case all([Requirement])
  /// False if empty.
  case any([Requirement])
}

/// `score of output <= bound` or one of its kind, in the scale of the scores that emitted code returns.
public struct ScoreBound: Sendable, Hashable {
  public let output: Int
  public let isUpper: Bool
  public let isStrict: Bool
  public let bound: Rational

  package init(output: Int, isUpper: Bool, isStrict: Bool, bound: Rational) {
    self.output = output
    self.isUpper = isUpper
    self.isStrict = isStrict
    self.bound = bound
  }
}
