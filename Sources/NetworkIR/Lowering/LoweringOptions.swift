/// What lowering is to be good at. The result's bits do not depend on it.
public enum OptimizationGoal: String, Sendable, CaseIterable {
  /// Short run time: tiles as large as the vector registers allow; the parts of working memory start at multiples of
  /// 64 bytes, and the rows of recurrent layers are padded to a multiple of eight.
  case speed
  /// Little code and memory: small tiles, blocks of one size if possible, no padding.
  case size
}
