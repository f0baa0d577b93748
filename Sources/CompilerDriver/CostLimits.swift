import CodeGeneration
import Diagnostics

/// What a program may cost; `nil` for as much as it likes.
public struct CostLimits: Sendable {
  /// The bytes of arrays on the stack, static memory and scratch memory.
  public var memory: Int?
  /// The bytes of constants and code.
  public var flash: Int?
  /// The operations of one inference.
  public var operations: Int?

  public init(memory: Int? = nil, flash: Int? = nil, operations: Int? = nil) {
    self.memory = memory
    self.flash = flash
    self.operations = operations
  }

  /// An error for each limit that the program `name` exceeds.
  func violations(by cost: CostReport, of name: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if let memory, cost.memoryBytes > memory {
      found.append(
        .tooMuchMemory(
          name, needed: cost.memoryBytes, allowed: memory, contributors: cost.memoryContributors))
    }
    if let flash, cost.flashBytes > flash {
      found.append(
        .tooMuchFlash(name, needed: cost.flashBytes, allowed: flash, contributors: cost.flashContributors))
    }
    if let operations, cost.operations.total > operations {
      found.append(
        .tooManyOperations(
          name, needed: cost.operations.total, allowed: operations, contributors: cost.operationContributors))
    }
    return found
  }
}
