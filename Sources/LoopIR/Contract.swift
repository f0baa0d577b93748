/// What a function promises to callers that keep its requirements, for tools that prove programs. It has no effect
/// on what a program computes; a back end for which there is no such tool leaves it out.
public struct Contract: Sendable {
  /// Predicates that this and later contracts use.
  public let definitions: [PredicateDefinition]
  public let requires: [Formula]
  /// All that the function changes, besides its own variables.
  public let assigns: [MemoryRange]
  public let ensures: [Formula]

  public init(
    definitions: [PredicateDefinition] = [], requires: [Formula] = [], assigns: [MemoryRange] = [],
    ensures: [Formula] = []
  ) {
    self.definitions = definitions
    self.requires = requires
    self.assigns = assigns
    self.ensures = ensures
  }
}

/// A named formula over parameters. For example: `beaten(float *s, integer o)`.
public struct PredicateDefinition: Sendable {
  public enum Parameter: Sendable {
    /// An array of scores.
    case floats(Identifier)
    /// A mathematical integer.
    case integer(Identifier)
  }

  public let name: Identifier
  public let parameters: [Parameter]
  public let body: Formula

  public init(_ name: Identifier, _ parameters: [Parameter], _ body: Formula) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

/// What stands inside a function.
public enum Annotation: Sendable {
  /// Of the loop that follows.
  case loop(LoopContract)
  /// Holds wherever control comes by; a step of a proof.
  case assertion(Formula)
}

/// What every round of a loop keeps.
public struct LoopContract: Sendable {
  public let invariants: [Formula]
  /// All that the loop changes, its index among it, besides variables of its body.
  public let assigns: [MemoryRange]
  /// A number that is not negative at the start of a round and less at the start of the next one.
  public let variant: Term

  public init(invariants: [Formula], assigns: [MemoryRange] = [], variant: Term) {
    self.invariants = invariants
    self.assigns = assigns
    self.variant = variant
  }
}
