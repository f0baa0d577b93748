// Trusted: what is said here of linear bounds and of rounding.
import CProofKernels

package typealias ProofBox = (lower: [Double], upper: [Double])

/// Inputs on which the sum of an element is not negative, or not positive.
package typealias ProofSplit = (element: Int, isPositive: Bool)

/// What holds in a box and all its parts.
package final class ProofLevel {
  private let arena = Arena()
  /// The network without elements that are always zero there, and its bounds.
  fileprivate let pointer: UnsafeMutablePointer<proof_level>
  var data: proof_level { pointer.pointee }
  fileprivate let ends, sizes: Doubles
  /// No input has the signs.
  package fileprivate(set) var isEmpty = false
  var memory: Int { arena.size }
  /// Of an element's sum.
  package func ends(of element: Int) -> (lower: Double, upper: Double) {
    (ends[2 * element], ends[2 * element + 1])
  }

  fileprivate init(_ graph: ProofGraph) {
    let count = graph.elements
    var data = proof_level()
    data.layers = arena.make(graph.layers.count, proof_layer())
    for (index, layer) in graph.layers.enumerated() {
      let stride = (layer.columns.count + 4) / 5 * 5
      data.layers[index].row = arena.make(layer.rows.count, 0)
      data.layers[index].column = arena.make(stride, 0)
      data.layers[index].weight = arena.make(layer.rows.count * stride, 0)
    }
    data.lines = arena.make(count, proof_line())
    (ends, sizes) = (arena.make(2 * count, 0), arena.make(count, 0))
    (data.ends, data.sizes) = (ends, sizes)
    data.open = arena.make(count, 0)
    data.forms = graph.inputs <= 32 ? arena.make(2 * count * (graph.inputs + 1), 0) : nil
    pointer = arena.make(1, data)
  }
}

