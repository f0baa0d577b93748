import Diagnostics
import ExactArithmetic
import Foundation
import NetworkIR
import SafetyVerification
import TestSupport
import Testing
import VNNLIB

/// What verdicts promise, on generated networks of all operators with a relaxation: no sampled input contradicts `holds`, and
/// every counterexample is one.
struct ProverLawTests {
  @Test(arguments: FloatSemantics.allCases)
  func noSampleContradictsAVerdict(semantics: FloatSemantics) throws {
    var random = SplitMix64(seed: 61)
    var counts = (holds: 0, floatHolds: 0, violated: 0, undecided: 0)
    for _ in 0..<sampleCount(60, full: 2_000) {
      let subject = try GeneratedNetwork(&random, semantics)
      let samples = (0..<200).map { _ in subject.point(&random) }
      let values = samples.map { subject.network.evaluate($0)[0] }
      let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
      // Thresholds from well below what was seen to well above it.
      for position in [-1.5, -0.2, 0.001, 0.5, 1.3] {
        let threshold = Float(Double(least) + position * Double(largest - least) - 1e-5)
        let result = try prove(
          subject.unsafe(outputAtMost: threshold), of: subject.network,
          ProverOptions(boxes: 300, seed: 3))
        switch result.real {
        case .holds:
          counts.holds += 1
          if subject.isRational {
            for sample in samples.prefix(20) {
              let exact = try subject.network.evaluateExactly(sample.map { Rational($0) })
              #expect(exact[0] > Rational(threshold))
            }
          }
        case .violated(let found):
          counts.violated += 1
          #expect(subject.contains(found.exact))
          if subject.isRational {
            #expect(try subject.network.evaluateExactly(found.exact)[0] <= Rational(threshold))
          }
        case .undecided: counts.undecided += 1
        }
        switch result.float {
        case .holds:
          counts.floatHolds += 1
          #expect(values.allSatisfy { $0 > threshold })
        case .violated(let found):
          let floats = try #require(found.floats)
          #expect(subject.contains(floats.map { Rational($0) }))
          #expect(subject.network.evaluate(floats)[0] <= threshold)
          #expect(subject.network.evaluate(floats) == found.floatScores)
        case .undecided: break
        }
      }
    }
    #expect(counts.holds > 40 && counts.floatHolds > 40 && counts.violated > 100, "\(counts)")
  }

  /// The same verdicts and boxes with every number of threads; the same verdicts with every seed.
  @Test func verdictsDependOnNothingElse() throws {
    var random = SplitMix64(seed: 67)
    for _ in 0..<sampleCount(10, full: 100) {
      let subject = try GeneratedNetwork(&random, .contractOff)
      let values = (0..<100).map { _ in subject.network.evaluate(subject.point(&random))[0] }
      let set = try subject.unsafe(outputAtMost: (values.min() ?? 0) - 0.02)
      func run(jobs: Int, seed: UInt64) throws -> ProverResult {
        try prove(set, of: subject.network, ProverOptions(boxes: 2_000, jobs: jobs, seed: seed))
      }
      let first = try run(jobs: 1, seed: 1)
      for jobs in [2, 3, 5] {
        let other = try run(jobs: jobs, seed: 1)
        #expect(
          other.boxes == first.boxes && isSame(first.real, other.real) && isSame(first.float, other.float))
      }
      for seed in [2, 3, 4] as [UInt64] {
        let other = try run(jobs: 1, seed: seed)
        // A budget may strike on the one seed and not on the other.
        #expect(isSame(first.real, other.real) || isUndecided(first.real) || isUndecided(other.real))
      }
    }
  }

  /// Where numbers of the program may overflow there is no proof about floats.
  @Test func overflowIsNeverProved() throws {
    let shape = TensorShape.vector(1)
    func times(_ factor: Float) -> NetworkIR.Operation {
      .elementwiseWithConstant(
        ElementwiseWithConstant(.multiply, constant: Tensor(shape, [factor]), on: .left))
    }
    // Over the reals x -> x; the program's first product is infinite, and its second.
    let subject = try network(
      [1], [(times(0x1p100), [0]), (times(0x1p100), [1]), (times(0x1p-100), [2]), (times(0x1p-100), [3])])
    let set = UnsafeSet(
      inputCount: 1, outputCount: 1,
      assertions: [
        .comparison(Comparison([.input(0): .one], constant: Rational(-1))),
        .comparison(Comparison([.input(0): Rational(-1)], constant: .zero)),
        .comparison(Comparison([.output(0): Rational(-1)], constant: Rational(2))),
      ])
    let result = try prove(set, of: subject, ProverOptions(boxes: 200))
    guard case .undecided = result.float else {
      Issue.record("\(result.float)")
      return
    }
  }

  /// A product of a leaky function may overflow; what follows makes the result finite again.
  @Test func overflowOfLeakyFunctionsIsNeverProved() throws {
    let shape = TensorShape.vector(1)
    func constant(_ operation: ElementwiseOperator, _ value: Float) -> NetworkIR.Operation {
      .elementwiseWithConstant(
        ElementwiseWithConstant(operation, constant: Tensor(shape, [value]), on: .right))
    }
    let subject = try network(
      [1],
      [
        (.leakyRelu(LeakyRelu(slope: 1e20)), [0]), (constant(.multiply, 1e-20), [1]),
        (constant(.maximum, -1e25), [2]),
      ])
    #expect(subject.evaluate([-2e20]) == [-1e25])
    let set = UnsafeSet(
      inputCount: 1, outputCount: 1,
      assertions: [
        .comparison(Comparison([.input(0): .one], constant: Rational(Float(1e20)))),
        .comparison(Comparison([.input(0): Rational(-1)], constant: Rational(Float(-3e20)))),
        .comparison(Comparison([.output(0): .one], constant: Rational(Float(9e24)))),
      ])
    let result = try prove(set, of: subject, ProverOptions(boxes: 200))
    if case .holds = result.float { Issue.record("the program gives -1e25") }
  }

  private func isSame(_ a: Verdict, _ b: Verdict) -> Bool {
    switch (a, b) {
    case (.holds, .holds), (.violated, .violated), (.undecided, .undecided): true
    default: false
    }
  }

  private func isUndecided(_ verdict: Verdict) -> Bool {
    if case .undecided = verdict { true } else { false }
  }
}
