import ExactArithmetic
import NetworkIR

/// Decides whether any of some regions holds a violation.
struct Prover {
  let network: Network
  let questions: [RegionQuestion]
  let space: InputSpace
  /// Which verdict ends the search; the other one is said as far as it is known then.
  let asksAboutFloats: Bool
  let options: ProverOptions

  func run() -> ProverResult {
    let start = processSeconds()
    func result(
      _ real: Verdict, _ float: Verdict, boxes: Int = 0, proof: ProofSource? = nil
    ) -> ProverResult {
      ProverResult(
        real: real, float: float, boxes: boxes, cpuSeconds: processSeconds() - start, proof: proof)
    }
    if questions.isEmpty { return result(.holds, .holds) }
    let graph: RelaxationGraph
    do throws(RelaxationFailure) {
      graph = try RelaxationGraph(network)
    } catch {
      return result(.undecided(.unsupported(error)), .undecided(.unsupported(error)))
    }
    let witnesses = Witnesses(network, graph, space)
    let limits = SearchLimits(boxes: options.boxes, seconds: start + options.seconds)
    var traces: [(region: SearchRegion, trace: SearchTrace)] = []
    var boxes = 0
    var floatGap: UndecidedReason?
    var open: UndecidedReason?
    var attack = Attack(graph, seed: options.seed)
    let regions = questions.map { searched($0) }
    for (question, region) in zip(questions, regions) {
      guard let region else {
        open = .overflow
        continue
      }
      func isSettled(_ point: [Double]) -> Bool {
        witnesses.judge(point, question, region)
        return (asksAboutFloats ? witnesses.float : witnesses.real) != nil
      }
      // Where there are many regions each is small.
      if attack.run(
        region, restarts: questions.count > 64 ? 1 : 3, steps: questions.count > 64 ? 2 : 24,
        accepts: { point, _ in isSettled(point) })
      {
        break
      }
      if boxes >= limits.boxes || processSeconds() >= limits.seconds { continue }
      let search = BranchAndBound(
        graph, splitsInputs: splitsInputs(region.box),
        limits: SearchLimits(boxes: limits.boxes - boxes, seconds: limits.seconds), jobs: options.jobs,
        attack: attack, judge: isSettled, settle: { settle($0, $1, question, witnesses) })
      let outcome = search.refute(region, coversFloats: true, records: options.records)
      if let trace = search.trace { traces.append((region, trace)) }
      boxes += search.boxes
      floatGap = floatGap ?? search.floatGap
      if outcome == .violated { break }
      if case .undecided(let reason) = outcome { open = open ?? reason }
    }
    if open == nil, boxes >= limits.boxes { open = .boxes }
    if open == nil, processSeconds() >= limits.seconds { open = .time }
    let proof = ProofSource(
      graph: graph, semantics: network.semantics, coversFloats: floatGap == nil, regions: traces)
    return result(
      verdict(witnesses.real, witnesses.float, open, other: .noRealWitness),
      verdict(witnesses.float, witnesses.real, open ?? floatGap, other: .noFloatWitness), boxes: boxes,
      proof: options.records && open == nil ? proof : nil)
  }

  /// - Parameter counterpart: a violation of the other semantics.
  private func verdict(
    _ witness: Counterexample?, _ counterpart: Counterexample?, _ open: UndecidedReason?,
    other: UndecidedReason
  ) -> Verdict {
    if let witness { return .violated(witness) }
    if counterpart != nil { return .undecided(other) }
    return open.map { .undecided($0) } ?? .holds
  }

  private func searched(_ question: RegionQuestion) -> SearchRegion? {
    guard let box = question.outerBox else { return nil }
    guard case .physical(let space) = space else { return question.searched(box) }
    let widened = space.widened(box, question)
    let region = question.searched(widened)
    // Inequalities hold of the physical input, which the network's input is near to.
    let forms = region.inputForms.map { form in
      var form = form
      for index in box.lower.indices where form[index] != 0 {
        let error = Rational(abs(form[index])) * space.normalizationError(index, question)
        form[box.lower.count] = (form[box.lower.count] - (error.doubleNotBelow ?? .infinity)).nextDown
      }
      return form
    }
    return SearchRegion(box: widened, inputForms: forms, conjunctions: region.conjunctions)
  }

  /// Inputs are split where few of them vary, else neurons.
  private func splitsInputs(_ box: Box) -> Bool {
    zip(box.lower, box.upper).count { $0 < $1 } <= 16
  }

  /// Decides a small box exactly, by rational linear programs; nil if that takes too much.
  private func settle(
    _ box: Box, _ conjunctions: [Int], _ question: RegionQuestion, _ witnesses: Witnesses
  ) -> Bool? {
    guard network.parameterCount < 2_000 else { return nil }
    let lower = zip(box.lower, question.lower).map { max(Rational($0), $1) }
    let upper = zip(box.upper, question.upper).map { min(Rational($0), $1) }
    for conjunction in conjunctions {
      let exact = ExactQuestion(network, lower: lower, upper: upper, rows: question.rows(conjunction))
      switch exact.decide(within: ExactBudget(systems: 64)) {
      case .infeasible: continue
      case .feasible(let witness):
        judgeExactly(witness, question, conjunction, witnesses)
        return false
      case .unknown: return nil
      }
    }
    return true
  }

  private func judgeExactly(
    _ witness: [Rational], _ question: RegionQuestion, _ conjunction: Int, _ witnesses: Witnesses
  ) {
    guard case .network = space else { return }
    witnesses.keepReal(witness)
    let replay = CounterexampleReplay(
      network, lower: question.lower, upper: question.upper, rows: question.rows(conjunction))
    if let found = replay.nearbyViolation(of: witness) { witnesses.keep(found) }
  }
}
