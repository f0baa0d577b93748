import NetworkIR

/// How a program is emitted. None of this changes a bit of what it computes.
public struct EmissionOptions: Sendable {
  /// - Requires: ``EmissionLanguage/swift`` goes with weights in the same file, scratch memory on the stack, and no
  ///   batch.
  public var language: EmissionLanguage
  /// What lowering is to be good at.
  public var goal: OptimizationGoal
  public var weights: WeightPlacement
  public var scratch: ScratchPlacement
  /// Whether there is a function for many inputs.
  public var hasBatch: Bool

  public init(
    language: EmissionLanguage = .c, goal: OptimizationGoal = .speed, weights: WeightPlacement = .same,
    scratch: ScratchPlacement = .stack,
    hasBatch: Bool = false
  ) {
    self.language = language
    self.goal = goal
    self.weights = weights
    self.scratch = scratch
    self.hasBatch = hasBatch
  }
}

/// What emitted code is written in.
public enum EmissionLanguage: String, Sendable, CaseIterable {
  /// C99.
  case c
  /// Swift 6.2, in one file; Embedded Swift as well, on 64-bit machines.
  case swift
}

/// Where a network's weights and biases are.
public enum WeightPlacement: String, Sendable, CaseIterable {
  /// In the file of the code.
  case same
  /// In a translation unit of their own.
  case separate
  /// In a file that is given to the program when it runs, and checked against the hash that the code holds.
  case binary
}

/// Where a program keeps what it works on while it runs.
public enum ScratchPlacement: String, Sendable, CaseIterable {
  case stack
  /// In static memory: calls must not run at the same time.
  case `static`
  /// In memory that the caller passes.
  case caller
}
