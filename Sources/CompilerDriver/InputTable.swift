import Diagnostics
import SpecificationLanguage

/// Rows of physical inputs, one value an input scalar, each rounded to the nearest binary32 number.
public struct InputTable: Sendable {
  public let rows: [[Float]]

  /// The most bytes that are read.
  public static let sizeLimit = 1 << 30

  /// Reads a table for `interface`: NumPy's format if the bytes start with its magic, else CSV.
  ///
  /// - Throws: one diagnostic with the place of the first mistake.
  public init(_ file: SourceFile, interface: Interface) throws(DiagnosticSet) {
    rows =
      if file.utf8.starts(with: NumpyArray.magic) {
        try NumpyArray(file).rows(of: interface.inputs.count, file)
      } else {
        try csvRows(file, interface)
      }
  }
}

/// - Parameter place: where in the file, such as "line 7".
func malformedInput(_ file: SourceFile, _ place: String, _ problem: String, _ cure: String) -> DiagnosticSet {
  DiagnosticSet([
    Diagnostic(.malformedInputFile, problem, at: .file(name: file.name, place: place), cure: cure)
  ])
}
