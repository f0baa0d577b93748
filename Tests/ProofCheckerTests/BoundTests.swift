import ProofChecker
import TestSupport
import Testing

/// The checker's bounds against values of random networks: elements of any slope that read any earlier elements.
struct BoundTests {
  /// A network, and a tree of levels, partial ones too, with a claim in each leaf.
  private struct Subject {
    var proof: EditableProof
    private var random: SplitMix64

    init(seed: UInt64) {
      random = SplitMix64(seed: seed)
      let inputs = 1 + Int(seed % 3)
      proof = EditableProof(
        head: proofMagic, semantics: 0, model: [UInt8](repeating: 1, count: 32), question: [], inputs: inputs,
        layers: [], regions: [])
      var elements = inputs
      for _ in 0..<6 {
        var layer = EditableProof.Layer()
        layer.columns = (0..<elements).filter { _ in random.unit() < 0.7 }
        let rows = 1 + Int(random.next() % 9)
        layer.bias = (0..<rows).map { _ in random.unit() - 0.5 }
        layer.slopes = (0..<rows).map { _ in [0, 0, 0.1, 1, -1, 2, -0.3][Int(random.next() % 7)] }
        layer.weights = (0..<rows * layer.columns.count).map { _ in
          random.unit() < 0.1 ? 0 : 2 * random.unit() - 1
        }
        elements += rows
        proof.layers.append(layer)
      }
    }

    var last: Int { proof.inputs + proof.layers.reduce(0) { $0 + $1.bias.count } - 1 }

    mutating func point() -> [Double] { (0..<proof.inputs).map { _ in 2 * random.unit() - 1 } }

    /// Whether it is accepted that the last element plus a constant is positive in a box.
    func isAccepted(_ constant: Double, _ lower: [Double], _ upper: [Double], _ tree: EditableProof.Node)
      -> Bool
    {
      var proof = proof
      let row = EditableProof.Row(constant: constant, terms: [(last, 1)])
      proof.regions = [
        EditableProof.Region(lower: lower, upper: upper, conjunctions: [[row]], tree: tree)
      ]
      return (try? checkProof(ProofBytes.file(ProofBytes(proof).bytes))) != nil
    }

    mutating func tree(_ depth: Int, _ lower: [Double], _ upper: [Double]) -> EditableProof.Node {
      var node = EditableProof.Node(level: depth == 0 ? 9 : [nil, 0, 2, 4, 9][Int(random.next() % 5)])
      if depth == 4 {
        node.claims = [EditableProof.Claim(conjunction: 0, parts: [(0, 1)])]
      } else if random.unit() < 0.3 {
        node.split = .element(proof.inputs + Int(random.next() % UInt64(last + 1 - proof.inputs)))
        node.children = [tree(depth + 1, lower, upper), tree(depth + 1, lower, upper)]
      } else {
        let input = Int(random.next() % UInt64(proof.inputs))
        let middle = lower[input] + random.unit() * (upper[input] - lower[input])
        var (below, above) = (upper, lower)
        (below[input], above[input]) = (middle, middle)
        node.split = .input(input, at: middle)
        node.children = [tree(depth + 1, lower, below), tree(depth + 1, above, upper)]
      }
      return node
    }
  }

  private static let leaf = EditableProof.Node(
    level: 9, claims: [EditableProof.Claim(conjunction: 0, parts: [(0, 1)])])

  /// In boxes of one point bounds are the values, up to rounding.
  @Test func boundsAtPointsAreTheValues() {
    for seed in 1...200 as ClosedRange<UInt64> {
      var subject = Subject(seed: seed)
      for _ in 0..<3 {
        let point = subject.point()
        let value = subject.proof.values(at: point).values[subject.last]
        #expect(subject.isAccepted(1e-9 - value, point, point, Self.leaf))
        #expect(!subject.isAccepted(-1e-9 - value, point, point, Self.leaf))
      }
    }
  }

  /// What is below a sampled value is never accepted, by whatever tree; and what is far above all bounds is.
  @Test func boundsAreNotAboveSampledValues() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var subject = Subject(seed: seed)
      let (a, b) = (subject.point(), subject.point())
      let (lower, upper) = (zip(a, b).map { min($0, $1) }, zip(a, b).map { max($0, $1) })
      var least = Double.infinity
      for _ in 0..<300 {
        let share = subject.point()
        let point = share.indices.map { lower[$0] + (share[$0] + 1) / 2 * (upper[$0] - lower[$0]) }
        least = min(least, subject.proof.values(at: point).values[subject.last])
      }
      let tree = subject.tree(0, lower, upper)
      for tree in [Self.leaf, tree] {
        #expect(!subject.isAccepted(-least - 1e-9, lower, upper, tree))
        #expect(subject.isAccepted(1e6, lower, upper, tree))
        // The least constant that is accepted.
        var (low, high) = (-least - 1e-9, 1e6)
        for _ in 0..<50 {
          let middle = low / 2 + high / 2
          if subject.isAccepted(middle, lower, upper, tree) { high = middle } else { low = middle }
        }
        #expect(high >= -least)
      }
    }
  }
}
