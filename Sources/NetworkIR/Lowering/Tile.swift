import LoopIR

/// The code of one tile: sums that start at the biases, loops over the taps, stores.
struct Tile: Sendable {
  let sums: SumsOfProducts
  let blocks: ChannelBlocks
  let run: ChannelRun
  let positions: TilePositions
  let positionCount: Expression
  /// The dimension along which the places of a tile lie; `nil` if there is one place in all.
  let tiled: Int?
  let weights: Identifier
  let bias: Identifier

  static let block = Identifier("block")
  static let group = Identifier("group")
  private static let position = Identifier("position")
  private static let first = Identifier("first")

  /// The counter of a dimension of the result.
  static func place(_ dimension: Int) -> Identifier { Identifier("place_\(dimension)") }
  private static func tap(_ loop: Int) -> Identifier { Identifier("tap_\(loop)") }

  /// Tiles of several runs may stand in one block of statements.
  private var accumulators: Identifier { Identifier("sums_\(run.start)") }
  private var line: Identifier { Identifier("line_\(run.start)") }
  private var row: Identifier { Identifier(run.start == 0 ? "row" : "row_\(run.start)") }
  private var x: Identifier { Identifier(run.start == 0 ? "x" : "x_\(run.start)") }

  func statements(_ kernel: inout Kernel) -> [Statement] {
    let channel = blocks.channel(of: run, group: Tile.group, block: Tile.block)
    let first = kernel
    return start + [.declare(kernel.sumType, accumulators, count: positions.largest * run.size)]
      + eachPosition(lanes(kernel) { [.assign(sum($0), first.term(bias[channel.adding($0)]))] })
      + products(kernel)
      + stores(channel, &kernel)
  }

  /// The first place of the last tile, if it overlaps with the one before.
  private var start: [Statement] {
    guard let tiled, positions.overlaps else { return [] }
    let place = Tile.place(tiled).expression
    let last = Expression.count(positions.places) - positionCount
    return [.constant(.uint32, Tile.first, .conditional(place <= last, then: place, else: last))]
  }

  /// The first place of the tile.
  private var firstPlace: Expression {
    guard let tiled, !positions.isWhole else { return 0 }
    return (positions.overlaps ? Tile.first : Tile.place(tiled)).expression
  }

  private var positionOffset: Expression { positions.isSingle ? 0 : Tile.position.expression }

  private func sum(_ lane: Expression) -> Expression {
    accumulators[positionOffset.multiplied(by: run.size).adding(lane)]
  }

  private func eachPosition(_ body: [Statement]) -> [Statement] {
    positions.isSingle ? body : [.count(Tile.position, from: 0, to: positionCount, body)]
  }

  // MARK: Products

  private func products(_ kernel: Kernel) -> [Statement] {
    let operand = kernel.operands[0].base
    var isSingle = false
    if case .single = sums.outputs { isSingle = true }
    // The innermost taps are counted from a pointer, so that their addresses are constants.
    let outer = isSingle ? sums.taps.indices : sums.taps.indices.dropLast()
    var lineStart = zip(sums.steps.indices, sums.steps).reduce(0 as Expression) { offset, dimension in
      offset.adding(placeIndex(dimension.0, kernel.shape).multiplied(by: dimension.1))
    }
    for loop in outer { lineStart = lineStart.adding(tapIndex(loop).multiplied(by: sums.taps[loop].step)) }
    switch sums.outputs {
    case .together: break
    case .groups(_, let distance):
      lineStart = lineStart.adding(Tile.group.expression.multiplied(by: distance))
    case .single:
      lineStart = lineStart.adding(blocks.channel(of: run, group: Tile.group, block: Tile.block))
    }
    let declaredLine = Statement.variable(.constPointer(.float), line, .unary(.addressOf, operand[lineStart]))
    let flat = sums.taps.indices.reduce(0 as Expression) {
      $0.multiplied(by: sums.taps[$1].count).adding(tapIndex($1))
    }
    let rowStart = blocks.start(of: run, group: Tile.group, block: Tile.block)
      .adding(flat.multiplied(by: run.size))
    let declaredRow = Statement.variable(.constPointer(.float), row, .unary(.addressOf, weights[rowStart]))
    var body: [Statement]
    if isSingle {
      body =
        [declaredLine, declaredRow]
        + eachPosition(
          lanes(kernel) { lane in
            let element = line[positionStep.adding(lane)]
            return [.assign(sum(lane), kernel.added(sum(lane), row[lane], kernel.term(element)))]
          })
    } else {
      let last = sums.taps.count - 1
      let element = line[positionStep.adding(tapIndex(last).multiplied(by: sums.taps[last].step))]
      body = loop(
        last,
        [declaredRow]
          + eachPosition(
            [.constant(kernel.sumType, x, kernel.term(element))]
              + lanes(kernel) { lane in
                [.assign(sum(lane), kernel.added(sum(lane), row[lane], x.expression))]
              }))
      body = [declaredLine] + body
    }
    return outer.reversed().reduce(body) { loop($1, $0) }
  }

  /// From the tile's first place to the operand's element for another.
  private var positionStep: Expression {
    tiled.map { positionOffset.multiplied(by: sums.steps[$0]) } ?? 0
  }

  private func placeIndex(_ dimension: Int, _ shape: TensorShape) -> Expression {
    if shape.dimensions[dimension] == 1 { return 0 }
    return dimension == tiled ? firstPlace : Tile.place(dimension).expression
  }

  private func tapIndex(_ loop: Int) -> Expression {
    sums.taps[loop].count == 1 ? 0 : Tile.tap(loop).expression
  }

  private func loop(_ number: Int, _ body: [Statement]) -> [Statement] {
    let count = sums.taps[number].count
    return count == 1 ? body : [.count(Tile.tap(number), from: 0, to: .count(count), body)]
  }

  // MARK: Stores

  private func stores(_ channel: Expression, _ kernel: inout Kernel) -> [Statement] {
    let places = kernel.shape.dimensions.indices.dropLast().map { dimension -> Expression in
      let place = placeIndex(dimension, kernel.shape)
      return dimension == tiled ? place.adding(positionOffset) : place
    }
    let reading = kernel
    let stored = lanes(reading) {
      kernel.store(reading.finished(sum($0)), at: places + [channel.adding($0)])
    }
    guard let tiled, positions.overlaps else { return eachPosition(stored) }
    // What the tile before stored is not stored again: it may lie where an operand of a fused operation lay.
    let isNew = firstPlace.adding(positionOffset) >= Tile.place(tiled).expression
    return eachPosition([.branch(isNew, then: stored, else: [])])
  }

  // MARK: Lanes

  /// `body` for each channel of the block, in loops of at most 16 rounds, which compilers turn into vectors.
  ///
  /// A loop over all channels would be merged with the one over the taps by gcc (unroll and jam, predictive
  /// commoning), which then keeps no sums in registers; of two or more loops it leaves that be.
  private func lanes(_ kernel: Kernel, _ body: (Expression) -> [Statement]) -> [Statement] {
    let width =
      switch kernel.goal {
      case .speed: positions.isSingle && run.size <= 16 ? 8 : 16
      case .size: run.size
      }
    return Lanes.loops(over: run.size, width: width, body)
  }
}
