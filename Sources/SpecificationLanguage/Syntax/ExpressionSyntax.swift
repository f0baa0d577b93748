import Diagnostics
import ExactArithmetic

/// A number as written. The value is exact.
public struct NumberSyntax: Sendable {
  public let value: Rational
  public let range: SourceRange
}

/// A unit as written: `ft/s^2`.
public struct UnitSyntax: Sendable {
  public struct Factor: Sendable {
    /// Empty for `1`.
    public let name: String
    public let exponent: Int
    public let range: SourceRange
  }

  public let factors: [Factor]
  public let range: SourceRange

  /// As written, without blanks and comments.
  var text: String {
    range.text.split(whereSeparator: \.isNewline)
      .flatMap { line in line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex) }
      .filter { !$0.isWhitespace }.map(String.init).joined()
  }
}

/// A condition or a quantity; which of the two is a matter of the checker.
public indirect enum ExpressionSyntax: Sendable {
  public enum Comparison: String, Sendable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
  }

  case number(NumberSyntax, unit: UnitSyntax?, SourceRange)
  /// `min` or `max`: the domain's end of the input that is compared.
  case domainEnd(isUpper: Bool, SourceRange)
  case boolean(Bool, SourceRange)
  case reference(ReferenceSyntax)
  case call(NameSyntax, [ExpressionSyntax], SourceRange)
  case negative(ExpressionSyntax, SourceRange)
  /// `a + b - c`: terms with their signs.
  case sum([(isSubtracted: Bool, term: ExpressionSyntax)], SourceRange)
  /// `a * b / c`: factors, divided by or not.
  case product([(isDivisor: Bool, factor: ExpressionSyntax)], SourceRange)
  /// `a < b <= c`: holds iff each neighbouring pair does.
  case comparison(ExpressionSyntax, [(Comparison, ExpressionSyntax)], SourceRange)
  /// `value in lower .. upper`, both ends included.
  case membership(
    ExpressionSyntax, isNegated: Bool, lower: ExpressionSyntax, upper: ExpressionSyntax, SourceRange)
  /// `raw choice in { a, b }` or `raw choice in group`.
  case rawChoice(isNegated: Bool, [ReferenceSyntax], SourceRange)
  case not(ExpressionSyntax, SourceRange)
  case all([ExpressionSyntax], SourceRange)
  case any([ExpressionSyntax], SourceRange)
  /// What could not be parsed, and was reported.
  case invalid(SourceRange)

  public var range: SourceRange {
    switch self {
    case .number(_, _, let range), .domainEnd(_, let range), .boolean(_, let range),
      .call(_, _, let range), .negative(_, let range), .sum(_, let range), .product(_, let range),
      .comparison(_, _, let range), .membership(_, _, _, _, let range), .rawChoice(_, _, let range),
      .not(_, let range), .all(_, let range), .any(_, let range), .invalid(let range):
      range
    case .reference(let reference): reference.range
    }
  }
}

/// What a property demands of the outputs' order.
public indirect enum PostSyntax: Sendable {
  /// `choose a or b`, `choose one of { a, b }`
  case choose([ReferenceSyntax], SourceRange)
  case neverChoose([ReferenceSyntax], SourceRange)
  /// `a above b above c`
  case above([ReferenceSyntax], SourceRange)
  /// `every g above every h`; `every other` where `below` is `nil`.
  case everyAbove(ReferenceSyntax, below: ReferenceSyntax?, SourceRange)
  /// `some g in { g1, g2 }: post`
  case some(NameSyntax, among: [ReferenceSyntax], PostSyntax, SourceRange)
  /// `a [not] in top k`
  case top(ReferenceSyntax, isNegated: Bool, ExpressionSyntax, SourceRange)
  /// `a is [not] maximal` (or `minimal`)
  case extreme(ReferenceSyntax, isNegated: Bool, isMaximal: Bool, SourceRange)
  /// `coc <= 1500`
  case scoreBound(ReferenceSyntax, ExpressionSyntax.Comparison, ExpressionSyntax, SourceRange)
  case not(PostSyntax, SourceRange)
  case all([PostSyntax], SourceRange)
  case any([PostSyntax], SourceRange)
  case invalid(SourceRange)
}
