import Diagnostics
import SpecificationLanguage

/// A token as the grammar sees it.
enum Terminal: Hashable, Sendable {
  /// A reserved word or symbol by its text.
  case word(String)
  /// `NUMBER`, `VERSION`, `UNIT` or `STRING`.
  case token(String)
  /// A `NAME` by its text.
  case name(String)

  /// `nil` for what the grammar does not speak of: invalid bytes and the end.
  init?(_ token: Token, of source: SourceFile) {
    switch token.kind {
    case .name: self = .name(source.text(in: token.bytes))
    case .number: self = .token("NUMBER")
    case .version: self = .token("VERSION")
    case .unit: self = .token("UNIT")
    case .string: self = .token("STRING")
    case .keyword(let keyword): self = .word(keyword.rawValue)
    case .symbol(let symbol): self = .word(symbol.rawValue)
    case .invalid, .endOfFile: return nil
    }
  }
}
