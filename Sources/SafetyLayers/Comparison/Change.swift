import Diagnostics

/// One difference between two specifications that is told by reading, without a solver.
public struct Change: Sendable, Hashable {
  public enum Effect: String, Sendable, Hashable {
    /// What is demanded stays the same.
    case none
    case stronger
    case weaker
    case incomparable
    /// Callers of the emitted code have to change.
    case interface
    /// Something is there that was not: nothing that was there is different.
    case addition
  }

  /// For example ``domain of `rho` ``.
  public let subject: String
  /// For example `widened, 0 .. 60760 ft -> 0 .. 62000 ft`.
  public let detail: String
  public let effect: Effect
  /// The networks concerned, in the order of their specification; empty if it is about none.
  public let networks: [String]
  /// Where it is declared now, or was.
  public let range: SourceRange
  /// The robustness or Lipschitz clause that it is about.
  public let clause: String?

  init(
    _ subject: String, _ detail: String, _ effect: Effect, at range: SourceRange, networks: [String] = [],
    clause: String? = nil
  ) {
    self.subject = subject
    self.detail = detail
    self.effect = effect
    self.range = range
    self.networks = networks
    self.clause = clause
  }

  func on(_ networks: [String]) -> Change {
    Change(subject, detail, effect, at: range, networks: networks, clause: clause)
  }
}

extension Change.Effect {
  /// Whether it allows what was forbidden, or breaks callers.
  public var isLoosened: Bool {
    switch self {
    case .weaker, .incomparable, .interface: true
    case .none, .stronger, .addition: false
    }
  }

  public var isTightened: Bool {
    switch self {
    case .stronger, .incomparable, .interface: true
    case .none, .weaker, .addition: false
    }
  }
}
