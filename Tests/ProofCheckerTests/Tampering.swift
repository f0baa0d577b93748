import TestSupport

/// A proof that was made wrong, and why it is: as a fact that does not come from the checker.
struct Tampering {
  let kind: String
  let file: [UInt8]
  /// Whether the reason was found to be true of it.
  let isWrong: Bool

  init(_ kind: String, _ proof: EditableProof, isWrong: Bool) {
    self.init(kind, ProofBytes(proof).bytes, isWrong: isWrong)
  }

  /// - Parameter bytes: all but the SHA-256, which is made right.
  init(_ kind: String, _ bytes: [UInt8], isWrong: Bool) {
    (self.kind, self.isWrong) = (kind, isWrong)
    file = ProofBytes.file(bytes)
  }
}

/// What can be done to a proof of a statement about all of [-1, 1]^n.
struct Tamperer {
  let proof: EditableProof
  private var random: SplitMix64

  init(_ proof: EditableProof, seed: UInt64) {
    self.proof = proof
    random = SplitMix64(seed: seed)
  }

  private mutating func point(_ scale: Double = 1) -> [Double] {
    (0..<proof.inputs).map { _ in scale * (2 * random.unit() - 1) }
  }

  private mutating func any(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  mutating func all() -> [Tampering] {
    var result = falseStatements() + numbers() + counts() + roundings() + fields()
    for _ in 0..<6 { result += openTrees(at: point()) }
    return result + claims() + splits()
  }

  // MARK: Statements that are false at a point

  private mutating func falseStatements() -> [Tampering] {
    var result: [Tampering] = []
    func add(_ kind: String, _ point: [Double], _ change: (inout EditableProof) -> Void) {
      var changed = proof
      change(&changed)
      if changed.isRefuted(at: point) { result.append(Tampering(kind, changed, isWrong: true)) }
    }
    for _ in 0..<3 {
      let point = point()
      let row = proof.regions[0].conjunctions[1][0]
      let excess = proof.value(of: row, at: point) + 1e-3
      add("threshold", point) { $0.regions[0].conjunctions[1][0].constant -= excess }
      add("row without terms", point) {
        $0.regions[0].conjunctions[1][0].terms = []
        $0.regions[0].conjunctions[1][0].constant = -1e-3
      }
      let last = proof.layers.count - 1
      add("bias", point) { $0.layers[last].bias[0] -= excess }
      let values = proof.values(at: point).values
      for (position, column) in proof.layers[last].columns.enumerated() where abs(values[column]) > 0.01 {
        add("weight", point) {
          $0.layers[last].isShort = false
          $0.layers[last].weights[position] -= excess / values[column]
        }
      }
      for index in 0..<last {
        let neuron = any(proof.layers[index].bias.count)
        for factor in [-30.0, 30] {
          add("inner bias", point) { $0.layers[index].bias[neuron] += factor }
          add("slope", point) { $0.layers[index].slopes[neuron] = factor }
        }
      }
    }
    for scale in [2.0, 4, 10, 30, 100, 1000] {
      for _ in 0..<4 {
        let far = point(scale)
        add("box", far) {
          for i in far.indices {
            $0.regions[0].lower[i] = min(far[i], -1)
            $0.regions[0].upper[i] = max(far[i], 1)
          }
        }
      }
    }
    return result
  }

  // MARK: Trees that leave a point open

  private mutating func openTrees(at point: [Double]) -> [Tampering] {
    var result: [Tampering] = []
    func add(_ kind: String, _ path: some Collection<Int>, _ change: (inout EditableProof.Node) -> Void) {
      let changed = proof.changing(path, change)
      if changed.isOpen(at: point) { result.append(Tampering(kind, changed, isWrong: true)) }
    }
    let path = proof.path(to: point)
    for depth in 0...path.count {
      let place = path.prefix(depth)
      let node = proof.node(at: place)
      if !node.children.isEmpty {
        add("leaf for a tree", place) { ($0.split, $0.children) = (.none, []) }
        add("leaf without claims", place) { $0 = EditableProof.Node(level: $0.level) }
      }
      for index in node.claims.indices {
        add("claim dropped", place) { $0.claims.remove(at: index) }
        add("claim of another conjunction", place) {
          $0.claims[index].conjunction = 1 - $0.claims[index].conjunction
        }
      }
    }
    return result
  }

  // MARK: Nodes against the format

  /// The places of all nodes, at most some.
  private func places(_ count: Int) -> [[Int]] {
    var result: [[Int]] = [[]]
    var next = 0
    while next < result.count, result.count < count {
      result += proof.node(at: result[next]).children.indices.map { result[next] + [$0] }
      next += 1
    }
    return result
  }

  private mutating func claims() -> [Tampering] {
    var result: [Tampering] = []
    for place in places(60) {
      let node = proof.node(at: place)
      guard let claim = node.claims.first else { continue }
      let rows = proof.regions[0].conjunctions[claim.conjunction].count
      for factor in [-1e-9, -1, -.infinity, .nan, .infinity] {
        let parts = [(row: claim.parts[0].row, factor: 1.0), (row: rows - 1, factor: factor)]
        result.append(
          Tampering("multiplier", proof.changing(place) { $0.claims[0].parts = parts }, isWrong: true))
      }
      result.append(
        Tampering("no row", proof.changing(place) { $0.claims[0].parts[0].row = rows }, isWrong: true))
      result.append(
        Tampering("no multipliers", proof.changing(place) { $0.claims[0].parts = [] }, isWrong: true))
      result.append(
        Tampering("no conjunction", proof.changing(place) { $0.claims[0].conjunction = 2 }, isWrong: true))
    }
    func without(_ node: EditableProof.Node) -> EditableProof.Node {
      var node = node
      (node.level, node.children) = (nil, node.children.map(without))
      return node
    }
    result.append(Tampering("no bounds", proof.changing([]) { $0 = without($0) }, isWrong: true))
    return result
  }

  private mutating func splits() -> [Tampering] {
    var result: [Tampering] = []
    for place in places(20) {
      let node = proof.node(at: place)
      guard case .input(let input, let middle) = node.split else { continue }
      for far in [-1.5, 1.5, middle + 4, -.infinity, .infinity, .nan] {
        let changed = proof.changing(place) { $0.split = .input(input, at: far) }
        result.append(Tampering("split outside", changed, isWrong: changed.hasSplitOutside || far.isNaN))
      }
      result.append(
        Tampering(
          "no input", proof.changing(place) { $0.split = .input(proof.inputs, at: middle) }, isWrong: true))
      let swapped = proof.changing(place) { $0.children.swapAt(0, 1) }
      if swapped.hasSplitOutside { result.append(Tampering("children swapped", swapped, isWrong: true)) }
    }
    var chain = proof.regions[0].tree
    for _ in 0..<600 {
      chain = EditableProof.Node(split: .input(0, at: 1), children: [chain, EditableProof.Node()])
    }
    result.append(Tampering("depth", proof.changing([]) { $0 = chain }, isWrong: true))
    return result
  }

  // MARK: Fields

  private mutating func numbers() -> [Tampering] {
    var result: [Tampering] = []
    for value in [Double.nan, .infinity, -.infinity] {
      func add(_ change: (inout EditableProof) -> Void) {
        var changed = proof
        change(&changed)
        result.append(Tampering("not finite", changed, isWrong: true))
      }
      let (layer, input) = (any(proof.layers.count), any(proof.inputs))
      add { $0.layers[layer].bias[0] = value }
      add { $0.layers[layer].slopes[0] = value }
      add { $0.layers[layer].weights[0] = value }
      add { $0.layers[layer].relative = value }
      add { $0.layers[layer].absolute = value }
      add { $0.regions[0].lower[input] = value }
      add { $0.regions[0].upper[input] = value }
      add { $0.regions[0].conjunctions[0][0].constant = value }
      add { $0.regions[0].conjunctions[1][0].terms[0].factor = value }
    }
    return result
  }

  /// Counts that are larger than the file is long.
  private func counts() -> [Tampering] {
    let written = ProofBytes(proof)
    let huge: [[UInt8]] = [
      [0xff, 0xff, 0xff, 0xff, 0x07], [0xff, 0xff, 0xff, 0xff, 0x7f],
      [UInt8](repeating: 0xff, count: 12) + [1],
    ]
    return written.counts.prefix(30).flatMap { place in
      huge.map { bytes in
        Tampering(
          "count", Array(written.bytes[..<place] + bytes + written.bytes[(place + 1)...]), isWrong: true)
      }
    }
  }

  /// Errors that are less than what a chain of that many roundings makes, by another count than the checker's.
  private func roundings() -> [Tampering] {
    guard proof.semantics != 0 else { return [] }
    var result: [Tampering] = []
    for index in proof.layers.indices {
      let layer = proof.layers[index]
      for factor in [0.5, 0.1, -1] {
        var changed = proof
        changed.layers[index].relative *= factor
        let isLess = layer.bias.indices.contains { row in
          let own = layer.weights[row * layer.columns.count..<(row + 1) * layer.columns.count]
          let roundings = own.count { $0 != 0 } + (layer.bias[row] == 0 ? 0 : 1)
          return changed.layers[index].relative < Double(roundings) * 0x1p-24
        }
        result.append(Tampering("relative error", changed, isWrong: isLess))
      }
      for absolute in [0, -layer.absolute, layer.absolute * 0.5] {
        var changed = proof
        changed.layers[index].absolute = absolute
        result.append(
          Tampering("absolute error", changed, isWrong: absolute < Double(layer.columns.count) * 0x1p-149))
      }
    }
    return result
  }

  private mutating func fields() -> [Tampering] {
    var result: [Tampering] = []
    func add(_ kind: String, _ change: (inout EditableProof) -> Void) {
      var changed = proof
      change(&changed)
      result.append(Tampering(kind, changed, isWrong: true))
    }
    let elements = proof.inputs + proof.layers.reduce(0) { $0 + $1.bias.count }
    add("no semantics") { $0.semantics = 4 }
    add("magic") { $0.head[14] = 32 }
    add("question") { $0.question[0] = 10 }
    add("model") { $0.model.removeLast() }
    add("no layers") { $0.layers = [] }
    add("no element") { $0.regions[0].conjunctions[0][0].terms[0].element = elements }
    add("box without inputs") { $0.regions[0].lower[0] = 2 }
    for index in proof.layers.indices {
      let first = proof.layers[index].columns
      add("columns twice") { $0.layers[index].columns[1] = first[0] }
      add("columns descending") { $0.layers[index].columns.swapAt(0, 1) }
      add("a later column") { $0.layers[index].columns[first.count - 1] = elements }
      add("its own column") { proof in
        proof.layers[index].columns[first.count - 1] =
          proof.inputs + proof.layers.prefix(index).reduce(0) { $0 + $1.bias.count }
      }
    }
    let bytes = ProofBytes(proof).bytes
    result.append(Tampering("something follows", bytes + [0], isWrong: true))
    result.append(Tampering("end", bytes.dropLast(), isWrong: true))
    return result
  }
}
