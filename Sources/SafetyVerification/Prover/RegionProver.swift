/// Decides the regions of a question one after the other, and keeps what is known so far.
struct RegionProver {
  let graph: RelaxationGraph
  let space: InputSpace
  /// Which witness ends the search.
  let asksAboutFloats: Bool
  let options: ProverOptions
  let limits: SearchLimits
  /// How many regions there are.
  let count: Int
  let witnesses: Witnesses
  let leaves: ExactLeaves
  let kept: KeptTrees?
  private var attack: Attack
  private(set) var boxes = 0
  private(set) var resumedBoxes = 0
  /// Why a region is open: to reals, and to floats.
  private(set) var realGap, floatGap: UndecidedReason?
  /// A region without a trace was settled as a whole, exactly.
  private(set) var traces: [(region: SearchRegion, trace: SearchTrace?)] = []

  /// - Parameter limits: `seconds` in ``processSeconds()``.
  init(
    _ prover: Prover, _ graph: RelaxationGraph, _ witnesses: Witnesses, _ limits: SearchLimits,
    _ kept: KeptTrees?
  ) {
    self.graph = graph
    self.witnesses = witnesses
    self.limits = limits
    self.kept = kept
    (space, asksAboutFloats, options) = (prover.space, prover.asksAboutFloats, prover.options)
    count = prover.questions.count
    leaves = ExactLeaves(prover.network, space, isSideIssue: asksAboutFloats, until: limits.seconds)
    attack = Attack(graph, seed: options.seed, until: limits.seconds)
  }

  /// Decides the region of a question, as far as the limits allow.
  ///
  /// - Returns: whether there is a violation of what is asked about: nothing more needs to be known then.
  mutating func decide(_ question: RegionQuestion, at index: Int) -> Bool {
    guard let region = question.region(in: space) else {
      leaveOpen(.overflow)
      return false
    }
    let gap: UndecidedReason? =
      boxes >= limits.boxes ? .boxes : processSeconds() >= limits.seconds ? .time : nil
    if let gap, gap == .time || !isTiny {
      leaveOpen(gap)
      return false
    }
    let (witnesses, leaves, asksAboutFloats) = (witnesses, leaves, asksAboutFloats)
    func isViolated() -> Bool { (asksAboutFloats ? witnesses.float : witnesses.real) != nil }
    func judge(_ point: [Double]) -> Bool {
      witnesses.judge(point, question, region)
      return isViolated()
    }
    func settle(_ box: Box, _ conjunctions: [Int], _ openNeurons: Int) -> Bool? {
      leaves.decide(box, conjunctions, openNeurons: openNeurons, of: question, witnesses)
    }
    // Where there are many regions each is small.
    let isSmall = count > 64
    if attack.run(
      region, restarts: isSmall ? 1 : 3, steps: isSmall ? 2 : 24, accepts: { point, _ in judge(point) })
    {
      return true
    }
    var isRefuted = false
    if isTiny {
      let decided = settle(region.box, Array(question.conjunctions.indices), graph.neuronCount)
      if decided == false, isViolated() { return true }
      isRefuted = decided == true
    }
    if let gap {
      leaveOpen(gap, toReals: !isRefuted)
      traces.append((region, nil))
      return false
    }
    return search(region, at: index, isRefuted: isRefuted, judge: judge, settle: settle)
  }

  /// - Parameter isRefuted: whether it is known to hold no violation over the reals.
  private mutating func search(
    _ region: SearchRegion, at index: Int, isRefuted: Bool, judge: @escaping ([Double]) -> Bool,
    settle: @escaping (Box, _ conjunctions: [Int], _ openNeurons: Int) -> Bool?
  ) -> Bool {
    let kept = kept
    // If it is only floats that are open and nobody asked about them, they are worth some boxes.
    let boxesLeft = limits.boxes - boxes
    let search = BranchAndBound(
      graph, splitsInputs: splitsInputs(region.box),
      limits: SearchLimits(
        boxes: isRefuted && !asksAboutFloats ? min(boxesLeft, 4_096) : boxesLeft,
        realOnlyBoxes: asksAboutFloats ? 4_096 : .max, seconds: limits.seconds),
      jobs: options.jobs, attack: attack, judge: judge, settle: settle,
      progress: { kept?.note($0, ofRegion: index) })
    let outcome = search.refute(
      region, coversFloats: true, recordingIn: options.records ? SearchTrace() : kept?[index])
    if let trace = search.trace { kept?[index] = trace }
    traces.append((region, search.trace))
    boxes += search.boxes
    resumedBoxes += search.resumedBoxes
    if let gap = search.floatGap { leaveOpen(gap, toReals: false) }
    if case .undecided(let reason) = outcome { leaveOpen(reason, toReals: !isRefuted) }
    return outcome == .violated
  }

  /// The first reason is the one that is said.
  private mutating func leaveOpen(_ gap: UndecidedReason, toReals: Bool = true) {
    floatGap = floatGap ?? gap
    if toReals { realGap = realGap ?? gap }
  }

  /// Whether exact decisions of whole regions are cheap. They also tell where a violation is only touched, which no
  /// number of boxes does.
  private var isTiny: Bool { count <= 64 && graph.neuronCount <= 64 }

  /// Inputs are split where few of them vary, else neurons.
  private func splitsInputs(_ box: Box) -> Bool {
    zip(box.lower, box.upper).count { $0 < $1 } <= 16
  }
}
