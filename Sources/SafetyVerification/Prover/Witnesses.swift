// Trusted: what is kept was replayed exactly.
import ExactArithmetic
import NetworkIR

/// Judges inputs that look like violations of one region, and keeps the first that are.
final class Witnesses {
  private let network: Network
  private let space: InputSpace
  private let pointBounds: BoundsWorkspace
  private(set) var real: Counterexample?
  private(set) var float: Counterexample?

  init(_ network: Network, _ graph: RelaxationGraph, _ space: InputSpace) {
    self.network = network
    self.space = space
    pointBounds = BoundsWorkspace(graph, coversFloats: false)
  }

  /// - Parameter point: in the network's input space.
  func judge(_ point: [Double], _ question: RegionQuestion, _ region: SearchRegion) {
    guard let floats = space.floats(near: point, in: question) else {
      // No float is in the box: the point itself, moved into it exactly.
      let exact = zip(point, zip(question.lower, question.upper)).map { min(max(Rational($0), $1.0), $1.1) }
      judgeReal(exact, floats: nil, scores: nil, question, region)
      return
    }
    let inputs = space.networkInputs(floats)
    let scores = network.evaluate(inputs)
    if float == nil, scores.allSatisfy(\.isFinite), space.violates(floats, scores, question) {
      let exact = space.exactNetworkInputs(floats)
      float = Counterexample(
        floats: floats, exact: floats.map { Rational($0) }, floatScores: scores,
        realScores: realScores(exact))
    }
    let exact = space.exactNetworkInputs(floats)
    if space.isActive(floats) { judgeReal(exact, floats: floats, scores: scores, question, region) }
  }

  /// A real input that was found to be an answer exactly.
  func keepReal(_ exact: [Rational]) {
    real = real ?? Counterexample(floats: nil, exact: exact, floatScores: nil, realScores: realScores(exact))
  }

  /// A float input that was replayed.
  func keep(_ found: ReplayedCounterexample) {
    guard found.isInside else { return }
    let counterexample = Counterexample(
      floats: found.input, exact: found.input.map { Rational($0) }, floatScores: found.scores,
      realScores: found.realScores)
    if found.violatesFloat { float = float ?? counterexample }
    // A float witness tells more than a rational one.
    if found.violatesReal == true, real?.floats == nil { real = counterexample }
  }

  private func judgeReal(
    _ exact: [Rational], floats: [Float]?, scores: [Float]?, _ question: RegionQuestion,
    _ region: SearchRegion
  ) {
    guard real == nil else { return }
    guard zip(exact, zip(question.lower, question.upper)).allSatisfy({ $0 >= $1.0 && $0 <= $1.1 }) else {
      return
    }
    let results = realScores(exact)
    if case .physical(let space) = space {
      // The set of a property is closed, and a little larger than what violates it: the property itself decides.
      guard let floats, let results, space.isViolated(floats, results) else { return }
      real = Counterexample(
        floats: floats, exact: floats.map { Rational($0) }, floatScores: scores, realScores: results)
      return
    }
    for index in question.conjunctions.indices {
      let holds: Bool
      if let results {
        holds = question.rows(index).allSatisfy { $0.holds(at: exact + results) }
      } else {
        holds = question.inequalities.isEmpty && isBelowZero(region.conjunctions[index], at: exact)
      }
      if holds {
        real = Counterexample(
          floats: floats, exact: exact, floatScores: scores, realScores: results)
        return
      }
    }
  }

  /// The exact scores; nil where they are not rational, or would take long.
  private func realScores(_ exact: [Rational]) -> [Rational]? {
    network.parameterCount > 4_000_000 ? nil : try? network.evaluateExactly(exact)
  }

  /// Whether the real network's rows are at most zero for an input, by bounds of it alone.
  private func isBelowZero(_ rows: [OutputRow], at exact: [Rational]) -> Bool {
    let lower = exact.compactMap(\.doubleNotAbove)
    let upper = exact.compactMap(\.doubleNotBelow)
    guard lower.count == exact.count, upper.count == exact.count else { return false }
    let box = Box(lower: lower, upper: upper)
    guard
      case .bounds = pointBounds.bound(
        box, knowing: .unknown(pointBounds.graph), splits: [], keepsForms: false)
    else { return false }
    let negated = rows.map { row in
      OutputRow(
        terms: row.terms.map { OutputRow.Term(output: $0.output, coefficient: -$0.coefficient) },
        constant: -row.constant, isStrict: row.isStrict, isRounded: row.isRounded)
    }
    return pointBounds.lowerBounds(of: negated, in: box).allSatisfy { $0.minimum > 0 }
  }
}
