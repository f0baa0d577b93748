/// A small imperative program with fixed loops: what back ends print, the interpreter runs and the cost report
/// counts.
///
/// It has integers, binary32 (binary64 in filters of guards), arrays of constant size, pointers to them, counting
/// loops and calls of earlier functions: nothing that allocates, recurses or depends on a host. A declaration
/// uses only names that stand before it.
public struct LoopProgram: Sendable {
  public let declarations: [Declaration]

  public init(_ declarations: [Declaration]) { self.declarations = declarations }
}
