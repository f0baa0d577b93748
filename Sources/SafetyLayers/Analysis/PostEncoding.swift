// Trusted: the formulas mean what the posts mean.
import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// The posts of an interface as formulas over its outputs' scores, one real variable an output.
///
/// Exact for binary32 scores: a post depends on which scores are better than which alone, every weak
/// order that reals have is one that floats have, and the other way round. What a model claims of its
/// scores is checked without the solver by `Post.holds(of:better:)`.
///
/// Takes a ``SolverContext``, so that inputs (``GuardEncoding``) and scores can stand in one query.
package struct PostEncoding {
  /// The score of each output.
  package let scores: [RealTerm]
  private let context: SolverContext
  private let better: Better

  /// - Requires: the context has no variables named `score0` and so on.
  package init(_ interface: Interface, in context: SolverContext) {
    scores = interface.outputs.indices.map { context.realVariable("score\($0)") }
    self.context = context
    better = interface.better
  }

  /// True of exactly the scores that satisfy the post; a tie satisfies no literal in either direction.
  package func term(_ post: Post) -> BoolTerm {
    switch post {
    case .precedes(let above, let below): isBetter(above, below)
    case .before(let output, let end):
      context.atLeast(scores.count - end, of: others(than: output).map { isBetter(output, $0) })
    case .notBefore(let output, let start):
      context.atLeast(start, of: others(than: output).map { isBetter($0, output) })
    case .all(let parts): context.all(parts.map(term))
    case .any(let parts): context.any(parts.map(term))
    }
  }

  private func others(than output: Int) -> [Int] { scores.indices.filter { $0 != output } }

  /// The score of `a` is strictly better than that of `b`.
  private func isBetter(_ a: Int, _ b: Int) -> BoolTerm {
    switch better {
    case .highest: context.greater(scores[a], scores[b])
    case .lowest: context.greater(scores[b], scores[a])
    }
  }

  /// The scores in `model`; `nil` if one is not rational.
  package func scores(in model: Model) -> [Rational]? {
    let values = scores.compactMap { model.value(of: $0) }
    return values.count == scores.count ? values : nil
  }
}
