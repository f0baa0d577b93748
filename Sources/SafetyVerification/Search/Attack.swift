/// Random and gradient attacks: projected sign-gradient steps from random points, on the sum of a conjunction's rows that
/// are above zero. (Steps on the largest row alone raise the next one, and so go to and fro.)
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
      for point in 0..<count where worst(region.conjunctions[targets[point]], point) <= 0 {
        if accepts(batch.point(point), targets[point]) { return true }
      }
      if step == steps || processSeconds() >= deadline { break }
      batch.differentiate { point in
        let rows = region.conjunctions[targets[min(point, count - 1)]]
        // Where none is above zero and the point is no witness, rounding is to blame: further on.
        let least = min(worst(rows, point), 0)
        return rows.filter { batch.value(of: $0, at: point) >= least }
      }
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
      worst(region.conjunctions[$0], point) < worst(region.conjunctions[$1], point)
    } ?? 0
  }

  /// The largest row at a point.
  private func worst(_ rows: [OutputRow], _ point: Int) -> Double {
    rows.reduce(-.infinity) { max($0, batch.value(of: $1, at: point)) }
  }
}
