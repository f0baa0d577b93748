import SpecificationLanguage

/// A token as the grammar sees it.
enum Terminal: Hashable, Sendable {
  /// A reserved word or symbol by its text.
  case word(String)
  /// `NAME`, `NUMBER`, `VERSION`, `UNIT` or `STRING`.
  case token(String)

  /// `nil` for what the grammar does not speak of: invalid bytes and the end.
  init?(_ kind: Token.Kind) {
    switch kind {
    case .name: self = .token("NAME")
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
