import Diagnostics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The largest model file that is read: 1 GiB.
let largestModelFile = 1 << 30

/// The bytes of a regular file of at most ``largestModelFile`` bytes.
///
/// - Throws: `modelNotFound`, `modelUnreadable` (a folder, a pipe, no permission, a failing disk) or
///   `modelTooLarge`.
func readModelFile(atPath path: String) throws(DiagnosticSet) -> [UInt8] {
  func failure(_ code: DiagnosticCode, _ problem: String, cure: String) -> DiagnosticSet {
    DiagnosticSet([Diagnostic(code, problem, at: .file(name: path, place: nil), cure: cure)])
  }
  let checkPermissions = "check the file and its permissions"
  guard !path.utf8.contains(0) else {
    throw failure(.modelNotFound, "there is no model file `\(path)`", cure: "check the path")
  }

  // O_NONBLOCK: opening a pipe must not wait for a writer.
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else {
    let code = errno
    if code == ENOENT || code == ENOTDIR {
      throw failure(.modelNotFound, "there is no model file `\(path)`", cure: "check the path")
    }
    throw failure(
      .modelUnreadable, "can't read `\(path)`: \(errorText(code))", cure: checkPermissions)
  }
  defer { close(descriptor) }

  var status = stat()
  guard fstat(descriptor, &status) == 0 else {
    throw failure(.modelUnreadable, "can't read `\(path)`: \(errorText(errno))", cure: checkPermissions)
  }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw failure(.modelUnreadable, "`\(path)` is not a regular file", cure: "give the model file itself")
  }
  let size = Int(status.st_size)
  guard size <= largestModelFile else {
    throw failure(
      .modelTooLarge, "`\(path)` has \(size) bytes; at most \(largestModelFile) are read",
      cure: "use a smaller model")
  }

  // The file may change while it is read, so what `read` returns counts, not what the size promised.
  var bytes = [UInt8](repeating: 0, count: size)
  var filled = 0
  while filled < size {
    let count = bytes.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { read(descriptor, $0 + filled, size - filled) } ?? 0
    }
    if count == 0 { break }
    if count < 0 {
      if errno == EINTR { continue }
      throw failure(.modelUnreadable, "can't read `\(path)`: \(errorText(errno))", cure: checkPermissions)
    }
    filled += count
  }
  bytes.removeLast(size - filled)
  return bytes
}

private func errorText(_ code: Int32) -> String {
  strerror(code).map { String(cString: $0).lowercased() } ?? "error \(code)"
}
