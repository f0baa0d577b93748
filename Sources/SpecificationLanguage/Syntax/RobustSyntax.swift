import Diagnostics

/// How far apart two inputs are.
public enum Norm: String, Sendable {
  case l2 = "L2"
  case lInfinity = "Linf"
}

/// Which inputs a norm measures.
public enum NormSpace: String, CaseIterable, Sendable {
  /// In their declared units.
  case physical
  /// As the network sees them.
  case normalized
}

/// `robust r1 "title" on N[1, 1] { within L2 0.3 of normalized keep top 1..2 inside { g, h } }`
public struct RobustSyntax: Sendable {
  public let name: NameSyntax
  public let title: String
  /// `nil`: every network of the specification.
  public let networks: NetworkScopeSyntax?
  public let norm: Norm
  public let radius: ExpressionSyntax
  public let space: NormSpace
  /// The norm and its space, from `within` to the space's name.
  public let ball: SourceRange
  /// `1..k`; one number for `top k`.
  public let first: ExpressionSyntax
  public let last: ExpressionSyntax?
  /// `inside { g, h }`; empty where there is none.
  public let groups: [ReferenceSyntax]
  /// `abstain when uncertified`
  public let abstainsWhenUncertified: Bool
}
