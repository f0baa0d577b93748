import FoundationEssentials

/// The path of one file relative to the folder of another; both may be relative to the current folder.
func relativePath(of path: String, fromFileAt target: String) -> String {
  let goal = components(path)
  let folder = components(target).dropLast()
  let shared = zip(goal, folder).prefix { $0 == $1 }.count
  let up = [String](repeating: "..", count: folder.count - shared)
  return (up + goal[shared...]).joined(separator: "/")
}

/// The components of an absolute path, without `.` and `..`.
private func components(_ path: String) -> [String] {
  let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  var result: [String] = []
  for part in absolute.split(separator: "/") where part != "." {
    if part == ".." { _ = result.popLast() } else { result.append(String(part)) }
  }
  return result
}
