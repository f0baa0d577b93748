/// Writes XML 1.0. By hand, as FoundationXML would make a system's libxml2 a condition of every run, and leaves
/// characters that XML forbids as they are.
struct XMLWriter {
  private(set) var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  private var depth = 0

  /// An element with text, or with none.
  mutating func element(
    _ name: String, _ attributes: [(name: String, value: String)], text content: String = ""
  ) {
    let tag = indentation + "<" + name + Self.list(attributes)
    text += content.isEmpty ? tag + "/>\n" : "\(tag)>\(xmlText(content))</\(name)>\n"
  }

  /// An element with elements.
  mutating func element(
    _ name: String, _ attributes: [(name: String, value: String)], containing body: (inout XMLWriter) -> Void
  ) {
    text += indentation + "<" + name + Self.list(attributes) + ">\n"
    depth += 1
    body(&self)
    depth -= 1
    text += indentation + "</\(name)>\n"
  }

  private var indentation: String { String(repeating: "  ", count: depth) }

  private static func list(_ attributes: [(name: String, value: String)]) -> String {
    attributes.map { " \($0.name)=\"\(xmlText($0.value, inAttribute: true))\"" }.joined()
  }
}

/// Text as XML has it. Characters that XML 1.0 does not have, not even escaped, become U+FFFD.
func xmlText(_ text: String, inAttribute: Bool = false) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"" where inAttribute: "&quot;"
    case "\n" where !inAttribute: "\n"
    case "\t", "\n", "\r": "&#\(scalar.value);"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}"..."\u{FFFF}": "\u{FFFD}"
    default: String(scalar)
    }
  }.joined()
}
