import LoopIR

/// A network as loops: tables and functions, and `forward`, which runs them.
public struct LoweredNetwork: Sendable {
  /// Shared functions, tables, one function a layer (layers that do the same share one), and last the one called
  /// ``forward``.
  public let declarations: [Declaration]
  /// `void forward(const float *input, float *output, float *scratch)`, without `scratch` where ``scratchCount``
  /// is 0. The three do not overlap.
  public let forward: Identifier
  /// The number of floats of working memory; what they hold before a call does not matter.
  public let scratchCount: Int

  package init(declarations: [Declaration], forward: Identifier, scratchCount: Int) {
    self.declarations = declarations
    self.forward = forward
    self.scratchCount = scratchCount
  }
}
