import ProofChecker
import TestSupport
import Testing

/// Proofs of questions without a margin: accepted as they are, and not what was made of them.
struct ExactClaimTests {
  private static let proofs: [TouchingProof] = (1...160 as ClosedRange<UInt64>).compactMap { seed in
    do {
      return try TouchingProof(seed: seed)
    } catch {
      Issue.record("\(seed): what holds has no proof: \(error)")
      return nil
    }
  }

  private func isAccepted(_ bytes: [UInt8]) -> Bool { (try? checkProof(bytes)) != nil }

  @Test func whatIsOnlyTouchedIsProved() throws {
    var (exact, split) = (0, 0)
    for proof in Self.proofs {
      _ = try checkProof(proof.bytes)
      let editable = EditableProof(proof.bytes)
      #expect(ProofBytes.file(ProofBytes(editable).bytes) == proof.bytes)
      #expect(!editable.isRefutedExactly(at: proof.point) && !editable.hasFalseClaim)
      exact += editable.exactPlaces.isEmpty ? 0 : 1
      if case .input = editable.regions[0].tree.split { split += editable.exactPlaces.isEmpty ? 0 : 1 }
    }
    #expect(exact >= 100 && split >= 5, "\(Self.proofs.count), \(exact), \(split)")
  }

  /// Less than nothing is left: each statement is false at a point, exactly.
  @Test func falseStatementsAreRejected() {
    var counts: [String: Int] = [:]
    for (index, own) in Self.proofs.enumerated() {
      let proof = EditableProof(own.bytes)
      func check(_ kind: String, at point: [Double]? = nil, _ change: (inout EditableProof) -> Void) {
        var changed = proof
        change(&changed)
        guard changed.isRefutedExactly(at: point ?? own.point) else { return }
        counts[kind, default: 0] += 1
        #expect(!isAccepted(ProofBytes.file(ProofBytes(changed).bytes)), "\(index): \(kind)")
      }
      check("constant") {
        $0.regions[0].conjunctions[1][0].constant = $0.regions[0].conjunctions[1][0].constant.nextDown
      }
      check("strict") { $0.regions[0].conjunctions[1][0].isStrict = false }
      for layer in proof.layers.indices {
        for place in proof.layers[layer].weights.indices {
          let weight = Float(proof.layers[layer].weights[place])
          for other in [weight.nextUp, weight.nextDown] {
            check("weight") { $0.layers[layer].weights[place] = Double(other) }
          }
        }
        for place in proof.layers[layer].bias.indices {
          let bias = proof.layers[layer].bias[place]
          for other in [bias.nextUp, bias.nextDown] { check("bias") { $0.layers[layer].bias[place] = other } }
          let slope = proof.layers[layer].slopes[place]
          for other in [slope.nextUp, slope.nextDown] {
            check("slope") { $0.layers[layer].slopes[place] = other }
          }
        }
      }
      for input in own.point.indices {
        for step in [-0x1p-30, 0x1p-30] {
          var point = own.point
          point[input] += step
          check("box", at: point) {
            $0.regions[0].lower[input] = min($0.regions[0].lower[input], point[input])
            $0.regions[0].upper[input] = max($0.regions[0].upper[input], point[input])
          }
        }
      }
    }
    for kind in ["constant", "strict", "weight", "bias", "slope", "box"] {
      #expect(counts[kind, default: 0] >= 10, "\(kind): \(counts)")
    }
  }

