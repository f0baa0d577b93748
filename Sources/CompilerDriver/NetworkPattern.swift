import Diagnostics
import SpecificationLanguage

/// Which networks a command is about: `N[1,1]`, `N[2..5,*]`, `N`, `Policy`.
public struct NetworkPattern: Sendable, CustomStringConvertible {
  private enum Index {
    case any
    case range(ClosedRange<Int>)
  }

  /// As users write selections, without blanks.
  public var description: String { text }
  private let text: String
  private let family: String
  /// `nil`: every member.
  private let indices: [Index]?

  /// `nil` if `text` is no pattern.
  public init?(_ text: String) {
    self.text = text.filter { !$0.isWhitespace }
    guard let open = self.text.firstIndex(of: "[") else {
      family = self.text
      indices = nil
      return
    }
    guard self.text.hasSuffix("]") else { return nil }
    family = String(self.text[..<open])
    var indices: [Index] = []
    let list = self.text[self.text.index(after: open)...].dropLast()
    for part in list.split(separator: ",", omittingEmptySubsequences: false) {
      if part == "*" {
        indices.append(.any)
      } else if let value = Int(part) {
        indices.append(.range(value...value))
      } else {
        let ends = part.split(separator: ".", omittingEmptySubsequences: false)
        guard ends.count == 3, ends[1].isEmpty, let low = Int(ends[0]), let high = Int(ends[2]), low <= high
        else { return nil }
        indices.append(.range(low...high))
      }
    }
    self.indices = indices
  }

  private func matches(_ name: String) -> Bool {
    guard let open = name.firstIndex(of: "[") else { return name == family && indices == nil }
    guard name[..<open] == family else { return false }
    guard let indices else { return true }
    let values = name[name.index(after: open)...].dropLast().split(separator: ",").compactMap { Int($0) }
    return values.count == indices.count
      && zip(values, indices).allSatisfy { value, index in
        switch index {
        case .any: true
        case .range(let range): range.contains(value)
        }
      }
  }

  /// The networks of `spec` that any of `patterns` matches, ascending; all if there is no pattern.
  /// - Throws: a diagnostic for each pattern that matches nothing.
  public static func select(
    _ patterns: [NetworkPattern], from spec: CheckedSpec
  ) throws(DiagnosticSet) -> [Int] {
    if patterns.isEmpty { return Array(spec.networks.indices) }
    var diagnostics = DiagnosticSet()
    var selected: Set<Int> = []
    for pattern in patterns {
      let found = spec.networks.indices.filter { pattern.matches(spec.networks[$0].name) }
      if found.isEmpty {
        let names = spec.networks.map(\.name)
        let near = suggestion(for: pattern.text, among: names) ?? names.first
        diagnostics.report(
          Diagnostic(
            .unknownName, "no network matches `\(pattern.text)`", at: .none,
            cure: near.map { "the specification has \(names.count), such as `\($0)`" } ?? ""))
      }
      selected.formUnion(found)
    }
    try diagnostics.throwOnError()
    return selected.sorted()
  }
}
