import ProofChecker
import Testing

/// False claims that only numbers beyond binary64's or binary32's range, or below its normal ones, made true. Each was accepted.
struct OverflowTests {
  private func isAccepted(_ proof: EditableProof) -> Bool {
    (try? checkProof(ProofBytes.file(ProofBytes(proof).bytes))) != nil
  }

  /// One region with one row and one claim, of the row times these factors.
  private func proof(
    semantics: Int, _ box: [ClosedRange<Double>], _ layers: [EditableProof.Layer],
    _ row: EditableProof.Row, times factors: [Double]
  ) -> EditableProof {
    let claim = EditableProof.Claim(conjunction: 0, parts: factors.map { (0, $0) })
    var region = EditableProof.Region()
    (region.lower, region.upper) = (box.map(\.lowerBound), box.map(\.upperBound))
    region.conjunctions = [[row]]
    region.tree = EditableProof.Node(level: 9, claims: [claim])
    return EditableProof(
      head: proofMagic, semantics: semantics, model: [UInt8](repeating: 1, count: 32), question: [],
      inputs: box.count, layers: layers, regions: [region])
  }

  /// The row is -1.4 to -1; a product with an input was infinite, and what is subtracted from it was lost.
  @Test(arguments: 0...3) func infiniteBoundsAreNone(semantics: Int) {
    let box = [4.6...5, 2...2, 2...2, 2...2]
    let terms = [(0, 1.0), (1, -1.0), (2, -1.0), (3, -1.0)]
    func isAccepted(_ constant: Double, _ factor: Double) -> Bool {
      let row = EditableProof.Row(constant: constant, terms: terms)
      return self.isAccepted(proof(semantics: semantics, box, [], row, times: [factor, factor]))
    }
    for factor in [1, 1e140, 1e149, 1e160, 1e290, 2e307, 1e308] {
      #expect(!isAccepted(0, factor), "\(factor)")
    }
    #expect(isAccepted(1.5, 1) && isAccepted(1.5, 1e140))
  }

  /// In binary32 the element is infinite, not 9e39: it was bounded by 2e40.
  @Test(arguments: 1...3) func valuesBehindSlopesMayOverflow(semantics: Int) {
    func isAccepted(_ input: Double) -> Bool {
      let layer = EditableProof.Layer(
        columns: [0], bias: [0], slopes: [-0x1p33], isShort: true, weights: [1])
      let row = EditableProof.Row(constant: 2e40, terms: [(1, -1)])
      return self.isAccepted(proof(semantics: semantics, [input...input], [layer], row, times: [1]))
    }
    #expect(!isAccepted(-1e30) && isAccepted(-1e27))
  }

  /// 1.6 y <= 1.8 for y in 1.05 ... 1.1, all times 2^-1074, is listed as 2 y <= 2.
  @Test func roundedFactorsAreNormal() {
    func isAccepted(_ unit: Double, isRounded: Bool) -> Bool {
      let row = EditableProof.Row(isRounded: isRounded, constant: -2 * unit, terms: [(0, 2 * unit)])
      return self.isAccepted(proof(semantics: 0, [1.05...1.1], [], row, times: [0x1p1020, 0x1p1020]))
    }
    #expect(!isAccepted(0x1p-1074, isRounded: true))
    #expect(isAccepted(0x1p-1074, isRounded: false) && isAccepted(0x1p-1022, isRounded: true))
  }

  /// Reading a multiplier takes time by the square of its bytes.
  @Test func multipliersHaveALimit() {
    func isAccepted(zeros: Int) -> Bool {
      var region = EditableProof.Region()
      (region.lower, region.upper) = ([0], [1])
      region.conjunctions = [[EditableProof.Row(constant: 1, terms: [(0, 1)])]]
      let multiplier = [UInt8](repeating: 0, count: zeros) + [1]
      let claim = EditableProof.ExactClaim(conjunction: 0, parts: [(0, multiplier)])
      region.tree = EditableProof.Node(level: 9, exact: [claim])
      return self.isAccepted(
        EditableProof(
          head: proofMagic, semantics: 0, model: [UInt8](repeating: 1, count: 32), question: [], inputs: 1,
          layers: [], regions: [region]))
    }
    #expect(isAccepted(zeros: multiplierLimit - 2) && !isAccepted(zeros: multiplierLimit - 1))
  }
}
