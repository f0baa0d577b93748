/// The search for an input of a ball at which another score catches up with that of the centre's choice.
///
/// Instead of single activation regions, cells are searched: sets of regions in which some neurons have known signs
/// (``Cell``), beginning with the one of all regions that the ball may touch. In each, the centre is projected onto what
/// linear bounds leave of the rival's decision boundary, the known signs' boundaries and the box (``CellProjection``). A
/// cell without a point within the ball is done, and with it all of its regions. Of the others the nearest comes next:
/// it is split into two, at a neuron whose bounds lose most, and rather in an early layer. A cell without undecided
/// neurons is a single region, whose bounds are exact but for rounding. So the search ends, and what it leaves open is
/// as near to the ball's surface as rounding errors are large.
struct RegionSearch {
  let bounds: BallBounds
  private let choice: Int
  /// 1 if high scores are better, else -1.
  private let sign: Double
  let replay: (PaddedVector) -> NearbyInput?
  private var open = CellQueue()
  private(set) var cellCount = 0
  private var isUndecided = false

  /// - Parameters:
  ///   - replay: an input near an offset at which the program's choice is another, if it is one.
  init(
    _ bounds: BallBounds, choice: Int, prefersLowest: Bool, replay: @escaping (PaddedVector) -> NearbyInput?
  ) {
    self.bounds = bounds
    self.choice = choice
    sign = prefersLowest ? -1 : 1
    self.replay = replay
  }

  /// - Parameter isLate: whether time is up.
  mutating func outcome(
    _ method: BallMethod, cellLimit: Int, isLate: () -> Bool
  ) -> BallVerdict.Outcome {
    let last = bounds.chain.layers.count - 1
    let rivals = (0..<bounds.chain.layers[last].width).filter { rival in
      rival != choice
        && !(bounds.least(of: bounds.form(of: margin(over: rival), layer: last, in: bounds.root)).bound
          > smallestProof)
    }
    if rivals.isEmpty { return .robust }
    for rival in rivals {
      if let input = attack(rival) { return .notRobust(input) }
    }
    if method == .linear { return .unknown(.bounds) }
    for rival in rivals {
      if let input = enter(bounds.root, rival) { return .notRobust(input) }
    }
    while let (cell, rival) = open.popNearest() {
      if cellCount >= min(cellLimit, mostCells) { return .unknown(.regions) }
      if isLate() { return .unknown(.time) }
      for isActive in [true, false] {
        var part = cell.cell.part(Cell.Sign(neuron: cell.neuron, isActive: isActive))
        let isPossible = (cell.neuron.layer + 1..<last).allSatisfy { bounds.tighten(&part, layer: $0) }
        if isPossible, let input = enter(part, rival) { return .notRobust(input) }
      }
    }
    return isUndecided ? .unknown(.precision) : .robust
  }

  /// As many as have their bounds in some 300 MB.
  private var mostCells: Int { (1 << 24) / bounds.chain.layers.reduce(0) { $0 + $1.width } }

  /// The coefficients of the choice's lead over a rival, in the scores.
  func margin(over rival: Int) -> PaddedVector {
    var margin = PaddedVector(count: bounds.chain.layers[bounds.chain.layers.count - 1].width)
    margin[choice] = sign
    margin[rival] = -sign
    return margin
  }

  /// Looks into a cell, and queues it if it stays open.
  ///
  /// - Returns: an input with another choice, if one is found.
  private mutating func enter(_ cell: Cell, _ rival: Int) -> NearbyInput? {
    cellCount += 1
    var worst: (neuron: Cell.Neuron, loss: Double)?
    let last = bounds.chain.layers.count - 1
    let margin = bounds.form(of: margin(over: rival), layer: last, in: cell) { neuron, loss in
      // What is known of a layer makes the bounds of the next ones better.
      let loss = loss * Double(sign: .plus, exponent: -2 * neuron.layer, significand: 1)
      if loss > worst?.loss ?? 0 { worst = (neuron, loss) }
    }
    let signs = cell.signs.map { sign in
      let start = PaddedVector(
        count: bounds.chain.layers[sign.neuron.layer].width, element: sign.neuron.index,
        sign.isActive ? -1 : 1)
      return bounds.form(of: start, layer: sign.neuron.layer, in: cell)
    }
    let projection = CellProjection(of: bounds, onto: [margin] + signs)
    if projection.isEmpty { return nil }
    if let input = tried(projection.offset, rival) { return input }
    if let neuron = worst?.neuron ?? widest(cell) {
      open.insert(CellQueue.Entry(cell: cell, neuron: neuron), rival, distance: projection.halfSquare)
      return nil
    }
    // A single region: a little beyond its boundary, what rounds no longer matters.
    for factor in [2.5, 10, 100] {
      let beyond = CellProjection(of: bounds, onto: [margin.raised(by: factor * margin.errors)] + signs)
      if beyond.isEmpty { break }
      if let input = tried(beyond.offset, rival) { return input }
    }
    isUndecided = true
    return nil
  }

  /// The undecided neuron whose nearer bound is the largest.
  private func widest(_ cell: Cell) -> Cell.Neuron? {
    bounds.chain.hiddenLayers.flatMap { cell.undecided(inLayer: $0, width: bounds.chain.layers[$0].width) }
      .max { reach($0, cell) < reach($1, cell) }
  }

  private func reach(_ neuron: Cell.Neuron, _ cell: Cell) -> Double {
    min(-cell.lows[neuron.layer][neuron.index], cell.highs[neuron.layer][neuron.index])
  }
}
