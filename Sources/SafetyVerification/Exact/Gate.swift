/// One rectification max(z, 0) inside a network. Each other piecewise linear operator is made of these:
/// a leaky ReLU is `s z + (1 - s) max(z, 0)`, |z| is `2 max(z, 0) - z`, max(u, v) is `v + max(u - v, 0)`, and a clip is
/// one for its lower bound (step 0, z - lower) and one for its upper (step 1, upper - raised).
public struct Gate: Sendable, Hashable, Comparable {
  /// The position of the operator in the network's nodes.
  public let node: Int
  /// Which of the operator's gates at an element: 0, but for the upper bound of a clip.
  public let step: Int
  /// The element of the operator's result.
  public let element: Int

  public init(node: Int, step: Int = 0, element: Int) {
    self.node = node
    self.step = step
    self.element = element
  }

  public static func < (a: Gate, b: Gate) -> Bool {
    (a.node, a.step, a.element) < (b.node, b.step, b.element)
  }

  /// On which side of zero a gate's argument is; zero is on both.
  public enum Side: Sendable, Hashable, CaseIterable {
    /// z <= 0: the gate gives 0.
    case inactive
    /// z >= 0: the gate gives z.
    case active
  }
}