  /// Each claim is false by other code, or against the format, or missing on the way of a point.
  @Test func tamperedClaimsAreRejected() {
    var counts: [String: Int] = [:]
    var random = SplitMix64(seed: 3)
    for (index, own) in Self.proofs.enumerated() {
      let proof = EditableProof(own.bytes)
      func check(_ kind: String, _ changed: EditableProof, isWrong: Bool = true) {
        guard isWrong else { return }
        counts[kind, default: 0] += 1
        #expect(!isAccepted(ProofBytes.file(ProofBytes(changed).bytes)), "\(index): \(kind)")
      }
      for place in proof.exactPlaces.prefix(6) {
        let node = proof.node(at: place)
        let claim = node.exact[0]
        let rows = proof.regions[0].conjunctions[claim.conjunction].count
        func change(_ kind: String, _ isWrong: Bool? = nil, _ body: (inout EditableProof.ExactClaim) -> Void)
        {
          let changed = proof.changing(place) { body(&$0.exact[0]) }
          let now = changed.node(at: place).exact[0]
          check(kind, changed, isWrong: isWrong ?? (changed.isFalse(now, at: place) == true))
        }
        for part in claim.parts.indices {
          for multiplier: [UInt8] in [[], [1], [3], [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9], random.bytes] {
            change("multiplier") { $0.parts[part].multiplier = multiplier }
          }
          change("multiplier by one") { $0.parts[part].multiplier = successor($0.parts[part].multiplier) }
          change("part") { $0.parts.remove(at: part) }
          for other in 0..<rows { change("row") { $0.parts[part].row = other } }
          let splits = proof.splitCount(at: place)
          for other in 0..<splits { change("sign") { $0.parts[part].row = rows + other } }
          change("no sign", true) { $0.parts[part].row = rows + splits }
        }
        change("nothing", true) { $0.parts = [] }
        change("no conjunction", true) { $0.conjunction = 2 }
        check("twice", proof.changing(place) { $0.exact.append(claim) })
        check("no bounds", proof.changing([]) { $0 = withoutLevels($0) })
        let dropped = proof.changing(place) { $0.exact.removeFirst() }
        let moved = proof.changing(place) { $0.exact[0].conjunction = 1 - claim.conjunction }
        let points = [own.point] + (0..<50).map { _ in own.point.map { _ in 2 * random.unit() - 1 } }
        check("dropped", dropped, isWrong: points.contains { dropped.isOpen(at: $0) })
        check("another conjunction", moved, isWrong: points.contains { moved.isOpen(at: $0) })
        for part in claim.parts where part.row < rows {
          check(
            "rounded row",
            changed(proof) {
              $0.regions[0].conjunctions[claim.conjunction][part.row].isRounded = true
            })
        }
        for depth in place.indices {
          let above = Array(place.prefix(depth))
          guard case .element = proof.node(at: above).split else { continue }
          let swapped = proof.changing(above) { $0.children.swapAt(0, 1) }
          check("children swapped", swapped, isWrong: swapped.hasFalseClaim)
        }
      }
      if proof.exactPlaces.isEmpty { continue }
      for layer in proof.layers.indices {
        check("rounded weights", changed(proof) { $0.layers[layer].isShort = false })
      }
      for semantics in 1...3 { check("floats", changed(proof) { $0.semantics = semantics }) }
    }
    let kinds = [
      "multiplier", "multiplier by one", "part", "row", "sign", "no sign", "nothing",
      "no conjunction", "twice", "no bounds", "dropped", "another conjunction", "rounded row",
      "children swapped", "rounded weights", "floats",
    ]
    #expect(Set(counts.keys) == Set(kinds))
    for kind in kinds { #expect(counts[kind, default: 0] >= 10, "\(kind): \(counts)") }
  }

  /// Whatever is accepted of claims at random is true.
  @Test func forgedClaimsAreRejected() {
    var (accepted, refused) = (0, 0)
    for seed in 1...(40_000 as UInt64) {
      var forger = Forger(seed: seed)
      let proof = forger.proof()
      let isTrue = isAccepted(ProofBytes.file(ProofBytes(proof).bytes))
      let isFalse = proof.hasFalseClaim
      #expect(!isTrue || !isFalse, "\(seed)")
      accepted += isTrue ? 1 : 0
      refused += isFalse ? 1 : 0
    }
    #expect(accepted >= 2_000 && refused >= 10_000, "\(accepted), \(refused)")
  }

  private func changed(
    _ proof: EditableProof, _ change: (inout EditableProof) -> Void
  ) -> EditableProof {
    var proof = proof
    change(&proof)
    return proof
  }

  private func withoutLevels(_ node: EditableProof.Node) -> EditableProof.Node {
    var node = node
    (node.level, node.children) = (nil, node.children.map(withoutLevels))
    return node
  }

  /// The next integer.
  private func successor(_ digits: [UInt8]) -> [UInt8] {
    guard let last = digits.last else { return [1] }
    return last < 255 ? digits.dropLast() + [last + 1] : successor(digits.dropLast()) + [0]
  }
}

extension SplitMix64 {
  /// Eight of them.
  fileprivate var bytes: [UInt8] {
    mutating get {
      let number = next()
      return (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
  }
}
