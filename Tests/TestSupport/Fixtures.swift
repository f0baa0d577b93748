import Diagnostics
import Foundation

/// The package's root folder.
public let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path()

extension SourceFile {
  /// Reads the file at `path`; its name is the last component.
  public init(path: String) throws {
    let url = URL(filePath: path)
    self.init(name: url.lastPathComponent, utf8: Array(try Data(contentsOf: url)))
  }
}

/// Prints a diagnostic set as text, for comparisons and failure messages.
extension DiagnosticSet {
  public var text: String {
    diagnostics.map(DiagnosticRenderer(colours: false).render).joined()
  }
}
