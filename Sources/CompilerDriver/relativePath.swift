import FoundationEssentials

/// The path of one file relative to the folder of another; both may be relative to the current folder.
func relativePath(of path: String, fromFileAt target: String) -> String {
  let current = pathComponents(FileManager.default.currentDirectoryPath, from: [])
  let goal = pathComponents(path, from: current)
  let folder = pathComponents(target, from: current).dropLast()
  let shared = zip(goal, folder).prefix { $0 == $1 }.count
  let up = [Substring](repeating: "..", count: folder.count - shared)
  return (up + goal[shared...]).joined(separator: "/")
}
