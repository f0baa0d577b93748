import ProofChecker
import TestSupport
import Testing

/// Proofs of generated networks: accepted as they are, and not what was made of them.
struct ProofCheckerTests {
  private static let proofs: [[UInt8]] = (1...60 as ClosedRange<UInt64>).compactMap { seed in
    (try? GeneratedProof(seed: seed))?.bytes
  }

  private func isAccepted(_ bytes: [UInt8]) -> Bool { (try? checkProof(bytes)) != nil }

  @Test func generatedProofsAreAccepted() throws {
    #expect(Self.proofs.count >= 20)
    for proof in Self.proofs {
      let checked = try checkProof(proof)
      #expect(checked.claims > 0 && checked.model == [UInt8](repeating: 7, count: 32))
      #expect(checked.unroundedRows == 0 && checked.regions == 1)
      // What the tests read is the proof, and no sampled point contradicts it.
      let editable = EditableProof(proof)
      #expect(ProofBytes.file(ProofBytes(editable).bytes) == proof)
      var random = SplitMix64(seed: 1)
      for _ in 0..<50 {
        let point = (0..<editable.inputs).map { _ in 2 * random.unit() - 1 }
        #expect(!editable.isRefuted(at: point, margin: 0) && !editable.isOpen(at: point))
      }
    }
  }

  /// Any byte that is changed, removed or added.
  @Test func changedBytesAreRejected() {
    var random = SplitMix64(seed: 5)
    for index in 0..<2000 {
      var proof = Self.proofs[index % Self.proofs.count]
      let place = Int(random.next() % UInt64(proof.count))
      switch index % 4 {
      case 0: proof.remove(at: place)
      case 1: proof.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      default: proof[place] ^= 1 << UInt8(random.next() % 8)
      }
      #expect(!isAccepted(proof))
    }
    for proof in Self.proofs.prefix(4) {
      for length in stride(from: 0, to: proof.count - 32, by: 7) {
        #expect(!isAccepted(Array(proof.prefix(length))))
        #expect(!isAccepted(ProofBytes.file(Array(proof.prefix(length)))))
      }
    }
  }

  /// With the SHA-256 made right again: each has a reason of its own why it is no proof.
  @Test func tamperedProofsAreRejected() {
    var counts: [String: Int] = [:]
    for (index, proof) in Self.proofs.enumerated() {
      var tamperer = Tamperer(EditableProof(proof), seed: UInt64(index))
      for tampering in tamperer.all() where tampering.isWrong {
        counts[tampering.kind, default: 0] += 1
        #expect(!isAccepted(tampering.file), "\(index): \(tampering.kind)")
      }
    }
    let kinds = [
      "threshold", "row without terms", "bias", "weight", "inner bias", "slope", "box", "leaf for a tree",
      "leaf without claims", "claim dropped", "claim of another conjunction", "multiplier", "no row",
      "no multipliers", "no conjunction", "no bounds", "split outside", "no input", "children swapped",
      "depth", "not finite", "count", "relative error", "absolute error", "no semantics", "magic",
      "question", "model", "no layers", "no element", "box without inputs", "columns twice",
      "columns descending", "a later column", "its own column", "something follows", "end",
    ]
    #expect(Set(counts.keys) == Set(kinds))
    for kind in kinds { #expect(counts[kind, default: 0] >= 5, "\(kind)") }
    #expect(counts.values.reduce(0, +) >= 9000)
  }

  /// Both errors zero: that a program rounds nothing there is the file's word, which is counted.
  @Test func sumsThatAreSaidToBeExactAreCounted() {
    var accepted = 0
    for bytes in Self.proofs {
      var proof = EditableProof(bytes)
      guard proof.semantics != 0 else { continue }
      (proof.layers[0].relative, proof.layers[0].absolute) = (0, 0)
      guard let checked = try? checkProof(ProofBytes.file(ProofBytes(proof).bytes)) else { continue }
      accepted += 1
      #expect(checked.unroundedRows == proof.layers[0].bias.count)
    }
    #expect(accepted >= 20)
  }

  /// Flipped bits anywhere, with the SHA-256 made right: what is still accepted is true at many points.
  @Test func flippedBitsProveNothingFalse() {
    var random = SplitMix64(seed: 7)
    for index in 0..<1500 {
      var bytes = Array(Self.proofs[index % Self.proofs.count].dropLast(32))
      let place = 15 + Int(random.next() % UInt64(bytes.count - 15))
      bytes[place] ^= 1 << UInt8(random.next() % 8)
      let file = ProofBytes.file(bytes)
      guard isAccepted(file) else { continue }
      let now = EditableProof(file)
      for _ in 0..<100 {
        let point = zip(now.regions[0].lower, now.regions[0].upper).map { $0 + random.unit() * ($1 - $0) }
        #expect(!now.isRefuted(at: point, margin: 0))
      }
    }
  }
}
