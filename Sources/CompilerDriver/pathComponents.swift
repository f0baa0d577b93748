/// The components of a path without `.` and `..`; links are not followed.
///
/// - Parameter base: the components of the folder against which a relative path is read.
func pathComponents(_ path: String, from base: [Substring]) -> [Substring] {
  var result = path.hasPrefix("/") ? [] : base
  for component in path.split(separator: "/") where component != "." {
    if component == ".." { result = result.dropLast() } else { result.append(component) }
  }
  return result
}
