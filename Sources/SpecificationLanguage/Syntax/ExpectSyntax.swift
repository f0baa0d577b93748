import Diagnostics

/// `expect p5, p6 disjoint on N[1, 1]`: a test of the specification.
public struct ExpectSyntax: Sendable {
  public enum Claim: Sendable {
    /// `p5, p6 disjoint`
    case disjoint([ReferenceSyntax])
    /// `conflicts none`
    case conflictsNone
    /// `abstain unreachable`
    case abstainUnreachable
    /// `at { rho: 1600 ft } triggers p3, p4 only`; no references for `triggers none`.
    case triggers([AssignmentSyntax], [ReferenceSyntax], isExact: Bool)
    /// `at { rho: 1600 ft } chooses coc or weak_left`
    case chooses([AssignmentSyntax], [ReferenceSyntax])
    /// `run over "data.csv" never abstains`
    case neverAbstains(path: String, range: SourceRange)
  }

  public let claim: Claim
  /// `nil`: every network that it can be about.
  public let networks: NetworkScopeSyntax?
  public let range: SourceRange
}

/// `rho: 1600 ft`
public struct AssignmentSyntax: Sendable {
  public let input: ReferenceSyntax
  public let value: ExpressionSyntax
}