/// Backward linear bounds in binary64. A functional, the sum of coefficients a times elements v and a constant, less its
/// slack, is not above the claimed one: what is put for v = f(z), a line m z + q, is on the right side, and
/// z = w v' + b + d makes a m w the coefficients of earlier elements, and a (m b + q) part of the constant. For |v'| <= V',
/// what rounding changes there is at most gamma |a m| (|w| V' + |b|) + gamma |a q|; and d, and what programs round in f,
/// are within known bounds. Together it is |a| times a number, the line's charge. What underflows is below 1e-140 in all, as
/// magnitudes are below 1e150 (2^126 for programs) and no charge below 2^-900; what overflows makes a form of the inputs
/// whose numbers are 1e150 or more in all, or none, and is discarded.
package final class ProofBounds {
  package let graph: ProofGraph
  package static let laneLimit = Int(proof_lanes)
  package private(set) var lanes = 0
  private let arena = Arena()
  private let work: proof_work, pointer: UnsafeMutablePointer<proof_work>
  private let positions: Places, sums: Doubles, form: Doubles
  private var unused: [ProofLevel] = []
  private let inputs: Int, width = laneLimit

  package init(_ graph: ProofGraph) {
    let (count, rows) = (graph.elements, graph.layers.reduce(0) { max($0, $1.rows.count) })
    (self.graph, inputs) = (graph, graph.inputs)
    var work = proof_work()
    (work.inputs, work.floats, work.gamma) = (Int64(inputs), graph.isFloat ? 1 : 0, graph.gamma)
    (work.slopes, work.lines, work.ends) = (
      arena.make(count, 0), arena.make(5 * width * count, 0), arena.make(2 * width * count, 0)
    )
    // The last element takes what layers are filled up with.
    work.coefficients = arena.make(width * (count + 1), 0)
    (work.lower, work.upper) = (arena.make(width * inputs, 0), arena.make(width * inputs, 0))
    (work.constants, work.slacks, work.least) = (
      arena.make(width, 0), arena.make(width, 0), arena.make(width, 0)
    )
    (work.products, work.used) = (arena.make(width * rows, 0), arena.make(rows, 0))
    (positions, sums, form) = (arena.make(count, 0), arena.make(rows, 0), arena.make(2 * inputs + 2, 0))
    for k in 0..<count { work.slopes[k] = graph.slopes[k] }
    (self.work, pointer) = (work, arena.make(1, work))
  }

  package func recycle(_ level: ProofLevel) { unused.append(level) }

  /// Bounds all sums in a box, which is part of the parent's: those of some layers by linear bounds of their own, of others
  /// by the parent's.
  package func level(
    _ box: ProofBox, in parent: ProofLevel?, _ splits: [ProofSplit], refining layers: Int
  ) throws(ProofRejection) -> ProofLevel {
    let level = unused.popLast() ?? ProofLevel(graph)
    (level.isEmpty, level.pointer.pointee.open_count) = (parent?.isEmpty ?? false, 0)
    let ends = level.ends
    for i in 0..<inputs {
      level.sizes[i] = max(abs(box.lower[i]), abs(box.upper[i]))
      for lane in 0..<width {
        (work.lower[width * i + lane], work.upper[width * i + lane]) = (box.lower[i], box.upper[i])
      }
      try require(level.sizes[i] < limit, "numbers that may overflow")
    }
    if let parent {
      ends.update(from: parent.ends, count: 2 * graph.elements)
      proof_ends(parent.pointer, pointer)
      for i in 0..<Int(parent.data.open_count) {
        let k = Int(parent.data.open[i])
        (ends[2 * k], ends[2 * k + 1]) = (work.ends[2 * width * i], work.ends[(2 * i + 1) * width])
      }
    } else {
      for k in 0..<graph.elements { (ends[2 * k], ends[2 * k + 1]) = (-.infinity, .infinity) }
    }
    for (k, isPositive) in splits {
      if isPositive { ends[2 * k] = max(ends[2 * k], 0) } else { ends[2 * k + 1] = min(ends[2 * k + 1], 0) }
    }
    var batch: [Int] = []
    for index in graph.layers.indices where !level.isEmpty {
      try begin(index, level, parent)
      let first = Int(level.data.open_count)
      let rows = Int(level.data.layers[index].rows)
      for i in 0..<rows {
        let k = Int(level.data.layers[index].row[i])
        if !isOpen(k, level) {
        } else if let parent, index >= layers {
          list(k, level, parent.data.forms.map { $0 + 2 * (inputs + 1) * Int(parent.data.lines[k].place) })
        } else {
          batch.append(k)
        }
        if batch.count == width / 2 || i == rows - 1 { refine(&batch, index, level) }
      }
      end(index, level)
      for i in first..<Int(level.data.open_count) {
        let k = Int(level.data.open[i])
        for lane in 0..<width {
          (work.ends[2 * width * i + lane], work.ends[(2 * i + 1) * width + lane]) = (
            ends[2 * k], ends[2 * k + 1]
          )
        }
      }
      proof_lines(level.pointer, Int64(first), 1, pointer)
    }
    return level
  }

  private var limit: Double { graph.isFloat ? 0x1p126 : 1e150 }

  private func isOpen(_ k: Int, _ level: ProofLevel) -> Bool {
    work.slopes[k] != 1 && level.ends[2 * k] < 0 && level.ends[2 * k + 1] > 0
  }

  /// Lists rows and columns of a layer that are not always zero, and bounds sums by magnitudes.
  private func begin(_ index: Int, _ level: ProofLevel, _ parent: ProofLevel?) throws(ProofRejection) {
    let (layer, own, sizes, ends) = (
      graph.layers[index], level.data.layers + index, level.sizes, level.ends
    )
    var (rows, columns) = (0, 0)
    for (position, column) in layer.columns.enumerated() where sizes[Int(column)] > 0 {
      (positions[columns], own.pointee.column[columns]) = (Int32(position), column)
      columns += 1
    }
    let count = columns
    while columns % 5 != 0 {
      own.pointee.column[columns] = Int32(graph.elements)
      columns += 1
    }
    for k in layer.rows {
      sizes[k] = 0
      if let parent, parent.sizes[k] == 0 { continue }
      own.pointee.row[rows] = Int32(k)
      rows += 1
    }
    (own.pointee.rows, own.pointee.columns) = (Int32(rows), Int32(columns))
    let (first, stride) = (Int32(layer.rows.lowerBound), Int64(layer.columns.count))
    proof_gather(own, first, positions, Int64(count), layer.weights, stride, sizes, sums)
    for i in 0..<rows {
      let k = Int(own.pointee.row[i])
      let terms = (sums[i] + abs(graph.bias[k])) * (1 + 2 * work.gamma)
      let error = graph.isFloat ? (layer.relative * terms + layer.absolute) * (1 + 0x1p-50) : 0
      let size = (terms + error) * (1 + 0x1p-50)
      try require(size * max(layer.growth, abs(work.slopes[k])) < limit, "numbers that may overflow")
      let charge = (work.gamma * terms + error) * (1 + 0x1p-40) + 0x1p-900
      level.data.lines[k] = proof_line(
        lower_slope: 1, upper_slope: 1, lower_offset: 0, upper_offset: 0, charge: charge, bias: graph.bias[k],
        sum_charge: charge, place: -1)
      (ends[2 * k], ends[2 * k + 1]) = (max(ends[2 * k], -size), min(ends[2 * k + 1], size))
    }
  }

  /// Bounds up to half as many sums of a layer as there are lanes, and their negatives.
  private func refine(_ batch: inout [Int], _ index: Int, _ level: ProofLevel) {
    if batch.isEmpty { return }
    clear()
    for (i, k) in batch.enumerated() {
      (work.coefficients[width * k + 2 * i], work.coefficients[width * k + 2 * i + 1]) = (1, -1)
    }
    proof_pass(level.pointer, Int64(index + 1), 0, pointer)
    for (i, k) in batch.enumerated() {
      level.ends[2 * k] = max(level.ends[2 * k], work.least[2 * i])
      level.ends[2 * k + 1] = min(level.ends[2 * k + 1], -work.least[2 * i + 1])
      if !isOpen(k, level) { continue }
      for side in 0..<2 {
        for j in 0..<inputs { form[side * (inputs + 1) + j] = work.coefficients[width * j + 2 * i + side] }
        form[side * (inputs + 1) + inputs] = work.constants[2 * i + side]
      }
      list(k, level, form)
    }
    batch.removeAll(keepingCapacity: true)
  }

  /// An open element with its forms.
  private func list(_ k: Int, _ level: ProofLevel, _ form: Doubles?) {
    let (place, width) = (Int(level.data.open_count), 2 * (inputs + 1))
    if let form { level.data.forms?.advanced(by: place * width).update(from: form, count: width) }
    level.data.open[place] = Int32(k)
    level.pointer.pointee.open_count += 1
  }

  /// Lines of sums of one sign; rows that are always zero are left out.
  private func end(_ index: Int, _ level: ProofLevel) {
    let own = level.data.layers[index]
    var kept = 0
    for i in 0..<Int(own.rows) {
      let k = Int(own.row[i])
      let (l, u, s) = (level.ends[2 * k], level.ends[2 * k + 1], work.slopes[k])
      if l > u { level.isEmpty = true }
      if u <= 0 && (s == 0 || l >= 0) { continue }
      let (relative, absolute) = graph.isFloat ? (0x1p-22, 0x1p-147) : (0x1p-50, 0x1p-900)
      level.sizes[k] = max(u, -l * abs(s)) * (1 + relative) + absolute
      if u <= 0 {
        let error = graph.isFloat && abs(s) != 1 ? 0x1p-24 * abs(s) * -l + 0x1p-148 : 0
        (level.data.lines[k].lower_slope, level.data.lines[k].upper_slope) = (s, s)
        level.data.lines[k].charge = (abs(s) * level.data.lines[k].charge + error) * (1 + 0x1p-50) + 0x1p-900
      }
      own.row[kept] = Int32(k)
      let stride = Int(own.columns)
      if kept < i { (own.weight + kept * stride).update(from: own.weight + i * stride, count: stride) }
      kept += 1
    }
    level.data.layers[index].rows = Int32(kept)
  }

  private func clear() {
    work.coefficients.update(repeating: 0, count: width * inputs)
    work.constants.update(repeating: 0, count: width)
    work.slacks.update(repeating: 0, count: width)
  }

  // MARK: Claims

  /// Adds a lane: a part of a level's box in which a functional is to be bounded; `term` and `constant` add to it.
  package func add(_ box: ProofBox) {
    if lanes == 0 { clear() }
    for i in 0..<inputs {
      (work.lower[width * i + lanes], work.upper[width * i + lanes]) = (box.lower[i], box.upper[i])
    }
    lanes += 1
  }

  package func constant(_ value: Double) {
    work.constants[lanes - 1] += value
    work.slacks[lanes - 1] += work.gamma * abs(value)
  }

  package func term(_ element: Int, _ factor: Double, _ level: ProofLevel) {
    guard !level.isEmpty, level.sizes[element] > 0 else { return }
    work.coefficients[width * element + lanes - 1] += factor
    work.slacks[lanes - 1] += work.gamma * abs(factor) * level.sizes[element]
  }

  /// Lower bounds of the lanes' functionals, infinite where no input has the signs; then there are no lanes.
  package func flush(_ level: ProofLevel) -> [Double] {
    defer { lanes = 0 }
    if level.isEmpty { return [Double](repeating: .infinity, count: lanes) }
    proof_ends(level.pointer, pointer)
    proof_lines(level.pointer, 0, 0, pointer)
    proof_pass(level.pointer, Int64(graph.layers.count), 1, pointer)
    return (0..<lanes).map { work.least[$0] }
  }

  /// Of a lane of the last bounds, over the inputs, with a constant at last.
  package func form(_ lane: Int) -> [Double] {
    (0..<inputs).map { work.coefficients[width * $0 + lane] } + [work.constants[lane]]
  }
}
