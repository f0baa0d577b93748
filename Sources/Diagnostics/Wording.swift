/// How many of a thing, for example `1 property`, `3 inputs`.
///
/// - Parameter plural: the noun's, if not with an s.
package func counted(_ number: Int, _ noun: String, plural: String? = nil) -> String {
  "\(number) " + (number == 1 ? noun : plural ?? noun + "s")
}

/// All names in backticks: `` `p1`, `p2` and `p3` ``.
package func listed(_ names: [String]) -> String {
  let quoted = names.map { "`\($0)`" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
  return quoted.dropLast().joined(separator: ", ") + " and " + last
}

/// The first names in backticks and how many more there are.
package func shortList(_ names: [String], limit: Int = 3) -> String {
  let shown = names.prefix(limit).map { "`\($0)`" }.joined(separator: ", ")
  return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
}
