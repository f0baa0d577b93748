/// Bounds nodes of one problem; one a thread.
final class Expander {
  let graph: RelaxationGraph
  private let floats: BoundsWorkspace
  private lazy var reals = BoundsWorkspace(graph, coversFloats: false)
  private let keepsForms: Bool
  private let splitsInputs: Bool
  /// Of that many splits of neurons one is followed by bounding all neurons again; after the others their bounds are the
  /// larger box's.
  private let refreshedSplits = 4
  private lazy var floatTuner = SlopeTuner(floats)
  private lazy var realTuner = SlopeTuner(reals)

  init(_ graph: RelaxationGraph, splitsInputs: Bool) {
    self.graph = graph
    self.splitsInputs = splitsInputs
    keepsForms = splitsInputs && graph.inputCount <= 32
    floats = BoundsWorkspace(graph, coversFloats: true)
  }

  func expand(_ node: SearchNode, of region: SearchRegion) -> Expansion {
    if node.effort != .full {
      let result = expand(node, of: region, refreshes: false)
      if result.rest == nil || node.effort == .inherited { return result }
    }
    if !splitsInputs, node.splits.count % refreshedSplits != 0 {
      var result = expand(node, of: region, refreshes: false)
      result.isBounded = true
      // Where no neuron is left to split, or numbers seem to overflow, closer bounds may tell more.
      if case .input? = result.rest?.branch {} else { return result }
    }
    return expand(node, of: region, refreshes: true)
  }

  private func expand(_ node: SearchNode, of region: SearchRegion, refreshes: Bool) -> Expansion {
    let workspace = node.isRealOnly ? reals : floats
    var result = Expansion(isBounded: refreshes)
    let known: NeuronBounds
    switch workspace.bound(
      node.box, knowing: node.known, splits: node.splits, keepsForms: keepsForms, refreshes: refreshes)
    {
    case .empty: return result
    case .overflow:
      result.isOverflow = true
      result.rest = overflowed(node)
      return result
    case .bounds(let bounds): known = bounds
    }
    let rows = distinctRows(node.conjunctions.map { region.conjunctions[$0] })
    var bounds = workspace.lowerBounds(of: rows.list, in: node.box)
    let tunings = splitsInputs ? [:] : tune(node, region, rows, &bounds)
    guard let open = openPart(of: node, region, rows.positions, bounds) else { return result }
    let (form, slack) = (bounds[open.row].form, bounds[open.row].slack)
    if !refreshes, splitsInputs {
      // Where to split is known already.
      result.rest = Expansion.Rest(
        box: open.box, known: known, conjunctions: open.conjunctions, branch: .none, candidate: [],
        bound: open.bound, slack: slack, extent: .infinity)
      return result
    }
    let used = Set(open.conjunctions.flatMap { region.conjunctions[$0].compactMap { rows.positions[$0] } })
    let branch =
      splitsInputs
      ? bestInput(open.box, used.sorted().map { bounds[$0].form }, known, workspace)
      : bestNeuron(workspace, known, node)
    result.rest = Expansion.Rest(
      box: open.box, known: known, conjunctions: open.conjunctions, branch: branch,
      candidate: (0..<graph.inputCount).map { form[$0] >= 0 ? open.box.lower[$0] : open.box.upper[$0] },
      bound: open.bound, slack: slack,
      extent: open.bound <= -slack
        ? .infinity
        : relaxationGap(known, workspace)
          + (0..<graph.inputCount).reduce(0) {
            $0 + abs(form[$1]) * (open.box.upper[$1] - open.box.lower[$1])
          },
      tunings: tunings)
    return result
  }

  /// What is left of a node whose numbers may overflow: all of it.
  private func overflowed(_ node: SearchNode) -> Expansion.Rest {
    Expansion.Rest(
      box: node.box, known: node.known, conjunctions: node.conjunctions, branch: widestInput(node.box),
      candidate: node.box.lower.indices.map { node.box.center($0) }, bound: -.infinity, slack: .infinity,
      extent: .infinity)
  }

  /// What bounds of rows leave open of a node.
  private struct OpenPart {
    var conjunctions: [Int]
    /// Holds what is left of each.
    var box: Box
    /// The least of the conjunctions' best bounds, and the row that it is of.
    var bound = Double.infinity
    var row = 0
  }

  /// - Parameters:
  ///   - positions: of the rows among `bounds`.
  ///   - bounds: of the rows of the node's conjunctions.
  private func openPart(
    of node: SearchNode, _ region: SearchRegion, _ positions: [OutputRow: Int], _ bounds: [LinearBound]
  ) -> OpenPart? {
    var open = OpenPart(conjunctions: [], box: node.box)
    for conjunction in node.conjunctions {
      let own = region.conjunctions[conjunction]
      let places = own.map { row in
        guard let place = positions[row] else { preconditionFailure("every open row is bounded") }
        return place
      }
      let isClosed = places.indices.contains {
        bounds[places[$0]].minimum > 0 || (own[$0].isStrict && bounds[places[$0]].minimum >= 0)
      }
      if isClosed { continue }
      let forms = BoxForms(region.inputForms + places.map { bounds[$0].form }, inputs: graph.inputCount)
      var rest = node.box
      if keepsForms {
        guard let contracted = forms.contracted(node.box) else { continue }
        rest = contracted
      }
      if forms.forms.count > 1, forms.refutation(rest, rounds: 24) != nil { continue }
      open.box = open.conjunctions.isEmpty ? rest : hull(open.box, rest)
      open.conjunctions.append(conjunction)
      if let best = places.max(by: { bounds[$0].minimum < bounds[$1].minimum }),
        bounds[best].minimum < open.bound
      {
        (open.bound, open.row) = (bounds[best].minimum, best)
      }
    }
    return open.conjunctions.isEmpty ? nil : open
  }

