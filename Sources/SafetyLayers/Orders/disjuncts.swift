import SpecificationLanguage

/// A conjunction of posts has more disjuncts than allowed.
package struct TooManyDisjuncts: Error {
  package let limit: Int
}

/// How many disjuncts a row may have.
public let disjunctLimit = 4096

/// The irredundant satisfiable disjuncts of the conjunction of `posts`, sorted; empty if no order
/// satisfies it.
///
/// Literals that are conjoined merge into one constraint, so only `any` expands. The clauses are
/// multiplied out smallest first; after each, disjuncts that no order satisfies or that imply another
/// are dropped. Scores satisfy the posts iff they satisfy one of the disjuncts.
///
/// - Throws: if an intermediate result still has more than `limit` disjuncts after that.
package func disjuncts(
  satisfying posts: [Post], outputCount: Int, limit: Int = disjunctLimit
) throws(TooManyDisjuncts) -> [OrderConstraint] {
  let expansion = DisjunctExpansion(outputCount: outputCount, limit: limit)
  return try expansion.closedDisjuncts(of: posts).map { OrderConstraint($0) }.sorted()
}

private struct DisjunctExpansion {
  let outputCount: Int
  let limit: Int

  func closedDisjuncts(of posts: [Post]) throws(TooManyDisjuncts) -> [ClosedOrder] {
    var literals = OrderConjunction(outputCount: outputCount)
    var clauses: [[Post]] = []
    for post in posts { flatten(post, into: &literals, and: &clauses) }
    guard let start = ClosedOrder(literals) else { return [] }

    var factors: [[ClosedOrder]] = []
    for clause in clauses {
      var alternatives: [ClosedOrder] = []
      for post in clause { alternatives += try closedDisjuncts(of: [post]) }
      factors.append(try reduced(alternatives))
    }
    var result = [start]
    // Stable, so that the outcome is a function of the posts.
    let ascending = factors.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }
    for (_, factor) in ascending { result = try product(of: result, and: factor) }
    return result
  }

  /// Conjoins `post`: its literals to `literals`, its disjunctions to `clauses`.
  private func flatten(_ post: Post, into literals: inout OrderConjunction, and clauses: inout [[Post]]) {
    switch post {
    case .precedes(let above, let below): literals.require(above, above: below)
    case .before(let output, let end): literals.require(output, before: end)
    case .notBefore(let output, let start): literals.require(output, notBefore: start)
    case .all(let posts): for post in posts { flatten(post, into: &literals, and: &clauses) }
    case .any(let posts):
      if posts.count == 1 {
        flatten(posts[0], into: &literals, and: &clauses)
      } else {
        clauses.append(posts)
      }
    }
  }

  private func product(
    of orders: [ClosedOrder], and alternatives: [ClosedOrder]
  ) throws(TooManyDisjuncts) -> [ClosedOrder] {
    var result: [ClosedOrder] = []
    for order in orders {
      if alternatives.contains(where: order.implies) {
        result.append(order)
        continue
      }
      for alternative in alternatives {
        let both = ClosedOrder(order.literals.conjoined(with: alternative.literals))
        if let both { result.append(both) }
      }
      // Bounds the memory; what is dropped here implies what stays.
      if result.count > 2 * limit { result = try reduced(result) }
    }
    return try reduced(result)
  }

  private func reduced(_ orders: [ClosedOrder]) throws(TooManyDisjuncts) -> [ClosedOrder] {
    let result = irredundant(orders)
    if result.count > limit { throw TooManyDisjuncts(limit: limit) }
    return result
  }
}
