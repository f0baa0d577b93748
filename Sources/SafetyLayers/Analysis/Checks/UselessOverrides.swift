import Diagnostics
import SpecificationLanguage

/// An `overrides` of which no network's inputs ever make both conditions true.
struct UselessOverride {
  let winner: Int
  let loser: Int
  /// Where it is said.
  let range: SourceRange

  /// In order of the losers' declaration; an `overrides` that stands for several pairs is useless if all of
  /// them are, and is shown by the first.
  ///
  /// - Parameter neverHolding: properties whose conditions never hold, which is reported already.
  static func found(
    in properties: [Property], problems: [ProblemAnalysis], neverHolding: Set<Int>
  ) -> [UselessOverride] {
    var effective: Set<Observations.Override> = []
    var examined: Set<Observations.Override> = []
    for analysis in problems {
      let members = analysis.problem.identity.properties
      for (loser, guarded) in analysis.problem.guards.enumerated() {
        for winner in guarded.overriders {
          let override = Observations.Override(loser: members[loser], winner: members[winner])
          examined.insert(override)
          let isEffective = analysis.effectiveOverrides.contains(.init(loser: loser, winner: winner))
          if isEffective { effective.insert(override) }
        }
      }
    }
    var useful: Set<SourceRange> = []
    var useless: [UselessOverride] = []
    for (loser, property) in properties.enumerated() {
      for (winner, range) in zip(property.overriders, property.overrideRanges) {
        let override = Observations.Override(loser: loser, winner: winner)
        guard examined.contains(override) else { continue }
        let isExplained = neverHolding.contains(loser) || neverHolding.contains(winner)
        if isExplained || effective.contains(override) {
          useful.insert(range)
        } else if !useless.contains(where: { $0.range == range }) {
          useless.append(UselessOverride(winner: winner, loser: loser, range: range))
        }
      }
    }
    return useless.filter { !useful.contains($0.range) }
  }
}
