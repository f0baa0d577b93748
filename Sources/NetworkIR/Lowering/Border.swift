/// How a kernel reads an operand.
public enum OperandLayout: Sendable, Hashable {
  /// In row-major order without gaps.
  case dense
  /// By its strides, the last of which is 1, with so many zeros before and after each dimension; see ``View``.
  case bordered(Border)
}

/// Zeros around a value.
public struct Border: Sendable, Hashable {
  /// For each dimension, in elements; the last has none.
  public let before: [Int]
  public let after: [Int]

  public init(before: [Int], after: [Int]) {
    precondition(before.count == after.count, "one number a dimension")
    precondition(
      (before.last ?? 0) == 0 && (after.last ?? 0) == 0, "elements of the last dimension are neighbours")
    self.before = before
    self.after = after
  }

  static func none(rank: Int) -> Border {
    let zeros = [Int](repeating: 0, count: rank)
    return Border(before: zeros, after: zeros)
  }

  var isEmpty: Bool { (before + after).allSatisfy { $0 == 0 } }

  /// The smallest border that holds both.
  func union(_ other: Border) -> Border {
    Border(before: zip(before, other.before).map(max), after: zip(after, other.after).map(max))
  }
}
