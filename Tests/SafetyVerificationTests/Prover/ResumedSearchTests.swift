import ExactArithmetic
import Foundation
import NetworkIR
import SafetyVerification
import Synchronization
import TestSupport
import Testing
import VNNLIB

/// A search that begins from what an earlier one kept: cheaper where that is honest, never another verdict where it is not.
struct ResumedSearchTests {
  /// What a search handed over last.
  private final class Kept: Sendable {
    private let stored = Mutex<[UInt8]?>(nil)
    var bytes: [UInt8]? { stored.withLock { $0 } }
    func keep(_ bytes: [UInt8]) { stored.withLock { $0 = bytes } }
  }

  private func run(
    _ set: UnsafeSet, _ network: Network, boxes: Int, from bytes: [UInt8]? = nil, jobs: Int = 1
  ) throws -> (result: ProverResult, kept: [UInt8]?) {
    let kept = Kept()
    var options = ProverOptions(boxes: boxes, jobs: jobs)
    options.kept = bytes
    options.keep = { kept.keep($0) }
    return (try prove(set, of: network, options), kept.bytes)
  }

  /// Many inputs make the search split neurons.
  private func subject(_ random: inout SplitMix64, inputs: Int) throws -> (network: Network, set: UnsafeSet) {
    let sizes = inputs > 16 ? [inputs, 40, 30, 1] : [inputs, 36, 36, 1]
    let network = try network(sizes, activation: .relu, &random)
    let values = (0..<4_000).map { _ in
      network.evaluate((0..<inputs).map { _ in Float.random(in: -1...1, using: &random) })[0]
    }
    let (least, largest) = (values.min() ?? 0, values.max() ?? 0)
    // The nearest threshold below all samples that is proved with some thousand boxes.
    for share in [0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 0.8, 1, 1.3, 1.7, 2.2] as [Float] {
      let set = unsafeSet(inputs, [atMost(Rational(least - share * (largest - least)))])
      if try prove(set, of: network, ProverOptions(boxes: 3_000)).float.holds { return (network, set) }
    }
    return try subject(&random, inputs: inputs)
  }

  private func atMost(_ threshold: Rational) -> Formula {
    .comparison(Comparison([.output(0): .one], constant: -threshold))
  }

  @Test(arguments: [4, 20])
  func resumedSearchesNeedFewerBoxes(inputs: Int) throws {
    var random = SplitMix64(seed: 97)
    var interrupted = 0
    for _ in 0..<6 {
      let (network, set) = try subject(&random, inputs: inputs)
      let whole = try run(set, network, boxes: 20_000)
      guard case .holds = whole.result.float, whole.result.boxes > 150 else { continue }
      interrupted += 1
      #expect(whole.result.resumedBoxes == 0)
      // What was interrupted twice is decided with the boxes that were left.
      let first = try run(set, network, boxes: whole.result.boxes / 2)
      guard case .undecided(.boxes) = first.result.float else {
        Issue.record("\(first.result.float)")
        continue
      }
      let second = try run(set, network, boxes: whole.result.boxes / 4, from: first.kept)
      let third = try run(set, network, boxes: 20_000, from: second.kept)
      #expect(third.result.float.holds && third.result.real.holds)
      #expect(third.result.boxes < whole.result.boxes)
      // A finished one is verified again, with every number of threads alike.
      let again = try run(set, network, boxes: 20_000, from: whole.kept)
      #expect(again.result.float.holds && again.result.boxes < whole.result.boxes * 3 / 4)
      #expect(again.result.resumedBoxes > 0)
      let parallel = try run(set, network, boxes: 20_000, from: whole.kept, jobs: 3)
      #expect(parallel.result.boxes == again.result.boxes && parallel.kept == again.kept)
      // What is kept of what was resumed is no worse.
      let last = try run(set, network, boxes: 20_000, from: third.kept)
      #expect(last.result.float.holds && last.result.boxes < whole.result.boxes)
    }
    #expect(interrupted >= 3)
  }

  /// Bytes that are damaged, another network's, or made up of any splits change no verdict.
  @Test(arguments: [4, 20])
  func nothingThatIsKeptIsBelieved(inputs: Int) throws {
    var random = SplitMix64(seed: 101)
    let (network, holding) = try subject(&random, inputs: inputs)
    let honest = try run(holding, network, boxes: 20_000)
    let bytes = try #require(honest.kept)
    try #require(honest.result.float.holds && bytes.count > 100)
    // The same inputs, and a threshold that inputs are below of: honest trees of the one question are lies about it.
    let violated = unsafeSet(inputs, [atMost(Rational(100))])
    let (other, _) = try subject(&random, inputs: inputs)
    var lies = [
      [], [1], [1, 1], [1, 0], [0, 1, 0], [UInt8](repeating: 255, count: 40), Array(bytes.dropLast()),
    ]
    lies += [bytes + bytes, bytes + [7], Array(bytes.dropFirst())]
    lies.append(try #require(try run(holding, other, boxes: 2_000).kept))
    for _ in 0..<sampleCount(12, full: 2_000) {
      var flipped = bytes
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        flipped[Int.random(in: 0..<bytes.count, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      }
      lies.append(flipped)
      lies.append(Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))))
    }
    // Whole trees of splits of anything anywhere, all of them said to be closed.
    for _ in 0..<sampleCount(10, full: 500) {
      var tree: [UInt8] = [1]
      var open = 1
      while open > 0 {
        open -= 1
        if tree.count > 400 || UInt8.random(in: 0..<8, using: &random) < 3 {
          tree.append(1)
          continue
        }
        open += 2
        if Bool.random(using: &random) {
          tree.append(3 + 2 * UInt8.random(in: 0..<60, using: &random))
        } else {
          tree.append(2 + 2 * UInt8.random(in: 0..<4, using: &random))
          let middle = Double.random(in: -1.5...1.5, using: &random)
          tree += (0..<8).map { UInt8(truncatingIfNeeded: middle.bitPattern >> (8 * UInt64($0))) }
        }
      }
      lies.append(tree)
    }
    var proofs = 0
    for lie in lies {
      // Splits that nobody would choose may use the boxes up.
      switch try run(holding, network, boxes: 6_000, from: lie).result.float {
      case .holds: proofs += 1
      case .undecided(.boxes): break
      case let other: Issue.record("\(other), \(lie.count) bytes")
      }
      if case .violated = try run(violated, network, boxes: 500, from: lie).result.float { continue }
      Issue.record("a violation is not found")
    }
    #expect(proofs * 4 > lies.count * 3, "\(proofs) of \(lies.count)")
    // A set that attacks don't find their way into, but that is not empty.
    let rare = try rareViolation(network, &random)
    for lie in [bytes] + lies.suffix(20) {
      let result = try run(rare, network, boxes: 400, from: lie).result
      #expect(!result.float.holds && !result.real.holds)
    }
  }

  /// The inputs near one that is known, with an output near its own: nothing that a proof may deny.
  private func rareViolation(
    _ network: Network, _ random: inout SplitMix64
  ) throws -> UnsafeSet {
    let count = network.inputCount
    let point = (0..<count).map { _ in Float.random(in: -0.9...0.9, using: &random) }
    let value = try network.evaluateExactly(point.map { Rational($0) })[0]
    let width = Rational(powerOfTwo: -20)
    return unsafeSet(
      count,
      [
        atMost(value + width),
        .comparison(Comparison([.output(0): Rational(-1)], constant: value - width)),
      ])
  }
}
