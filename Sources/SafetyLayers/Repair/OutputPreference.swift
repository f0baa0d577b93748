import SpecificationLanguage

/// What "better" means for the outputs of an interface, and the tie rule.
public struct OutputPreference: Sendable, Hashable {
  public let better: Better
  /// Output indices, the one preferred on ties first.
  public let tieOrder: [Int]
  /// For each output its position in ``tieOrder``.
  public let tiePriority: [Int]

  /// - Requires: `tieOrder` is a permutation of `0 ..< tieOrder.count`.
  public init(better: Better, tieOrder: [Int]) {
    precondition(tieOrder.sorted() == Array(tieOrder.indices), "a tie rule ranks every output once")
    self.better = better
    self.tieOrder = tieOrder
    var priority = [Int](repeating: 0, count: tieOrder.count)
    for (position, output) in tieOrder.enumerated() { priority[output] = position }
    tiePriority = priority
  }

  /// Whether score `a` is strictly better than `b`; -0 and +0 are equal.
  func isBetter(_ a: Float, _ b: Float) -> Bool {
    switch better {
    case .highest: a > b
    case .lowest: a < b
    }
  }

  /// The next score that is worse than `score`, by IEEE 754 nextDown (`choose highest`) or nextUp;
  /// infinite beyond the finite range. Both zeros have the same one.
  func worse(_ score: Float) -> Float {
    switch better {
    case .highest: score.nextDown
    case .lowest: score.nextUp
    }
  }

  /// The next score that is better than `score`; the mirror image of ``worse(_:)``.
  func improved(_ score: Float) -> Float {
    switch better {
    case .highest: score.nextUp
    case .lowest: score.nextDown
    }
  }

  /// The worst finite score.
  var worstFinite: Float {
    switch better {
    case .highest: -.greatestFiniteMagnitude
    case .lowest: .greatestFiniteMagnitude
    }
  }
}

extension Interface {
  public var preference: OutputPreference { OutputPreference(better: better, tieOrder: tieOrder) }
}
