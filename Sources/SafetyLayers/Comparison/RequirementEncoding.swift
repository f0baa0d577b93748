// Trusted: the formulas mean what the requirements mean.
import SMTSolving
import SpecificationLanguage

/// Requirements as formulas over the scores, which are real numbers: of both specifications over the same.
struct RequirementEncoding {
  private let context: SolverContext
  private let posts: [Better: PostEncoding]
  /// One an output.
  let scores: [RealTerm]

  /// - Requires: the context has no variables named `score0` and so on.
  init(_ interface: Interface, in context: SolverContext) {
    self.context = context
    // Both name the same variables.
    posts = Dictionary(
      uniqueKeysWithValues: [Better.highest, .lowest].map {
        ($0, PostEncoding(interface.choosing($0), in: context))
      })
    scores = interface.outputs.indices.map { context.realVariable("score\($0)") }
  }

  /// True of exactly the scores that satisfy the requirement.
  func term(_ requirement: Requirement, better: Better) -> BoolTerm {
    switch requirement {
    case .order(let post):
      guard let encoding = posts[better] else { preconditionFailure("there are two ways to choose") }
      return encoding.term(post)
    case .score(let bound): return term(bound)
    case .all(let parts): return context.all(parts.map { term($0, better: better) })
    case .any(let parts): return context.any(parts.map { term($0, better: better) })
    }
  }

  private func term(_ bound: ScoreBound) -> BoolTerm {
    let score = scores[bound.output]
    let limit = context.constant(bound.bound)
    switch (bound.isUpper, bound.isStrict) {
    case (true, false): return context.atMost(score, limit)
    case (true, true): return context.greater(limit, score)
    case (false, false): return context.atLeast(score, limit)
    case (false, true): return context.greater(score, limit)
    }
  }

  /// True iff one of `outputs` is the choice by the tie rule.
  func isChosen(_ outputs: [Int], by preference: OutputPreference) -> BoolTerm {
    context.any(
      outputs.map { output in
        context.all(
          scores.indices.filter { $0 != output }.map { other in
            let winsTies = preference.tiePriority[output] < preference.tiePriority[other]
            let (high, low) =
              preference.better == .highest
              ? (scores[output], scores[other]) : (scores[other], scores[output])
            return winsTies ? context.atLeast(high, low) : context.greater(high, low)
          })
      })
  }
}

extension Interface {
  fileprivate func choosing(_ better: Better) -> Interface {
    Interface(
      name: name, inputs: [], outputs: outputs, groups: [], better: better, tieOrder: tieOrder,
      abstainsOnConflict: abstainsOnConflict, range: range)
  }
}
