import Diagnostics
import FoundationEssentials
import Glibc

/// Reads a specification or an input file; `-` is standard input.
///
/// - Throws: a diagnostic that says why the file cannot be read, or that it has more than `limit` bytes.
public func readFile(_ path: String, limit: Int) throws(DiagnosticSet) -> SourceFile {
  let name = path == "-" ? "<stdin>" : path
  func failure(_ problem: String, _ cure: String) -> DiagnosticSet {
    DiagnosticSet([Diagnostic(.unreadableFile, problem, at: .file(name: name, place: nil), cure: cure)])
  }
  let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0, !path.utf8.contains(0) else {
    throw failure("cannot read `\(name)`: \(systemMessage())", "check the path")
  }
  defer { if path != "-" { close(descriptor) } }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 { return SourceFile(name: name, utf8: bytes) }
    guard count > 0 else {
      throw failure("cannot read `\(name)`: \(systemMessage())", "check the path")
    }
    bytes += buffer[..<count]
    guard bytes.count <= limit else {
      throw failure("`\(name)` has more than \(limit) bytes", "use a smaller file")
    }
  }
}

/// Writes files into `folder` (made if it is missing): each into a temporary file that is renamed when it is
/// complete, so that a full disk leaves no half-written output.
///
/// - Throws: a diagnostic for the first file that cannot be written.
public func writeFiles(
  _ files: [(name: String, contents: [UInt8])], to folder: String
) throws(DiagnosticSet) {
  func failure(_ path: String, _ reason: String) -> DiagnosticSet {
    DiagnosticSet([
      Diagnostic(
        .unwritableFile, "cannot write `\(path)`: \(reason)", at: .none,
        cure: "check the folder, its permissions and the free space")
    ])
  }
  do {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  } catch {
    // Foundation's error hides the system's reason, so ask for the folder once more.
    throw failure(folder, mkdir(folder, 0o777) == 0 ? "its parent folders cannot be made" : systemMessage())
  }
  for file in files {
    let path = folder + "/" + file.name
    let temporary = folder + "/." + file.name + ".\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, systemMessage()) }
    var written = 0
    var message: String?
    while message == nil, written < file.contents.count {
      let count = file.contents.withUnsafeBytes { buffer in
        buffer.baseAddress.map { write(descriptor, $0 + written, buffer.count - written) } ?? 0
      }
      if count > 0 { written += count } else { message = systemMessage() }
    }
    if close(descriptor) != 0 { message = message ?? systemMessage() }
    if message == nil, rename(temporary, path) != 0 { message = systemMessage() }
    if let message {
      unlink(temporary)
      throw failure(path, message)
    }
  }
}

/// The operating system's words for the last failure.
private func systemMessage() -> String {
  guard let text = strerror(errno) else { return "unknown failure" }
  return String(cString: text)
}
