import LoopIR

/// Turns C trees into bytes. This is the only code that writes C text.
///
/// The text of a large network is several times as large as the network, so it leaves in pieces: at the end of a line
/// outside of everything that is tried out, once enough has come together.
struct CRenderer {
  var bytes: [UInt8] = []
  let names: CNames
  private let sink: (UnsafeRawBufferPointer) -> Void
  /// Whether the function being written is for vector instructions.
  var isVectorized = false
  /// Whether weights and working memory are aligned for vector instructions; so once the macro for it is defined.
  var alignsWeights = false
  private var indentation = 0
  private static let lineLength = 100

  private static let pieceSize: Int = 1 << 18

  /// Gives the text of a file to `sink`, in pieces.
  static func render(
    _ declarations: [CDeclaration], names: CNames, to sink: (UnsafeRawBufferPointer) -> Void
  ) {
    withoutActuallyEscaping(sink) { sink in
      var renderer = CRenderer(names: names, sink: sink)
      renderer.append(declarations)
      renderer.bytes.withUnsafeBytes(sink)
    }
  }

  private init(names: CNames, sink: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.names = names
    self.sink = sink
  }

  // MARK: Text

  mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
  mutating func write(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
  mutating func write(_ name: Identifier) { bytes.append(contentsOf: name.spelling.utf8) }
  mutating func write(_ number: Int) { write(String(number)) }

  mutating func startLine() {
    for _ in 0..<indentation { write("  ") }
  }

  /// A new line within a statement or signature.
  mutating func continueLine() {
    endLine()
    startLine()
    write("    ")
  }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  mutating func line(_ text: String) {
    startLine()
    write(text)
    endLine()
  }

  private var column: Int {
    var start = bytes.endIndex
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    return bytes.endIndex - start
  }

  mutating func indented(_ body: (inout CRenderer) -> Void) {
    indentation += 1
    body(&self)
    indentation -= 1
  }

  /// A comment of one or several lines.
  mutating func comment(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      CText.sanitized(String($0))
    }
    if lines.count == 1 { return line("/* \(lines[0]) */") }
    for (position, text) in lines.enumerated() {
      startLine()
      write(position == 0 ? "/*" : " *")
      if !text.isEmpty { write(" " + text) }
      if position == lines.count - 1 { write(" */") }
      endLine()
    }
  }

  // MARK: Types and variables

  mutating func append(_ type: ValueType) {
    switch type {
    case .void: write("void")
    case .bool: write("bool")
    case .float: write("float")
    case .double: write("double")
    case .int32: write("int32_t")
    case .uint8: write("uint8_t")
    case .uint16: write("uint16_t")
    case .uint32: write("uint32_t")
    case .uint64: write("uint64_t")
    case .named(let name): write(name)
    case .pointer(let pointee):
      append(pointee)
      write(" *")
    case .constPointer(let pointee):
      write("const ")
      append(pointee)
      write(" *")
    }
  }

  mutating func append(_ variable: Variable) {
    let isPointer: Bool
    switch variable.type {
    case .pointer, .constPointer: isPointer = true
    case .void, .bool, .float, .double, .int32, .uint8, .uint16, .uint32, .uint64, .named: isPointer = false
    }
    if variable.isConstant, !isPointer { write("const ") }
    append(variable.type)
    if !isPointer { write(" ") }
    // For example: `const float *const line`.
    if variable.isConstant, isPointer { write("const ") }
    write(variable.name)
    if let count = variable.count { write("[\(count)]") }
  }

  mutating func append(_ initializer: Initializer) {
    switch initializer {
    case .expression(let expression): append(expression)
    case .zeros: write("{0}")
    case .floats(let values): appendList(values) { HexFloat.append($0, to: &$1) }
    case .doubles(let values): appendList(values) { HexFloat.append($0, to: &$1) }
    case .unsigned(let values):
      appendList(values) { value, text in
        DecimalDigits.append(UInt64(value), to: &text)
        text.append(UInt8(ascii: "u"))
      }
    case .bits(let values): appendList(values) { $1 += "\($0.hexadecimalLiteral)u".utf8 }
    }
  }

  private mutating func appendList<Value>(_ values: [Value], _ append: (Value, inout [UInt8]) -> Void) {
    write("{")
    var lineStart = bytes.count
    for (position, value) in values.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      if position == 0 || bytes.count - lineStart > CRenderer.lineLength - 18 {
        if values.count >= 8 {
          bytes.append(UInt8(ascii: "\n"))
          // Only tables are this long, and nobody tries out how to write them.
          if bytes.count > CRenderer.pieceSize {
            bytes.withUnsafeBytes(sink)
            bytes.removeAll(keepingCapacity: true)
          }
          lineStart = bytes.count
          for _ in 0...indentation { write("  ") }
        }
      } else {
        bytes.append(UInt8(ascii: " "))
      }
      append(value, &bytes)
    }
    write("}")
  }

  /// Renders with `compact`, and with `broken` instead if that makes the line too long.
  mutating func fitting(_ compact: (inout CRenderer) -> Void, orElse broken: (inout CRenderer) -> Void) {
    let start = bytes.count
    compact(&self)
    if column > CRenderer.lineLength || bytes[start...].contains(UInt8(ascii: "\n")) {
      bytes.removeSubrange(start...)
      broken(&self)
    }
  }
}
