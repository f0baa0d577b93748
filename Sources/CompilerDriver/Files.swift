import Diagnostics
import Glibc

/// Reads a file that another one names. A pipe or a device could keep us waiting for ever, and `-` is a name.
///
/// - Throws: a diagnostic that says why the file cannot be read, or that it has more than `limit` bytes.
public func readRegularFile(_ path: String, limit: Int) throws(DiagnosticSet) -> SourceFile {
  var status = stat()
  if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
    throw DiagnosticSet([
      Diagnostic(
        .unreadableFile, "cannot read `\(path)`: it is no regular file", at: .file(name: path, place: nil),
        cure: "check the path")
    ])
  }
  let file = try readFile(path == "-" ? "./-" : path, limit: limit)
  return SourceFile(name: path, utf8: file.utf8)
}

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

/// Writes files into `folder` (made if it is missing). All of them are written beside their targets first
/// and renamed when every one is complete, so that a full disk leaves neither a half-written file nor a new
/// file beside an old one.
///
/// - Returns: the files' sizes.
/// - Throws: a diagnostic for the first file that cannot be written.
@discardableResult
public func writeFiles(_ files: [OutputFile], to folder: String) throws(DiagnosticSet) -> [Int] {
  try makeFolder(folder)
  var temporaries: [String] = []
  var sizes: [Int] = []
  do throws(DiagnosticSet) {
    for file in files {
      var status = stat()
      if stat(folder + "/" + file.name, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        throw unwritable(folder + "/" + file.name, isFolder ? "it is a folder" : "it is no regular file")
      }
      let temporary = folder + "/." + file.name + ".\(getpid()).partial"
      temporaries.append(temporary)
      sizes.append(try write(file, to: temporary, for: folder + "/" + file.name))
    }
    for (file, temporary) in zip(files, temporaries) {
      let path = folder + "/" + file.name
      if rename(temporary, path) != 0 { throw unwritable(path, systemMessage()) }
    }
  } catch {
    for temporary in temporaries { unlink(temporary) }
    throw error
  }
  return sizes
}

/// Removes files that need not be there.
///
/// - Throws: a diagnostic for the first one that is there and can't be removed.
public func removeFiles(_ names: [String], from folder: String) throws(DiagnosticSet) {
  for name in names where unlink(folder + "/" + name) != 0 && errno != ENOENT && errno != ENOTDIR {
    let message = systemMessage()
    throw DiagnosticSet([
      Diagnostic(
        .unwritableFile, "cannot remove `\(folder)/\(name)`: \(message)", at: .none,
        cure: "check the folder and its permissions")
    ])
  }
}

/// Writes one file.
///
/// - Parameter makesFolders: whether folders above it are made if they are missing.
/// - Throws: a diagnostic if it cannot be written; nothing half-written is left.
public func writeFile(
  _ contents: [UInt8], to path: String, makesFolders: Bool = true
) throws(DiagnosticSet) {
  var status = stat()
  if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
    // A device or a pipe stays one, and a link.
    if status.st_mode & S_IFMT != S_IFREG {
      _ = try write(OutputFile(name: path, contents: contents), to: path, for: path)
      return
    }
    return try replaceFile(path, with: contents)
  }
  guard let slash = path.lastIndex(of: "/") else {
    try writeFiles([OutputFile(name: path, contents: contents)], to: ".")
    return
  }
  let folder = slash == path.startIndex ? "/" : String(path[..<slash])
  let name = String(path[path.index(after: slash)...])
  if !makesFolders, stat(folder, &status) != 0 { throw unwritable(path, systemMessage()) }
  try writeFiles([OutputFile(name: name, contents: contents)], to: folder)
}

/// Replaces the contents of a file that exists: whoever reads it finds the old or the new ones, never a part. A
/// symbolic link stays one; permissions stay.
///
/// - Throws: a diagnostic if the file cannot be replaced; then it is as it was.
public func replaceFile(_ path: String, with contents: [UInt8]) throws(DiagnosticSet) {
  var status = stat()
  guard let resolved = realpath(path, nil), stat(resolved, &status) == 0 else {
    throw unwritable(path, systemMessage())
  }
  defer { free(resolved) }
  let target = String(cString: resolved)
  let end = target.lastIndex(of: "/") ?? target.startIndex
  let temporary = target[..<end] + "/." + target[end...].dropFirst() + ".\(getpid()).partial"
  do throws(DiagnosticSet) {
    if access(target, W_OK) != 0 { throw unwritable(path, systemMessage()) }
    _ = try write(OutputFile(name: path, contents: contents), to: String(temporary), for: path)
    if chmod(String(temporary), status.st_mode & 0o7777) != 0 || rename(String(temporary), target) != 0 {
      throw unwritable(path, systemMessage())
    }
  } catch {
    unlink(String(temporary))
    throw error
  }
}

/// Finds out whether files can be written into `folder`, before work whose outcome is to go there. A folder that is missing is
/// made, and removed again.
///
/// - Throws: a diagnostic that says why it can't be made or written to.
public func requireWritableFolder(_ folder: String) throws(DiagnosticSet) {
  var made: [String] = []
  defer { for path in made.reversed() { rmdir(path) } }
  try makeFolder(folder) { made.append($0) }
  if access(folder, W_OK | X_OK) != 0 { throw unwritable(folder, systemMessage()) }
}

/// Makes a folder and those above it.
///
/// - Parameter made: called with each one that was missing, from the top.
private func makeFolder(_ folder: String, made: (String) -> Void = { _ in }) throws(DiagnosticSet) {
  if folder.isEmpty { throw unwritable(folder, "the name is empty") }
  var path = folder.hasPrefix("/") ? "/" : ""
  for component in folder.split(separator: "/") {
    path += component
    defer { path += "/" }
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { continue }
      throw unwritable(folder, "`\(path)` is a file, and a folder is needed")
    }
    if mkdir(path, 0o777) != 0 { throw unwritable(folder, systemMessage()) }
    made(path)
  }
}

/// - Parameter path: the target that a message names.
/// - Returns: the file's size.
private func write(_ file: OutputFile, to temporary: String, for path: String) throws(DiagnosticSet) -> Int {
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw unwritable(path, systemMessage()) }
  var size = 0
  var message: String?
  file.write { piece in
    var rest = piece[...]
    while message == nil, !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count > 0 { rest = rest.dropFirst(count) } else { message = systemMessage() }
    }
    size += piece.count
  }
  if close(descriptor) != 0 { message = message ?? systemMessage() }
  if let message { throw unwritable(path, message) }
  return size
}

private func unwritable(_ path: String, _ reason: String) -> DiagnosticSet {
  DiagnosticSet([
    Diagnostic(
      .unwritableFile, "cannot write `\(path)`: \(reason)", at: .none,
      cure: "check the folder, its permissions and the free space")
  ])
}

/// The operating system's words for the last failure.
private func systemMessage() -> String {
  guard let text = strerror(errno) else { return "unknown failure" }
  return String(cString: text)
}
