import CertifiedBounds
import SpecificationLanguage

/// What is certified of one result by one clause.
struct Certificate {
  let isCertified: Bool
  let radius: Float

  static let nothing = Certificate(isCertified: false, radius: 0)
}

extension SafetyLayer {
  /// Step 6 of ``SafetyProgram``: the result with what is certified of it; an abstention if a clause asks for one.
  ///
  /// - Parameter raw: the network's scores.
  func certified(_ result: InferenceResult, for input: [Float], _ raw: Ranking) -> InferenceResult {
    let clauses = certification.clauses
    if clauses.isEmpty { return result }
    let certificates = clauses.map { certificate(of: $0, result, for: input, raw) }
    let isGiven: Bool
    if case .abstained = result.status { isGiven = false } else { isGiven = true }
    let abstains =
      isGiven
      && zip(clauses, certificates).contains {
        $0.clause.abstainsWhenUncertified && !$1.isCertified
      }
    return InferenceResult(
      status: abstains ? .abstained(.uncertified) : result.status, choice: abstains ? -1 : result.choice,
      scores: abstains ? result.scores.map { _ in .nan } : result.scores, activation: result.activation,
      certified: certificates.map(\.isCertified), radii: certificates.map(\.radius))
  }

  private func certificate(
    of clause: CertifiedClause, _ result: InferenceResult, for input: [Float], _ raw: Ranking
  ) -> Certificate {
    if case .abstained = result.status { return .nothing }
    if guards.isEmpty {
      let verdict = clause.head.verdict(raw.scores)
      return Certificate(isCertified: verdict.isCertified, radius: Float(verdict.radius))
    }
    let row = table.rows.firstIndex { $0.activation == result.activation }
    guard let row, isSteady(clause, for: input, raw) else { return .nothing }
    let best = Ranking(of: result.scores, by: interface.preference).byRank
    let isCertified = (1...clause.head.decision.places).contains { places in
      clause.head.decision.permits(Set(best[..<places]))
        && isKept(Array(best[..<places]), row, raw, by: clause.head)
    }
    return Certificate(isCertified: isCertified, radius: isCertified ? clause.head.radius : 0)
  }

  /// Whether the same properties are active at every input in the domains within the clause's distance, and the raw
  /// choice is the same if a guard reads it.
  private func isSteady(_ clause: CertifiedClause, for input: [Float], _ raw: Ranking) -> Bool {
    func holds(_ conditions: [Condition]) -> [Bool] {
      conditions.map { $0.holds { $0.isTrue(of: input, rawChoice: raw.choice) } }
    }
    let (surely, possibly) = (holds(clause.surely), holds(clause.possibly))
    let isActivationSteady = guards.indices.allSatisfy { index in
      let overriders = guards[index].overriders
      let isSurelyActive = surely[index] && !overriders.contains { possibly[$0] }
      let isPossiblyActive = possibly[index] && !overriders.contains { surely[$0] }
      return isSurelyActive == isPossiblyActive
    }
    guard isActivationSteady else { return false }
    return !guards.contains { $0.property.condition.readsRawChoice }
      || raw.byRank.dropFirst().allSatisfy { clause.head.keeps(raw.choice, above: $0, raw.scores) }
  }

  /// Whether the best outputs of the result are the same set everywhere in the ball, where `row` is the active one. The
  /// article CertifiedDecisions proves it.
  private func isKept(_ best: [Int], _ row: Int, _ raw: Ranking, by head: StaticHead) -> Bool {
    if certification.rows[row].isFree {
      return best.allSatisfy { a in
        raw.byRank.allSatisfy { best.contains($0) || head.keeps(a, above: $0, raw.scores) }
      }
    }
    if best.count == 1 {
      return certification.rows[row].firsts.allSatisfy {
        $0 == best[0] || head.keeps(best[0], above: $0, raw.scores)
      }
    }
    return zip(raw.byRank, raw.byRank.dropFirst()).allSatisfy { head.keeps($0, above: $1, raw.scores) }
  }
}

extension Condition {
  /// Whether the truth can depend on the raw choice.
  var readsRawChoice: Bool {
    switch self {
    case .constant, .atom(.atLeast, _), .atom(.atMost, _), .atom(.linear, _): false
    case .atom(.rawChoice(let outputs, _), _): !outputs.isEmpty
    case .all(let parts), .any(let parts): parts.contains(where: \.readsRawChoice)
    }
  }
}
