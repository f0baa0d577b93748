/// A proof as values that can be changed, read by other code than the checker's.
struct EditableProof {
  struct Layer {
    var columns: [Int] = []
    var relative = 0.0
    var absolute = 0.0
    var bias: [Double] = []
    var slopes: [Double] = []
    var isShort = false
    var weights: [Double] = []
  }

  struct Row {
    var isStrict = false
    var isRounded = false
    var constant = 0.0
    var terms: [(element: Int, factor: Double)] = []
  }

  struct Region {
    var lower: [Double] = []
    var upper: [Double] = []
    var conjunctions: [[Row]] = []
    var tree = Node()
  }

  struct Claim {
    var conjunction = 0
    /// Of a single part the factor is 1.
    var parts: [(row: Int, factor: Double)] = []
  }

  struct ExactClaim {
    var conjunction = 0
    /// Rows, and counted on the splits of elements on the way.
    var parts: [(row: Int, multiplier: [UInt8])] = []
  }

  enum Split {
    case none
    case input(Int, at: Double)
    case element(Int)
  }

  struct Node {
    /// How many layers are bounded by linear bounds of their own; nil if nothing is bounded here.
    var level: Int?
    var claims: [Claim] = []
    var exact: [ExactClaim] = []
    var split = Split.none
    var children: [Node] = []

    var closed: Set<Int> { Set(claims.map(\.conjunction) + exact.map(\.conjunction)) }
  }

  var head: [UInt8]
  var semantics: Int
  var model: [UInt8]
  var question: [UInt8]
  var inputs: Int
  var layers: [Layer]
  var regions: [Region]

  init(
    head: [UInt8], semantics: Int, model: [UInt8], question: [UInt8], inputs: Int, layers: [Layer],
    regions: [Region]
  ) {
    (self.head, self.semantics, self.model, self.question) = (head, semantics, model, question)
    (self.inputs, self.layers, self.regions) = (inputs, layers, regions)
  }

  init(_ bytes: [UInt8]) {
    var reader = ProofFields(bytes)
    head = reader.take(15)
    semantics = reader.number()
    model = reader.take(32)
    question = reader.take(reader.number())
    inputs = reader.number()
    layers = []
    for _ in 0..<reader.number() { layers.append(reader.layer()) }
    regions = []
    for _ in 0..<reader.number() { regions.append(reader.region(inputs)) }
    for index in regions.indices { regions[index].tree = reader.node() }
    precondition(reader.position + 32 == bytes.count, "all is read")
  }

  // MARK: Its meaning

  /// The elements' values.
  func values(at point: [Double]) -> (sums: [Double], values: [Double]) {
    var (sums, values) = (point, point)
    for layer in layers {
      let old = values
      for row in layer.bias.indices {
        let own = layer.weights[row * layer.columns.count..<(row + 1) * layer.columns.count]
        let sum = zip(layer.columns, own).reduce(layer.bias[row]) { $0 + old[$1.0] * $1.1 }
        sums.append(sum)
        values.append(sum < 0 ? layer.slopes[row] * sum : sum)
      }
    }
    return (sums, values)
  }

  func value(of row: Row, at point: [Double]) -> Double {
    let values = values(at: point).values
    return row.terms.reduce(row.constant) { $0 + values[$1.element] * $1.factor }
  }

  /// Whether the first region is false at a point of its box, by more than any rounding.
  func isRefuted(at point: [Double], margin: Double = 1e-4) -> Bool {
    let region = regions[0]
    return zip(point, zip(region.lower, region.upper)).allSatisfy { $1.0 <= $0 && $0 <= $1.1 }
      && region.conjunctions.contains { rows in rows.allSatisfy { value(of: $0, at: point) < -margin } }
  }

  /// Where a point of the first region is in its tree: which child, from the root to a leaf.
  func path(to point: [Double]) -> [Int] {
    var result: [Int] = []
    var node = regions[0].tree
    let sums = values(at: point).sums
    while !node.children.isEmpty {
      let side =
        switch node.split {
        case .none: 0
        case .input(let input, let middle): point[input] <= middle ? 0 : 1
        case .element(let element): sums[element] >= 0 ? 0 : 1
        }
      result.append(side)
      node = node.children[side]
    }
    return result
  }

  /// Whether on the way of a point no claim is made of some conjunction: so the tree says nothing of it.
  func isOpen(at point: [Double]) -> Bool {
    var node = regions[0].tree
    var claimed = node.closed
    for side in path(to: point) {
      node = node.children[side]
      claimed.formUnion(node.closed)
    }
    return regions[0].conjunctions.indices.contains { !claimed.contains($0) }
  }

  /// Whether a split of the first region is outside its box.
  var hasSplitOutside: Bool {
    func isOutside(_ node: Node, _ lower: [Double], _ upper: [Double]) -> Bool {
      guard case .input(let input, let middle) = node.split else {
        return node.children.contains { isOutside($0, lower, upper) }
      }
      if middle < lower[input] || middle > upper[input] { return true }
      var (low, high) = (upper, lower)
      (low[input], high[input]) = (middle, middle)
      return isOutside(node.children[0], lower, low) || isOutside(node.children[1], high, upper)
    }
    return isOutside(regions[0].tree, regions[0].lower, regions[0].upper)
  }

  /// The proof with the node at a place of the first region's tree changed.
  func changing(_ path: some Collection<Int>, _ change: (inout Node) -> Void) -> EditableProof {
    func changed(_ node: Node, _ rest: some Collection<Int>) -> Node {
      var node = node
      if let side = rest.first {
        node.children[side] = changed(node.children[side], Array(rest.dropFirst()))
      } else {
        change(&node)
      }
      return node
    }
    var proof = self
    proof.regions[0].tree = changed(regions[0].tree, Array(path))
    return proof
  }

  func node(at path: some Collection<Int>) -> Node {
    path.reduce(regions[0].tree) { $0.children[$1] }
  }
}
