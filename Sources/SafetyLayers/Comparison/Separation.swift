import ExactArithmetic
import SpecificationLanguage

/// Scores at an input that one set of demands allows and another forbids, replayed: all conditions and
/// requirements were evaluated there without the solver.
public struct Separation: Sendable {
  /// The answer to "is anything allowed that was forbidden".
  public enum Answer: Sendable {
    case none
    case found(Separation)
    /// Neither was shown.
    case undecided(reason: String)

    public var separation: Separation? { if case .found(let separation) = self { separation } else { nil } }
    public var isUndecided: Bool { if case .undecided = self { true } else { false } }
  }

  /// The inputs and outputs that the numbers below are about.
  public let interface: Interface
  /// Where the same scores are allowed and forbidden alike.
  public let region: Region
  /// Whether there may be others outside `region`.
  public let occursElsewhere: Bool
  /// An input in `region`; with the raw choice, if that matters.
  public let example: ConflictExample
  /// One an output.
  public let scores: [Rational]
  /// Whether the scores' values matter, not just their order.
  public let boundsScores: Bool
  /// The demand that forbids it.
  public let violated: String

  /// For example `where rho in 1500 .. 1600 ft (and elsewhere)`, or `in the whole domain`.
  public var regionText: String {
    let isEverywhere = region.intervals.isEmpty && region.constraints.isEmpty && region.rawChoices == nil
    return (isEverywhere ? "in the whole domain" : "where " + region.text(in: interface))
      + (occursElsewhere ? " (and elsewhere)" : "")
  }

  public var exampleText: String { example.text(in: interface) }

  /// From best to worst: `coc < weak_left = weak_right < strong_left`; with numbers where they matter.
  public var scoresText: String {
    let isHighest = interface.better == .highest
    let ranked = scores.indices.sorted { a, b in
      scores[a] == scores[b] ? a < b : (scores[a] > scores[b]) == isHighest
    }
    let limit = 12
    let shown = ranked.prefix(limit)
    let more = ranked.count > limit ? (boundsScores ? ", ..." : isHighest ? " > ..." : " < ...") : ""
    if boundsScores {
      return shown.map { "\(interface.outputs[$0]) = \(exactText(scores[$0]))" }.joined(separator: ", ")
        + more
    }
    var text = ""
    for (position, output) in shown.enumerated() {
      if position > 0 {
        text +=
          scores[ranked[position - 1]] == scores[output] ? " = " : isHighest ? " > " : " < "
      }
      text += interface.outputs[output]
    }
    return text + more
  }
}
