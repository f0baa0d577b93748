import ExactArithmetic

/// What an input's numbers mean: `number * scale + offset` base units of a dimension.
public struct UnitScale: Sendable, Hashable {
  /// In words, such as `a speed in m/s`. Equal iff the dimensions are.
  public let dimension: String
  /// INVARIANT: positive.
  public let scale: Rational
  /// Not zero only for temperatures such as `degC`.
  public let offset: Rational

  /// Numbers without a unit.
  public static let plain = UnitScale(.one)

  init(_ unit: Unit) {
    dimension = unit.dimension.description
    scale = unit.scale
    offset = unit.offset
  }
}
