import LoopIR

/// What the names of a program are called in Swift: words in camel case, without the program's prefix, for which
/// the namespace stands.
struct SwiftNames: Sendable {
  private let prefix: String

  /// - Parameter prefix: that of every name that linkers see. For example: `acas_xu_n_1_1`.
  init(prefix: String) { self.prefix = prefix }

  /// The namespace. For example: `AcasXuN_1_1`. Networks with different prefixes have different ones.
  var namespace: String {
    let name = SwiftNames.camelCase(prefix)
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  /// For example: `evaluateGuards` for `acas_xu_n_1_1_evaluate_guards`, `byRank` for `by_rank`,
  /// `reasonNone` for `ACAS_XU_N_1_1_REASON_NONE`.
  func name(_ identifier: Identifier) -> String {
    SwiftNames.escaped(SwiftNames.camelCase(stem(identifier)))
  }

  /// The name of a case of an enumeration. For example: `weakLeft` for `ACAS_XU_N_1_1_OUTPUT_WEAK_LEFT`.
  ///
  /// - Parameter kind: what the names of all cases start with. For example: `output`.
  func enumerationCase(_ identifier: Identifier, of kind: String) -> String {
    let words = stem(identifier).dropFirst(kind.count + 1)
    let name = SwiftNames.camelCase(String(words))
    if name.isEmpty || name.first?.isNumber == true || SwiftNames.confusing.contains(name) {
      return SwiftNames.camelCase("\(kind)_\(words)")
    }
    return SwiftNames.escaped(name)
  }

  /// The name in lower case without the program's prefix.
  private func stem(_ identifier: Identifier) -> String {
    let name = identifier.spelling
    let start = prefix + "_"
    if name.hasPrefix(start) { return String(name.dropFirst(start.count)) }
    if name.hasPrefix(start.uppercased()) { return name.dropFirst(start.count).lowercased() }
    return name
  }

  /// Injective on words: a word that starts with a digit keeps its underscore.
  private static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    return words.enumerated().map { position, word in
      if position == 0 { return String(word) }
      if word.first?.isNumber == true { return "_" + word }
      return word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }

  private static func escaped(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

  /// Names that a case of an enumeration had better not have: those of an optional's cases and of members that
  /// every enumeration has.
  private static let confusing: Set<String> = [
    "none", "some", "self", "init", "rawValue", "hash", "hashValue", "description",
  ]

  private static let keywords: Set<String> = [
    "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer", "deinit", "do",
    "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
    "import",
    "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
    "protocol",
    "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript", "super", "switch",
    "throw",
    "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
