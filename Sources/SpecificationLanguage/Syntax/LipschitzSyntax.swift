import Diagnostics

/// `lipschitz l1 "title" on N[1, 1] { L2 of normalized to margins <= 2.5 }`
public struct LipschitzSyntax: Sendable {
  public let name: NameSyntax
  public let title: String
  /// `nil`: every network of the specification.
  public let networks: NetworkScopeSyntax?
  public let norm: Norm
  public let space: NormSpace
  /// The norm and its space, up to the space's name.
  public let distance: SourceRange
  public let bound: ExpressionSyntax
}
