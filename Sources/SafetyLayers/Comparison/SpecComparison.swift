import Diagnostics
import SpecificationLanguage

/// What the change from one specification to another means.
public struct SpecComparison: Sendable {
  /// What is told by reading: networks, interfaces, robustness and Lipschitz clauses, expectations.
  public let changes: [Change]
  /// Every property of either, once for each group of networks on which the answer is shared: in the order of the
  /// new specification, removed ones last; `enforce` first, then `verify`, then `monitor`.
  public let properties: [PropertyComparison]
  /// The networks that both have, divided into groups that share all answers, in the order of the new
  /// specification.
  public let networks: [NetworkComparison]
  /// Whether the texts, imports and definitions are the same, byte for byte.
  public let isSameText: Bool
}

extension SpecComparison {
  /// All changes, each once for all networks that have it: those of networks first, then interfaces and clauses.
  public var allChanges: [Change] {
    struct Key: Hashable {
      let subject: String
      let detail: String
      let range: SourceRange
    }
    var merged = changes
    var places: [Key: Int] = [:]
    for change in networks.flatMap(\.changes) {
      let key = Key(subject: change.subject, detail: change.detail, range: change.range)
      if let place = places[key] {
        merged[place] = merged[place].on(merged[place].networks + change.networks)
      } else {
        places[key] = merged.count
        merged.append(change)
      }
    }
    return merged
  }
}

/// One property by itself, before and after.
public struct PropertyComparison: Sendable {
  public let role: PropertyRole
  public let name: String
  /// In the order of the new specification.
  public let networks: [String]
  /// Where it was declared on these networks; `nil` if it is new there.
  public let old: SourceRange?
  /// Where it is declared now; `nil` if it is no longer there.
  public let new: SourceRange?
  /// Whether it allows by itself what it forbade.
  public let loosened: Separation.Answer
  /// Whether it forbids by itself what it allowed.
  public let tightened: Separation.Answer

  public var verdict: Verdict { Verdict(loosened: loosened, tightened: tightened) }
}

/// All that is demanded on some networks, before and after.
public struct NetworkComparison: Sendable {
  /// An old property that forbade what all new ones together allow.
  public struct Loss: Sendable {
    public let role: PropertyRole
    public let property: String
    /// Never `none`.
    public let answer: Separation.Answer
  }

  /// In the order of the new specification.
  public let networks: [String]
  /// Changes of the interface and of robustness and Lipschitz clauses on these networks.
  public let changes: [Change]
  /// `false` if the inputs or outputs are others, or no input is accepted by both: then no properties were
  /// compared.
  public let isComparable: Bool
  /// What is newly allowed, in the order of the old specification.
  public let losses: [Loss]
  /// What is newly forbidden, for each role that some property has.
  public let tightened: [Separation.Answer]

  public var verdict: Verdict {
    if !isComparable { return .incomparable }
    if losses.contains(where: \.answer.isUndecided) || tightened.contains(where: \.isUndecided) {
      return .undecided
    }
    return Verdict(
      isLoosened: isLoosened || changes.contains(where: \.effect.isLoosened),
      isTightened: tightened.contains { $0.separation != nil }
        || changes.contains(where: \.effect.isTightened))
  }

  /// Whether the properties together allow something that they forbade.
  public var isLoosened: Bool { losses.contains { $0.answer.separation != nil } }
}

/// Limits of a comparison.
public struct ComparisonOptions: Sendable {
  /// The time limit of each solver query.
  public var timeoutMilliseconds: UInt32
  /// Which networks; `nil` for all.
  public var networks: Set<String>?

  public init(timeoutMilliseconds: UInt32 = 10_000, networks: Set<String>? = nil) {
    self.timeoutMilliseconds = timeoutMilliseconds
    self.networks = networks
  }
}
