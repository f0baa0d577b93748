import ExactArithmetic
import ProofChecker
import TestSupport
import Testing

/// Exact claims of random rows and signs that are false at a point, by a hair: no tree makes the checker accept one.
struct HostileClaimTests {
  /// A network of small dyadic weights, a point, and splits. The point is on their first sides or, in a small box, on the
  /// second ones of elements whose first side bounds find empty.
  private struct Subject {
    var proof: EditableProof
    let point: [Double]
    private var splits: [(split: EditableProof.Split, isFirst: Bool)] = []
    private var random: SplitMix64

    init(seed: UInt64) {
      random = SplitMix64(seed: seed)
      let inputs = 1 + Int(seed % 3)
      proof = EditableProof(
        head: proofMagic, semantics: 0, model: [UInt8](repeating: 1, count: 32), question: [], inputs: inputs,
        layers: [], regions: [EditableProof.Region()])
      var elements = inputs
      for _ in 0..<2 {
        var layer = EditableProof.Layer(columns: Array(0..<elements), isShort: true)
        for _ in 0..<2 {
          layer.bias.append(Double(random.next() % 9) / 4 - 1)
          layer.slopes.append([0, 0, 1, -0.5, 2][Int(random.next() % 5)])
          for _ in layer.columns { layer.weights.append(Double(random.next() % 9) / 4 - 1) }
        }
        elements += 2
        proof.layers.append(layer)
      }
      point = (0..<inputs).map { [random] _ in
        var random = random
        return Double(random.next() % 17) / 8 - 1
      }
      let sums = proof.values(at: point).sums
      let reach = seed % 2 == 0 ? 2 : 0x1p-10
      let (lower, upper) = (point.map { max($0 - reach, -1) }, point.map { min($0 + reach, 1) })
      for _ in 0..<Int(random.next() % 5) {
        let element = Int(random.next() % UInt64(elements))
        if random.next() % 4 == 0 {
          let input = element % inputs
          splits.append((.input(input, at: min(point[input] + reach / 2, upper[input])), true))
        } else if sums[element] >= 0 || reach < 1 {
          splits.append((.element(element), sums[element] >= 0))
        }
      }
      (proof.regions[0].lower, proof.regions[0].upper) = (lower, upper)
    }

    var isOnSecondSide: Bool { splits.contains { !$0.isFirst } }

    /// Whether a random claim is accepted of a row that has a value at the point.
    mutating func isAccepted(_ value: Double, isStrict: Bool) -> Bool {
      let elements = proof.inputs + 4
      var row = EditableProof.Row(isStrict: isStrict)
      for _ in 0..<1 + random.next() % 2 {
        row.terms.append((Int(random.next() % UInt64(elements)), Double(random.next() % 5) - 2))
      }
      row.constant = value - proof.value(of: row, at: point)
      var claim = EditableProof.ExactClaim(conjunction: 0, parts: [(0, [UInt8(1 + random.next() % 3)])])
      let signs = splits.count { if case .element = $0.split { true } else { false } }
      for sign in 0..<signs { claim.parts.append((1 + sign, [UInt8(random.next() % 5)])) }
      proof.regions[0].conjunctions = [[row]]
      var node = EditableProof.Node(level: 9, exact: [claim])
      let empty = EditableProof.Node(level: 9, claims: [EditableProof.Claim(conjunction: 0, parts: [(0, 1)])])
      for (split, isFirst) in splits.reversed() {
        let children = isFirst ? [node, EditableProof.Node()] : [empty, node]
        node = EditableProof.Node(level: 9, split: split, children: children)
      }
      proof.regions[0].tree = node
      do throws(ProofRejection) {
        _ = try checkProof(ProofBytes.file(ProofBytes(proof).bytes))
        return true
      } catch {
        // The claim was accepted if a later leaf, without claims, is what is wrong.
        return error.reason == "a part of a region is not closed"
      }
    }
  }

  @Test func claimsThatAreFalseAtAPointAreRefused() {
    var (accepted, second) = (0, 0)
    for seed in 1...6000 as ClosedRange<UInt64> {
      var subject = Subject(seed: seed)
      for _ in 0..<10 {
        let isWrong = subject.isAccepted(0, isStrict: false) || subject.isAccepted(-0x1p-20, isStrict: true)
        #expect(!isWrong, "seed \(seed)")
        if subject.isAccepted(4, isStrict: false) {
          accepted += 1
          second += subject.isOnSecondSide ? 1 : 0
        }
      }
    }
    #expect(accepted >= 5000 && second >= 500, "\(accepted), \(second)")
  }
}
