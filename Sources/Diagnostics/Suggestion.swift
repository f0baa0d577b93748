/// The candidate nearest to `name` by edit distance (with transpositions), if it is near enough to
/// be what the user meant; ties go to the first candidate.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(1, name.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates where abs(candidate.count - name.count) <= limit {
    let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The optimal-string-alignment distance: insertions, deletions, substitutions and swaps of
/// neighbours cost 1 each.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var previous: [Int] = []
  var current = Array(0...b.count)
  for i in 0..<a.count {
    var next = [i + 1]
    for j in 0..<b.count {
      var cost = min(next[j] + 1, current[j + 1] + 1, current[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, previous[j - 1] + 1) }
      next.append(cost)
    }
    previous = current
    current = next
  }
  return current[b.count]
}
