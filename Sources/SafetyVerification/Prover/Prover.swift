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
    let kept = keptTrees(graph)
    var regions = RegionProver(self, graph, witnesses, limits, kept)
    var isEnded = false
    for (index, question) in questions.enumerated() where !isEnded {
      isEnded = regions.decide(question, at: index)
    }
    if !isEnded { kept?.write() }
    let (realGap, floatGap) = (regions.realGap, regions.floatGap)
    let proof = ProofSource(
      graph: graph, semantics: network.semantics, coversFloats: floatGap == nil,
      // The checker's bounds may be so much wider that no number of splits makes up for it.
      seconds: options.seconds.isFinite ? 20 + 10 * (processSeconds() - start) : .infinity,
      regions: regions.traces)
    let isProved = !isEnded && (asksAboutFloats ? floatGap : realGap) == nil
    return result(
      verdict(witnesses.real, isEnded ? .noRealWitness : realGap),
      verdict(witnesses.float, witnesses.real != nil || isEnded ? .noFloatWitness : floatGap),
      boxes: regions.boxes, resumedBoxes: regions.resumedBoxes,
      proof: options.records && isProved ? proof : nil)
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
}
