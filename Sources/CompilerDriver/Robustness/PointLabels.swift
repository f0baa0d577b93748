import Diagnostics
import SpecificationLanguage

/// The right output of each point of a table.
public struct PointLabels: Sendable {
  /// Indices of outputs.
  public let outputs: [Int]

  /// Reads one label a point: NumPy's format, integers in one axis, if the bytes start with its magic; else text, one
  /// output's number (from 0) or name a line, blank lines skipped.
  ///
  /// - Throws: one diagnostic with the place of the first mistake.
  public init(_ file: SourceFile, interface: Interface) throws(DiagnosticSet) {
    let count = interface.outputs.count
    var outputs: [Int] = []
    if file.utf8.starts(with: NumpyArray.magic) {
      for (row, label) in try NumpyArray(file, of: .integers).integers(file).enumerated() {
        guard let index = Int(exactly: label), (0..<count).contains(index) else {
          throw outOfRange(file, "row \(row + 1)", String(label), interface)
        }
        outputs.append(index)
      }
    } else {
      let names = Dictionary(interface.outputs.enumerated().map { ($1, $0) }) { first, _ in first }
      let lines = file.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (line, bytes) in lines.enumerated() {
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace && $0 != "\"" }
        if text.isEmpty { continue }
        guard let index = names[text] ?? Int(text), (0..<count).contains(index) else {
          throw outOfRange(file, "line \(line + 1)", text, interface)
        }
        outputs.append(index)
      }
    }
    self.outputs = outputs
  }
}

private func outOfRange(
  _ file: SourceFile, _ place: String, _ text: String, _ interface: Interface
) -> DiagnosticSet {
  malformedInput(
    file, place, "the label `\(text)` is no output of `interface \(interface.name)`",
    "write an output's name, or its number from 0 to \(interface.outputs.count - 1)")
}
