/// What projections say of the decision at one point.
public struct BallVerdict: Sendable {
  public enum Outcome: Sendable {
    /// The program's choice is the same at every input of the ball and the domains.
    case robust
    /// It is another at this input, which lies in the ball and in the domains.
    case notRobust(NearbyInput)
    case unknown(UnknownReason)
    /// The point lies outside the domains, where the program abstains.
    case outsideDomain
  }

  /// The program's choice at the point; -1 outside the domains.
  public let choice: Int
  public let outcome: Outcome
  /// How many cells were looked into after the first bounds.
  public let cellCount: Int
}

/// An input near a point, with another choice.
public struct NearbyInput: Sendable {
  public let values: [Float]
  public let choice: Int
  /// Not below its distance from the point.
  public let distance: Double
}

/// Why a search had no result.
public enum UnknownReason: String, Error, CaseIterable {
  /// ``BallMethod/linear``: the bounds lose too much.
  case bounds
  case time
  /// More cells than the limit.
  case regions
  /// What is open is as near to the ball's surface as rounding errors are large.
  case precision
  /// A number may be beyond binary32's range.
  case overflow
}

/// How long a search may go on.
public struct BallLimits: Sendable {
  /// Processor time a point.
  public let seconds: Double
  public let cells: Int

  public init(seconds: Double, cells: Int = 50_000) {
    self.seconds = seconds
    self.cells = cells
  }
}

/// The largest radius that was certified at a point.
public struct CertifiedRadius: Sendable {
  /// The decision is the same at every distance up to this.
  public let radius: Double
  /// The nearest input with another choice that was found.
  public let nearest: NearbyInput?
  /// What was found at the full radius.
  public let verdict: BallVerdict
}
