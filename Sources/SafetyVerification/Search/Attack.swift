/// Random and gradient attacks: projected sign-gradient steps from random points, on the largest row of a conjunction.
struct Attack {
  let batch: PointBatch
  private var random: SplitMix
  private let deadline: Double

  /// - Parameter deadline: in ``processSeconds()``; no step begins after that.
  init(_ graph: RelaxationGraph, seed: UInt64, until deadline: Double) {
    self.deadline = deadline
    batch = PointBatch(graph, size: graph.elementCount > 20_000 ? 8 : 64)
    random = SplitMix(state: seed)
  }

  /// Points of the region whose binary64 outputs satisfy a conjunction, with what they are short of it at most: nothing,
  /// or a little that rounding may explain.
  ///
  /// - Parameter accepts: told of a point that looks unsafe; true ends the attack.
  mutating func run(
    _ region: SearchRegion, restarts: Int, steps: Int,
    accepts: (_ point: [Double], _ conjunction: Int) -> Bool
  ) -> Bool {
    let box = region.box
    let inputs = batch.graph.inputCount
    let size = batch.size
    for restart in 0..<restarts {
      if processSeconds() >= deadline { break }
      var targets = (0..<size).map { ($0 + restart * size) % region.conjunctions.count }
      for point in 0..<size {
        for i in 0..<inputs {
          // The middle and corners first: violations often lie at the border.
          let t =
            restart == 0 && point == 0 ? 0.5 : point % 3 == 1 ? (random.unit() < 0.5 ? 0 : 1) : random.unit()
          batch[i, point] = box.lower[i] + t * (box.upper[i] - box.lower[i])
        }
      }
      batch.evaluate()
      if restart == 0, region.conjunctions.count > size {
        for point in 0..<size { targets[point] = nearest(region, point) }
      }
      if descend(in: box, region, targets, size, steps: steps, rate: 0.25, accepts: accepts) { return true }
    }
    return false
  }

  /// From given points, each towards a conjunction.
  mutating func refine(
    _ starts: [(point: [Double], conjunction: Int)], _ region: SearchRegion, steps: Int,
    accepts: (_ point: [Double], _ conjunction: Int) -> Bool
  ) -> Bool {
    for first in stride(from: 0, to: starts.count, by: batch.size) {
      let part = starts[first..<min(first + batch.size, starts.count)]
      for (index, start) in part.enumerated() {
        for i in 0..<batch.graph.inputCount { batch[i, index] = start.point[i] }
      }
      batch.evaluate()
      let targets = part.map(\.conjunction)
      if descend(in: region.box, region, targets, part.count, steps: steps, rate: 0.02, accepts: accepts) {
        return true
      }
    }
    return false
  }

  /// Steps along the signs of gradients, each shorter than the one before. The batch is evaluated.
  private mutating func descend(
    in box: Box, _ region: SearchRegion, _ targets: [Int], _ count: Int, steps: Int, rate: Double,
    accepts: (_ point: [Double], _ conjunction: Int) -> Bool
  ) -> Bool {
    var rate = rate
    for step in 0...steps {
      for point in 0..<count where worst(region.conjunctions[targets[point]], point).value <= 0 {
        if accepts(batch.point(point), targets[point]) { return true }
      }
      if step == steps || processSeconds() >= deadline { break }
      batch.differentiate { worst(region.conjunctions[targets[min($0, count - 1)]], $0).row }
      for point in 0..<count {
        for i in 0..<batch.graph.inputCount {
          let slope = batch.gradient(i, point)
          let move = rate * (box.upper[i] - box.lower[i])
          let moved = batch[i, point] - (slope > 0 ? move : slope < 0 ? -move : 0)
          batch[i, point] = min(max(moved, box.lower[i]), box.upper[i])
        }
      }
      rate *= 0.85
      batch.evaluate()
    }
    return false
  }

  /// The conjunction that is nearest to being satisfied at a point.
  private func nearest(_ region: SearchRegion, _ point: Int) -> Int {
    region.conjunctions.indices.min {
      worst(region.conjunctions[$0], point).value < worst(region.conjunctions[$1], point).value
    } ?? 0
  }

  private func worst(_ rows: [OutputRow], _ point: Int) -> (row: OutputRow, value: Double) {
    var result = (row: rows[0], value: batch.value(of: rows[0], at: point))
    for row in rows.dropFirst() {
      let value = batch.value(of: row, at: point)
      if value > result.value { result = (row, value) }
    }
    return result
  }
}
