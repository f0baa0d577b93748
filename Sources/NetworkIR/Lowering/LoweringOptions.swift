/// What lowering is to be good at. The result's bits do not depend on it.
public enum OptimizationGoal: String, Sendable, CaseIterable {
  /// Short run time: weights are padded to whole blocks.
  case speed
  /// Little memory: nothing is padded.
  case size
}
