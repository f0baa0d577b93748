/// Names files as CI systems want them: relative to the folder that was checked out.
public struct ReportPaths: Sendable {
  private let current: [Substring]
  private let root: [Substring]

  /// - Parameters:
  ///   - current: the absolute path of the current folder, against which users write relative paths.
  ///   - root: the absolute path of what was checked out; the current folder if it is not known.
  public init(current: String, root: String?) {
    self.current = pathComponents(current, from: [])
    self.root = root.map { pathComponents($0, from: []) } ?? self.current
  }

  /// `path` relative to the root; absolute if it lies elsewhere. What is no path (`<stdin>`, `--input`) stays.
  public func relative(_ path: String) -> String {
    if path.hasPrefix("<") || path.hasPrefix("-") { return path }
    let components = pathComponents(path, from: current)
    if components.starts(with: root), components.count > root.count {
      return components.dropFirst(root.count).joined(separator: "/")
    }
    return "/" + components.joined(separator: "/")
  }

  /// ``relative(_:)`` as a URI reference: percent-encoded, with a scheme if it is absolute.
  public func uri(_ path: String) -> String {
    let relative = relative(path)
    let encoded = relative.utf8.map { byte -> String in
      let scalar = Unicode.Scalar(byte)
      let isPlain = scalar.properties.isAlphabetic || "0123456789-._~/".unicodeScalars.contains(scalar)
      if byte < 0x80, isPlain { return String(Character(scalar)) }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return (relative.hasPrefix("/") ? "file://" : "") + encoded.joined()
  }
}