  /// Betters the rows that are nearest to closing the open conjunctions.
  private func tune(
    _ node: SearchNode, _ region: SearchRegion, _ rows: (list: [OutputRow], positions: [OutputRow: Int]),
    _ bounds: inout [LinearBound]
  ) -> [Int: RowTuning] {
    let open = node.conjunctions.compactMap { conjunction -> (conjunction: Int, position: Int)? in
      let positions = region.conjunctions[conjunction].compactMap { rows.positions[$0] }
      guard let best = positions.max(by: { bounds[$0].minimum < bounds[$1].minimum }) else { return nil }
      return bounds[best].minimum > 0 ? nil : (conjunction, best)
    }
    var tunings: [Int: RowTuning] = [:]
    let tuner = node.isRealOnly ? realTuner : floatTuner
    for start in stride(from: 0, to: open.count, by: SlopeTuner.lanes) {
      let group = open[start..<min(start + SlopeTuner.lanes, open.count)]
      let tuned = tuner.tune(
        group.map { rows.list[$0.position] }, from: group.map { node.tunings[$0.conjunction] }, node.splits,
        in: node.box, steps: node.depth == 0 ? 40 : 12)
      for (own, result) in zip(group, tuned) {
        if result.bound.minimum > bounds[own.position].minimum { bounds[own.position] = result.bound }
        tunings[own.conjunction] = result.tuning
      }
    }
    return tunings
  }

  private func distinctRows(_ conjunctions: [[OutputRow]]) -> (list: [OutputRow], positions: [OutputRow: Int])
  {
    var list: [OutputRow] = []
    var positions: [OutputRow: Int] = [:]
    for row in conjunctions.joined() where positions[row] == nil {
      positions[row] = list.count
      list.append(row)
    }
    return (list, positions)
  }

  private func hull(_ a: Box, _ b: Box) -> Box {
    Box(
      lower: zip(a.lower, b.lower).map { min($0, $1) }, upper: zip(a.upper, b.upper).map { max($0, $1) })
  }

  /// The input whose extent matters most: to the open rows' bounds, and to the neurons of either sign, whose relaxations'
  /// gaps are shared out among the inputs that their operands depend on.
  private func bestInput(
    _ box: Box, _ forms: [[Double]], _ known: NeuronBounds, _ workspace: BoundsWorkspace
  ) -> Expansion.Branch {
    let inputs = graph.inputCount
    let widths = (0..<inputs).map { box.upper[$0] - box.lower[$0] }
    var scores = (0..<inputs).map { i in (forms.reduce(0) { $0 + abs($1[i]) } + 1e-3) * widths[i] }
    for (position, neuron) in known.linear.enumerated() {
      let (l, u) = (known.lower[Int(neuron)], known.upper[Int(neuron)])
      guard l < 0, u > 0 else { continue }
      let start = 2 * position * (inputs + 1)
      var extent = 0.0
      for i in 0..<inputs { extent += abs(known.forms[start + i]) * widths[i] }
      guard extent > 0 else { continue }
      let gap = workspace.rowWeight(ofNeuron: Int(neuron)) * (-l * u / (u - l)) * 4
      for i in 0..<inputs { scores[i] += gap * abs(known.forms[start + i]) * widths[i] / extent }
    }
    let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
    return halving(box, best)
  }

  /// What the gaps between the lines of the open neurons cost the rows at most, roughly.
  private func relaxationGap(_ known: NeuronBounds, _ workspace: BoundsWorkspace) -> Double {
    var sum = 0.0
    workspace.forEachRelaxedNeuron { neuron, weight, _ in
      let (l, u) = (known.lower[neuron], known.upper[neuron])
      if l < 0, u > 0 { sum += weight * (-l * u / (u - l)) }
    }
    return sum
  }

  private func widestInput(_ box: Box) -> Expansion.Branch {
    let widest = box.lower.indices.max { box.upper[$0] - box.lower[$0] < box.upper[$1] - box.lower[$1] } ?? 0
    return halving(box, widest)
  }

  private func halving(_ box: Box, _ input: Int) -> Expansion.Branch {
    let middle = box.center(input)
    return middle > box.lower[input] && middle < box.upper[input] ? .input(input, at: middle) : .none
  }

  /// The neuron of either sign whose relaxation costs the rows most: the gap of its two lines, times its coefficients
  /// (after Bunel et al., JMLR 2020). Where lower lines were chosen, upper ones are what is left to gain.
  private func bestNeuron(
    _ workspace: BoundsWorkspace, _ known: NeuronBounds, _ node: SearchNode
  ) -> Expansion.Branch {
    var best = (score: 0.0, neuron: -1)
    workspace.forEachRelaxedNeuron { neuron, weight, upperWeight in
      let (l, u) = (workspace.lower[neuron], workspace.upper[neuron])
      guard l < 0, u > 0 else { return }
      let score = (upperWeight + 0.1 * weight) * (-l * u / (u - l))
      if score > best.score { best = (score, neuron) }
    }
    return best.neuron >= 0 ? .neuron(Int32(best.neuron)) : widestInput(node.box)
  }
}
