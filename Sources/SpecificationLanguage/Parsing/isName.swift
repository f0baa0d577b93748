/// Whether `text` can name a declaration; whether it is a reserved word is another question.
public func isName(_ text: String) -> Bool {
  guard let first = text.utf8.first, Lexer.startsName(first) else { return false }
  return text.utf8.count <= Lexer.nameLimit
    && text.utf8.allSatisfy { Lexer.startsName($0) || Lexer.isDigit($0) }
}
