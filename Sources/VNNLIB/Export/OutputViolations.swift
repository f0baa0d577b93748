// Trusted: the alternatives hold of all scores that violate the post, ties included.
import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// What violates a post, as alternatives of conjunctions over the outputs. Ties violate: a post is strict.
struct OutputViolations {
  static let limit = 4096

  let interface: Interface
  /// The property, for the message where there are too many.
  let name: String
  let range: SourceRange

  private var count: Int { interface.outputs.count }

  /// The alternatives: no repetition, none that another one implies (up to a size at which looking for
  /// them would take long).
  ///
  /// - Throws: that there are more than ``limit``.
  func of(_ post: Post) throws(DiagnosticSet) -> [[Comparison]] {
    try reduced(violations(post))
  }

  /// The same for a requirement.
  func of(_ requirement: Requirement) throws(DiagnosticSet) -> [[Comparison]] {
    try reduced(violations(requirement))
  }

  private func violations(_ requirement: Requirement) throws(DiagnosticSet) -> [[Comparison]] {
    switch requirement {
    case .order(let post): return try violations(post)
    case .score(let score):
      let output = Variable.output(score.output)
      return [
        [
          score.isUpper
            ? .atLeast(output, DecimalText.outwards(score.bound, isUp: false))
            : .atMost(output, DecimalText.outwards(score.bound, isUp: true))
        ]
      ]
    case .all(let parts):
      // Orders that are demanded together are one post, so that choices merge.
      var posts: [Post] = []
      var result: [[Comparison]] = []
      for part in parts {
        if case .order(let post) = part {
          posts.append(post)
        } else {
          result += try violations(part)
          guard result.count <= Self.limit * 4 else { throw tooLarge }
        }
      }
      return try (posts.isEmpty ? [] : violations(.all(posts))) + result
    case .any(let parts):
      var result: [[Comparison]] = [[]]
      for part in parts { result = try product(result, try violations(part)) }
      return result
    }
  }

  /// The network's own choice can be one of `outputs` (a tie can be anybody's).
  func rawChoice(among outputs: Set<Int>) -> [[Comparison]] {
    outputs.sorted().map { chosen in
      (0..<count).filter { $0 != chosen }.map { noWorse(chosen, than: $0) }
    }
  }

  /// Each alternative of `a` with each of `b`.
  func product(_ a: [[Comparison]], _ b: [[Comparison]]) throws(DiagnosticSet) -> [[Comparison]] {
    guard a.count * b.count <= Self.limit * 4 else { throw tooLarge }
    return try reduced(a.flatMap { left in b.map { left + $0.filter { !left.contains($0) } } })
  }

  private func violations(_ post: Post) throws(DiagnosticSet) -> [[Comparison]] {
    switch post {
    case .precedes(let above, let below):
      return [[noWorse(below, than: above)]]
    case .before(let output, let end):
      // Fewer than n - end others are worse: `end` others are no worse.
      return try subsets(of: others(of: output), size: end).map { $0.map { noWorse($0, than: output) } }
    case .notBefore(let output, let start):
      // Fewer than `start` others are better: n - start others are no better.
      return try subsets(of: others(of: output), size: count - start).map {
        $0.map { noWorse(output, than: $0) }
      }
    case .all(let parts):
      return try violationsOfAll(parts)
    case .any(let parts):
      var result: [[Comparison]] = [[]]
      for part in parts { result = try product(result, try violations(part)) }
      return result
    }
  }

  /// Several `notBefore(o, 1)` are one choice: some output outside them beats them all. It is violated iff one
  /// of them is no worse than every output outside, which is shorter than all places apart.
  private func violationsOfAll(_ parts: [Post]) throws(DiagnosticSet) -> [[Comparison]] {
    var excluded: [Int] = []
    var result: [[Comparison]] = []
    for part in flattened(parts) {
      if case .notBefore(let output, 1) = part {
        excluded.append(output)
      } else {
        result += try violations(part)
        guard result.count <= Self.limit * 4 else { throw tooLarge }
      }
    }
    let allowed = (0..<count).filter { !excluded.contains($0) }
    let choice = Set(excluded).sorted().map { output in allowed.map { noWorse(output, than: $0) } }
    return choice + result
  }

  private func flattened(_ parts: [Post]) -> [Post] {
    parts.flatMap { part in
      if case .all(let inner) = part { flattened(inner) } else { [part] }
    }
  }

  private func others(of output: Int) -> [Int] { (0..<count).filter { $0 != output } }

  /// `a` is at least as good as `b`.
  private func noWorse(_ a: Int, than b: Int) -> Comparison {
    switch interface.better {
    case .lowest: .ordered(.output(a), .output(b))
    case .highest: .ordered(.output(b), .output(a))
    }
  }

  /// All subsets of `size` elements, in lexicographic order.
  private func subsets(of elements: [Int], size: Int) throws(DiagnosticSet) -> [[Int]] {
    var result: [[Int]] = [[]]
    for step in 0..<max(size, 0) {
      let remaining = size - step - 1
      result = result.flatMap { subset in
        let start = subset.last.flatMap { elements.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return elements.indices[start...].dropLast(remaining).map { subset + [elements[$0]] }
      }
      guard result.count <= Self.limit else { throw tooLarge }
    }
    return result
  }

  private func reduced(_ alternatives: [[Comparison]]) throws(DiagnosticSet) -> [[Comparison]] {
    var seen: Set<Set<Comparison>> = []
    var result: [(parts: [Comparison], set: Set<Comparison>)] = []
    for parts in alternatives {
      let set = Set(parts)
      if seen.insert(set).inserted { result.append((parts, set)) }
    }
    if result.count <= 512 {
      let all = seen
      result = result.filter { candidate in !all.contains { $0.isStrictSubset(of: candidate.set) } }
    }
    guard result.count <= Self.limit else { throw tooLarge }
    return result.map(\.parts)
  }

  private var tooLarge: DiagnosticSet {
    DiagnosticSet([.exportTooLarge(name, "what violates the post", Self.limit, range)])
  }
}
