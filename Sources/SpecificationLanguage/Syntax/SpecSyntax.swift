import Diagnostics

/// The lossless tree of a specification: whatever the text, there is one, and it prints back byte for
/// byte. Syntax errors are reported beside it; what could not be understood is missing from
/// `declarations` but never from `tokens`.
public struct SpecSyntax: Sendable {
  public let source: SourceFile
  public let tokens: [Token]
  /// `spec "name" 2.0.0`; `nil` where the text has none (which was reported).
  public let header: HeaderSyntax?
  public let declarations: [DeclarationSyntax]
  /// Names whose declarations could not be understood: their uses are not reported again.
  let brokenNames: Set<String>

  /// The text, byte for byte.
  public var printed: [UInt8] {
    tokens.flatMap { source.utf8[$0.trivia] + source.utf8[$0.bytes] }
  }
}

public struct HeaderSyntax: Sendable {
  public let name: String
  public let version: String
  public let range: SourceRange
}

/// A name where it is declared or used.
public struct NameSyntax: Sendable, Hashable {
  public let text: String
  public let range: SourceRange
}

/// A name with indices: `coc`, `image[3, 4]`, `avoid[left]`.
public struct ReferenceSyntax: Sendable {
  public let name: NameSyntax
  public let indices: [ExpressionSyntax]
  public let range: SourceRange
}

public enum DeclarationSyntax: Sendable {
  case `import`(ImportSyntax)
  case param(ParamSyntax)
  case unit(UnitDeclarationSyntax)
  case `let`(LetSyntax)
  case interface(InterfaceSyntax)
  case network(NetworkSyntax)
  case property(PropertySyntax)
  case overrides(OverridesSyntax)
  case `for`(ForSyntax)
  case robust(RobustSyntax)
  case lipschitz(LipschitzSyntax)
  case expect(ExpectSyntax)
}

/// `import "common.ordain"`
public struct ImportSyntax: Sendable {
  public let path: String
  /// The path with its quotes.
  public let range: SourceRange
}

/// `param elderly = 80 yr in 60 .. 100 yr`
public struct ParamSyntax: Sendable {
  public let name: NameSyntax
  public let value: ExpressionSyntax
  public let range: (lower: ExpressionSyntax, upper: ExpressionSyntax)?
}

/// `unit beat` (a new dimension) or `unit furlong = 660 ft`
public struct UnitDeclarationSyntax: Sendable {
  public let name: NameSyntax
  public let value: ExpressionSyntax?
}

/// `let head_on(w) = psi in min .. min + w`
public struct LetSyntax: Sendable {
  public let name: NameSyntax
  public let parameters: [NameSyntax]
  public let body: ExpressionSyntax
}

public struct InterfaceSyntax: Sendable {
  public let name: NameSyntax
  public let inputs: [InputSyntax]
  public let outputs: [OutputSyntax]
  public let groups: [GroupSyntax]
  /// `choose lowest` (true for highest); `nil` where the text has none.
  public let choice: (isHighest: Bool, range: SourceRange)?
  public let tiePreference: [ReferenceSyntax]
  /// `abstain when conflict`; `nil` where the text has none.
  public let abstention: SourceRange?
}

/// `rho : ft in 0 .. 60760 normalize (rho - 19791.091) / 60261`
public struct InputSyntax: Sendable {
  public let name: NameSyntax
  /// Empty for a scalar.
  public let shape: [NumberSyntax]
  public let unit: UnitSyntax
  public let domain: (lower: ExpressionSyntax, upper: ExpressionSyntax)?
  public let normalization: ExpressionSyntax?
}

/// `coc`, or `class[100]` for a hundred outputs `class[0]` ... `class[99]`
public struct OutputSyntax: Sendable {
  public let name: NameSyntax
  public let count: NumberSyntax?
}

/// `group turns = { weak_left, weak_right }`
public struct GroupSyntax: Sendable {
  public let name: NameSyntax
  public let members: [ReferenceSyntax]
}

/// `network Policy : CartPole from "policy.onnx"`, or a family
/// `networks N[prev: 1..5, tau: 1..9] : AcasXu from "{prev}_{tau}.nnet" check header`
public struct NetworkSyntax: Sendable {
  public struct Index: Sendable {
    public let name: NameSyntax
    public let lower: NumberSyntax
    public let upper: NumberSyntax
  }

  public let name: NameSyntax
  /// Empty for a single network.
  public let indices: [Index]
  public let interface: NameSyntax
  public let path: (text: String, range: SourceRange)
  public let checksHeader: Bool
}

/// What is to become of a property.
public enum PropertyRole: String, Sendable {
  /// Guaranteed of the returned scores, by repair.
  case enforce
  /// To be proved of the network's own scores.
  case verify
  /// Reported at run time, of the network's own scores.
  case monitor
}

/// `enforce p3 "title" on N[*, *] except N[1, 7..9] { when condition then post }`; `verify` and `monitor`
/// likewise.
public struct PropertySyntax: Sendable {
  public let role: PropertyRole
  public let name: NameSyntax
  public let title: String
  /// `nil`: every network of the specification.
  public let networks: NetworkScopeSyntax?
  public let condition: ExpressionSyntax
  public let post: PostSyntax
}

/// `on N[*, *] except N[1, 7..9]`
public struct NetworkScopeSyntax: Sendable {
  public let selections: [SelectionSyntax]
  public let exceptions: [SelectionSyntax]
}

/// `N[2..5, *]`
public struct SelectionSyntax: Sendable {
  public enum Index: Sendable {
    case any
    case range(NumberSyntax, NumberSyntax)
  }

  public let name: NameSyntax
  /// `nil`: the whole family.
  public let indices: [Index]?
  public let range: SourceRange
}

/// `p5 overrides p3, p4`
public struct OverridesSyntax: Sendable {
  public let winner: ReferenceSyntax
  public let losers: [ReferenceSyntax]
}

/// `for g in { left, right } { enforce ... }`
public struct ForSyntax: Sendable {
  public struct Item: Sendable {
    public let first: ExpressionSyntax
    /// The end of a range of whole numbers, as in `1..5`.
    public let last: ExpressionSyntax?
  }

  public let variable: NameSyntax
  public let items: [Item]
  public let body: [DeclarationSyntax]
}

extension SourceRange {
  /// From the beginning of one range to the end of another.
  init(_ first: SourceRange, to last: SourceRange) {
    let lower = first.bytes.lowerBound
    self.init(file: first.file, bytes: lower..<max(lower, last.bytes.upperBound))
  }
}
