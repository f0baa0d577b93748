import ProofChecker
import TestSupport
import Testing

/// Proofs of generated networks: accepted as they are, and not what was made of them.
struct ProofCheckerTests {
  private static let proofs: [[UInt8]] = (1...60 as ClosedRange<UInt64>).compactMap { seed in
    (try? GeneratedProof(seed: seed))?.bytes
  }

  @Test func generatedProofsAreAccepted() throws {
    #expect(Self.proofs.count >= 20)
    for proof in Self.proofs {
      let checked = try checkProof(proof)
      #expect(checked.claims > 0 && checked.model == [UInt8](repeating: 7, count: 32))
      #expect(checked.unroundedSteps == 0 && checked.regions == 1)
    }
  }

  private func isAccepted(_ bytes: [UInt8]) -> Bool { (try? checkProof(bytes)) != nil }

  @Test func partsOfProofsAreRejected() {
    for proof in Self.proofs.prefix(8) {
      for length in stride(from: 0, to: proof.count, by: 7) {
        #expect(!isAccepted(Array(proof.prefix(length))))
      }
      #expect(!isAccepted(proof.dropLast()))
      #expect(!isAccepted(proof + [0]))
    }
  }

  /// Statements that are false at a point.
  @Test func falseStatementsAreRejected() {
    var random = SplitMix64(seed: 3)
    for proof in Self.proofs {
      let statement = ProofStatement(proof)
      let point = statement.lower.indices.map { _ in 2 * random.unit() - 1 }
      let outputs = statement.outputs(point)
      let row = statement.conjunctions[1][0]
      let value = statement.double(row.constant) + outputs[0] - outputs[1]
      // The row's constant, the output's bias, a row that demands nothing.
      var tampered = [proof.replacing(row.constant, by: statement.double(row.constant) - value - 1e-3)]
      let bias = statement.layers[statement.layers.count - 1].bias[0]
      tampered.append(proof.replacing(bias, by: statement.double(bias) - value - 1e-3))
      tampered.append(
        proof.replacing(row.terms[0].place, by: 0).replacing(row.terms[1].place, by: 0)
          .replacing(row.constant, by: -1e-3))
      for bytes in tampered {
        #expect(ProofStatement(bytes).isRefuted(at: point, margin: 1e-4))
        #expect(!isAccepted(bytes))
      }
      // A box that reaches to where a row is negative, if it does somewhere.
      for scale in [10.0, 100, 1000] {
        let far = point.map { $0 * scale }
        guard statement.isRefuted(at: far, margin: 1e-3) else { continue }
        var wide = proof
        for (lower, upper) in zip(statement.lower, statement.upper) {
          wide = wide.replacing(lower, by: -scale).replacing(upper, by: scale)
        }
        #expect(!isAccepted(wide))
      }
    }
  }

  @Test func roundingThatIsNotChargedIsRejected() {
    for proof in Self.proofs where proof[15] != 0 {
      let statement = ProofStatement(proof)
      for layer in statement.layers where layer.isLinear {
        let relative = statement.double(layer.relative)
        #expect(!isAccepted(proof.replacing(layer.relative, by: relative * 0.9)))
        #expect(!isAccepted(proof.replacing(layer.relative, by: 0)))
        #expect(!isAccepted(proof.replacing(layer.relative, by: -relative)))
        #expect(!isAccepted(proof.replacing(layer.relative + 8, by: 0)))
        #expect(!isAccepted(proof.replacing(layer.relative, by: 1e3)))
      }
    }
  }

  @Test func numbersThatAreNotFiniteAreRejected() {
    for proof in Self.proofs.prefix(10) {
      let statement = ProofStatement(proof)
      let places =
        statement.lower + statement.upper + statement.layers.flatMap { $0.bias + $0.slopes }
        + statement.conjunctions.joined().map(\.constant)
      for place in places {
        for value in [Double.nan, .infinity, -.infinity] {
          #expect(!isAccepted(proof.replacing(place, by: value)))
        }
      }
    }
  }

  /// Trees without a part: a leaf that claims nothing, and a leaf instead of the root.
  @Test func openTreesAreRejected() {
    for proof in Self.proofs {
      let statement = ProofStatement(proof)
      #expect(!isAccepted(Array(proof.prefix(statement.tree)) + [0]))
      #expect(!isAccepted(Array(proof.prefix(statement.tree)) + [1]))
      // Claims without bounds.
      var bytes = proof
      bytes[statement.tree] &= ~1
      #expect(!isAccepted(bytes))
    }
  }

  /// Flipped bits anywhere: what is still accepted says the same, or is true at many points.
  @Test func flippedBitsProveNothingFalse() {
    var random = SplitMix64(seed: 5)
    for index in 0..<1500 {
      let proof = Self.proofs[index % Self.proofs.count]
      let statement = ProofStatement(proof)
      var bytes = proof
      let start = index % 2 == 0 ? statement.tree : 15
      let place = start + Int(random.next() % UInt64(proof.count - start))
      bytes[place] ^= 1 << UInt8(random.next() % 8)
      guard isAccepted(bytes) else { continue }
      // The name of the question and of the model, or the tree.
      if place >= statement.tree || (16..<48 + 14).contains(place) { continue }
      let now = ProofStatement(bytes)
      for _ in 0..<100 {
        let point = zip(now.lower, now.upper).map { low, high in
          now.double(low) + random.unit() * (now.double(high) - now.double(low))
        }
        #expect(!now.isRefuted(at: point, margin: 0))
      }
    }
  }
}
