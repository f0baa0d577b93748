import Diagnostics

/// Reads an NNet file line by line, each a list of decimal numbers separated by commas.
///
/// Nothing is allocated from a count that the file claims: counts are compared with what is there.
struct NNetScanner {
  private let fileName: String
  let bytes: [UInt8]
  private(set) var position = 0
  /// The number, from 1, of the line read last.
  private(set) var line = 0

  init(fileName: String, bytes: [UInt8]) {
    self.fileName = fileName
    self.bytes = bytes
  }

  /// Goes on behind a line that was read elsewhere.
  mutating func move(to position: Int) {
    self.position = position
    line += 1
  }

  /// An error at the line read last.
  func failure(
    _ problem: String, code: DiagnosticCode = .modelMalformed, cure: String
  ) -> DiagnosticSet {
    let place = line == 0 ? nil : "line \(line)"
    return DiagnosticSet([Diagnostic(code, problem, at: .file(name: fileName, place: place), cure: cure)])
  }

  /// The bytes of the next line that is neither a comment nor, at the end of the file, blank; `nil` at
  /// the end.
  mutating func nextLine() throws(DiagnosticSet) -> Range<Int>? {
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      var range = start..<position
      position += 1
      line += 1
      if let last = range.last, bytes[last] == UInt8(ascii: "\r") { range = start..<last }
      let isComment = bytes[range].starts(with: Array("//".utf8))
      if isComment {
        try checkEncoding(range)
      } else if !bytes[range].allSatisfy(isBlank) {
        return range
      }
    }
    return nil
  }

  /// The numbers of the next line, each the text of a decimal literal.
  ///
  /// - Parameter what: what the line holds, for messages.
  /// - Parameter cure: where the count comes from.
  mutating func numbers(
    _ what: String, count: Int,
    cure: String = "the second line of numbers says how many inputs, neurons and outputs there are"
  ) throws(DiagnosticSet) -> [Substring] {
    let numbers = try anyNumbers(what)
    guard numbers.count == count else {
      throw failure(
        "expected \(count) \(count == 1 ? "number" : "numbers") for \(what), found \(numbers.count)",
        cure: cure)
    }
    return numbers
  }

  /// The numbers of the next line, however many.
  mutating func anyNumbers(_ what: String) throws(DiagnosticSet) -> [Substring] {
    guard let range = try nextLine() else {
      throw failure("the file ends before \(what)", cure: "the file is cut short; fetch or export it again")
    }
    return try split(range)
  }

  /// Splits at commas; one comma after the last number is allowed.
  private func split(_ range: Range<Int>) throws(DiagnosticSet) -> [Substring] {
    try checkEncoding(range)
    var pieces = String(decoding: bytes[range], as: UTF8.self)[...]
      .split(separator: ",", omittingEmptySubsequences: false)
    if let last = pieces.last, last.utf8.allSatisfy(isBlank) { pieces.removeLast() }
    return try pieces.map { (piece) throws(DiagnosticSet) in
      let text = trimmed(piece)
      guard isDecimalLiteral(text) else {
        throw failure(
          "`\(text.prefix(40))` is not a decimal number",
          cure: "write finite decimal numbers separated by commas, such as `-1.5e-03`")
      }
      return text
    }
  }

  private func trimmed(_ piece: Substring) -> Substring {
    var utf8 = piece.utf8
    while let first = utf8.first, isBlank(first) { utf8 = utf8.dropFirst() }
    while let last = utf8.last, isBlank(last) { utf8 = utf8.dropLast() }
    return Substring(utf8)
  }

  private func checkEncoding(_ range: Range<Int>) throws(DiagnosticSet) {
    if bytes[range].allSatisfy({ $0 < 0x80 }) { return }
    var decoder = UTF8()
    var iterator = bytes[range].makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return
      case .error:
        throw failure("the line is not UTF-8 text", cure: "save the file as UTF-8; an NNet file is text")
      }
    }
  }
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// Sign, digits with at most one point, and an exponent of at most three digits: no `nan`, no `inf`, no
/// hexadecimal, and nothing that takes exact arithmetic long.
private func isDecimalLiteral(_ text: Substring) -> Bool {
  guard text.utf8.count <= 128 else { return false }
  var rest = text.utf8[...]
  func dropSign() {
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
  }
  func dropDigits() -> Int {
    let start = rest.count
    rest = rest.drop(while: isDigit)
    return start - rest.count
  }
  dropSign()
  var digits = dropDigits()
  if rest.first == UInt8(ascii: ".") {
    rest.removeFirst()
    digits += dropDigits()
  }
  guard digits > 0 else { return false }
  if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
    rest.removeFirst()
    dropSign()
    let exponentDigits = dropDigits()
    guard exponentDigits >= 1, exponentDigits <= 3 else { return false }
  }
  return rest.isEmpty
}
