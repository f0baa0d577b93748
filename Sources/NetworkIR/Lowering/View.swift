import LoopIR

/// An array in memory, seen as a tensor: the element with indices e_d lies at `sum((e_d + before_d) * strides[d])`.
///
/// `before` is the border that a kernel asked for, zero for all others: indices of arrays are unsigned, so elements
/// are counted from where the border starts.
public struct View: Sendable {
  /// A pointer to the first element of the border.
  public let base: Identifier
  public let shape: TensorShape
  /// One a dimension, in elements.
  public let strides: [Int]

  /// `sum(indices[d] * strides[d])`, without what is zero.
  public static func offset(_ indices: [Expression], _ strides: [Int]) -> Expression {
    zip(indices, strides).reduce(0 as Expression) { $0.adding($1.0.multiplied(by: $1.1)) }
  }

  /// `sum(indices[d] * strides[d])`.
  static func size(of indices: [Int], _ strides: [Int]) -> Int {
    zip(indices, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The strides seen from a shape that this view broadcasts to; 0 where it is repeated.
  func strides(broadcastTo target: TensorShape) -> [Int] {
    let missing = target.dimensions.count - strides.count
    return [Int](repeating: 0, count: missing) + zip(shape.dimensions, strides).map { $0 == 1 ? 0 : $1 }
  }
}

extension Expression {
  /// This index plus another; constants are added up.
  public func adding(_ other: Expression) -> Expression {
    if case .unsigned(0) = self { return other }
    if case .unsigned(0) = other { return self }
    if case .unsigned(let a) = self, case .unsigned(let b) = other { return .unsigned(a + b) }
    return self + other
  }

  /// This index times a constant that is not negative.
  public func multiplied(by factor: Int) -> Expression {
    if case .unsigned(let value) = self { return .count(Int(value) * factor) }
    return factor == 0 ? 0 : factor == 1 ? self : self * .count(factor)
  }
}
