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
      _ real: Verdict, _ float: Verdict, boxes: Int = 0, resumedBoxes: Int = 0, proof: ProofSource? = nil
    ) -> ProverResult {
      ProverResult(
        real: real, float: float, boxes: boxes, resumedBoxes: resumedBoxes,
        cpuSeconds: processSeconds() - start, proof: proof)
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
    var traces: [(region: SearchRegion, trace: SearchTrace?)] = []
    let kept = keptTrees(graph)
    let leaves = ExactLeaves(network, space, isSideIssue: asksAboutFloats, until: limits.seconds)
    var (boxes, resumedBoxes) = (0, 0)
    // Why a region is open: to reals, and to floats.
    var (realGap, floatGap): (UndecidedReason?, UndecidedReason?)
    var isEnded = false
    var attack = Attack(graph, seed: options.seed, until: limits.seconds)
    for (index, question) in questions.enumerated() {
      guard let region = question.region(in: space) else {
        (realGap, floatGap) = (realGap ?? .overflow, floatGap ?? .overflow)
        continue
      }
      let gap: UndecidedReason? =
        boxes >= limits.boxes ? .boxes : processSeconds() >= limits.seconds ? .time : nil
      if let gap, gap == .time || !isTiny(graph) {
        (realGap, floatGap) = (realGap ?? gap, floatGap ?? gap)
        continue
      }
      func isSettled(_ point: [Double]) -> Bool {
        witnesses.judge(point, question, region)
        return (asksAboutFloats ? witnesses.float : witnesses.real) != nil
      }
      func settle(_ box: Box, _ conjunctions: [Int], _ openNeurons: Int) -> Bool? {
        leaves.decide(box, conjunctions, openNeurons: openNeurons, of: question, witnesses)
      }
      // Where there are many regions each is small.
      isEnded = attack.run(
        region, restarts: questions.count > 64 ? 1 : 3, steps: questions.count > 64 ? 2 : 24,
        accepts: { point, _ in isSettled(point) })
      if isEnded { break }
      var isRefuted = false
      if isTiny(graph) {
        let decided = settle(
          region.box, Array(question.conjunctions.indices), graph.neuronCount)
        isEnded = decided == false && (asksAboutFloats ? witnesses.float : witnesses.real) != nil
        if isEnded { break }
        isRefuted = decided == true
      }
      if let gap {
        floatGap = floatGap ?? gap
        if !isRefuted { realGap = realGap ?? gap }
        traces.append((region, nil))
        continue
      }
      // If it is only floats that are open and nobody asked about them, they are worth some boxes.
      let boxesLeft = limits.boxes - boxes
      let search = BranchAndBound(
        graph, splitsInputs: splitsInputs(region.box),
        limits: SearchLimits(
          boxes: isRefuted && !asksAboutFloats ? min(boxesLeft, 4_096) : boxesLeft,
          realOnlyBoxes: asksAboutFloats ? 4_096 : .max, seconds: limits.seconds),
        jobs: options.jobs, attack: attack, judge: isSettled,
        settle: settle,
        progress: { kept?.note($0, ofRegion: index) })
      let outcome = search.refute(
        region, coversFloats: true, recordingIn: options.records ? SearchTrace() : kept?[index])
      if let trace = search.trace { kept?[index] = trace }
      traces.append((region, search.trace))
      boxes += search.boxes
      resumedBoxes += search.resumedBoxes
      floatGap = floatGap ?? search.floatGap
      isEnded = outcome == .violated
      if isEnded { break }
      if case .undecided(let reason) = outcome {
        floatGap = floatGap ?? reason
        if !isRefuted { realGap = realGap ?? reason }
      }
    }
    if !isEnded { kept?.write() }
    let proof = ProofSource(
      graph: graph, semantics: network.semantics, coversFloats: floatGap == nil,
      // The checker's bounds may be so much wider that no number of splits makes up for it.
      seconds: options.seconds.isFinite ? 20 + 10 * (processSeconds() - start) : .infinity, regions: traces)
    let isProved = !isEnded && (asksAboutFloats ? floatGap : realGap) == nil
    return result(
      verdict(witnesses.real, isEnded ? .noRealWitness : realGap),
      verdict(witnesses.float, witnesses.real != nil || isEnded ? .noFloatWitness : floatGap), boxes: boxes,
      resumedBoxes: resumedBoxes, proof: options.records && isProved ? proof : nil)
  }

  /// - Parameter gap: why what was not violated need not hold.
  private func verdict(_ witness: Counterexample?, _ gap: UndecidedReason?) -> Verdict {
    if let witness { return .violated(witness) }
    return gap.map { .undecided($0) } ?? .holds
  }

  /// What the searches begin from; nil if that is not asked for.
  private func keptTrees(_ graph: RelaxationGraph) -> KeptTrees? {
    guard let keep = options.keep, !options.records else { return nil }
    return KeptTrees(
      options.kept, regions: questions.count, inputs: graph.inputCount, neurons: graph.neuronCount, keep: keep
    )
  }

  /// Whether exact decisions of whole regions are cheap. They also tell where a violation is only touched, which no
  /// number of boxes does.
  private func isTiny(_ graph: RelaxationGraph) -> Bool {
    questions.count <= 64 && graph.neuronCount <= 64
  }

  /// Inputs are split where few of them vary, else neurons.
  private func splitsInputs(_ box: Box) -> Bool {
    zip(box.lower, box.upper).count { $0 < $1 } <= 16
  }
}
