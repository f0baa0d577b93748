import ExactArithmetic
import SMTSolving
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// A post as a formula, as counting, and as the oracle reads it, on every weak order of the outputs.
@Suite struct PostEncodingTests {
  @Test(arguments: 0..<UInt64(sampleCount(4, full: 40)))
  func formulaCountingAndOracleAgree(part: UInt64) throws {
    for seed in part * 30..<(part + 1) * 30 {
      var generator = SpecGenerator(seed: seed)
      let generated = generator.spec()
      let spec = try CompiledSpec(generated.source).spec
      let oracle = Oracle(generated)
      let interface = spec.interfaces[0]
      let context = SolverContext()
      let encoding = PostEncoding(interface, in: context)
      let solver = Solver(context, timeoutMilliseconds: 10_000)
      for levels in weakOrders(of: generated.outputCount) {
        solver.push()
        for (score, level) in zip(encoding.scores, levels) {
          solver.assert(context.atLeast(score, context.constant(Rational(level))))
          solver.assert(context.atMost(score, context.constant(Rational(level))))
        }
        guard case .satisfiable(let model) = solver.check() else {
          Issue.record("scores of \(levels)")
          return
        }
        let goodness = oracle.goodness(levels.map(Float.init))
        for (index, property) in spec.properties.enumerated() {
          let expected = oracle.holds([index], ofGoodness: goodness)
          #expect(property.post.holds(of: levels, better: interface.better) == expected)
          #expect(model.value(of: encoding.term(property.post)) == expected, "\(levels) \(generated)")
        }
        solver.pop()
      }
    }
  }

  /// The solver finds scores for a formula iff some weak order satisfies it, also for negations.
  @Test(arguments: 0..<UInt64(sampleCount(4, full: 40)))
  func theSolverFindsScoresIffSomeWeakOrderHasThem(part: UInt64) throws {
    for seed in 1000 + part * 60..<1000 + (part + 1) * 60 {
      var generator = SpecGenerator(seed: seed)
      let generated = generator.spec()
      let spec = try CompiledSpec(generated.source).spec
      let interface = spec.interfaces[0]
      let context = SolverContext()
      let encoding = PostEncoding(interface, in: context)
      let orders = weakOrders(of: generated.outputCount)
      let posts = spec.properties.map(\.post)
      for index in posts.indices {
        let solver = Solver(context, timeoutMilliseconds: 10_000)
        let others = posts.indices.filter { $0 != index }.map { posts[$0] }
        for post in others { solver.assert(encoding.term(post)) }
        solver.assert(context.not(encoding.term(posts[index])))
        let separating = orders.contains { levels in
          others.allSatisfy { $0.holds(of: levels, better: interface.better) }
            && !posts[index].holds(of: levels, better: interface.better)
        }
        switch solver.check() {
        case .satisfiable(let model):
          #expect(separating, "\(generated)")
          let scores = try #require(encoding.scores(in: model))
          #expect(others.allSatisfy { $0.holds(of: scores, better: interface.better) })
          #expect(!posts[index].holds(of: scores, better: interface.better))
        case .unsatisfiable: #expect(!separating, "\(generated)")
        case .unknown(let reason): Issue.record("\(reason)")
        }
      }
    }
  }
}
