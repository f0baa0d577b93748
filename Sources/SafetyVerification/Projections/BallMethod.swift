/// How a ball is decided.
public enum BallMethod: String, Sendable {
  /// By backward linear bounds of all its inputs at once: what they leave open stays open.
  case linear
  /// By the same bounds, and then a search over activation regions.
  case projections
}
