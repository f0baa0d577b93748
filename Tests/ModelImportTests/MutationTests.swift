import Diagnostics
import Foundation
import ModelImport
import TestSupport
import Testing

/// Whatever the bytes, importing returns or throws a model error, soon.
@Suite struct MutationTests {
  @Test(arguments: 0..<24) func damagedONNXNeverTraps(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let seeds = try ["Malformed", "WellFormed"].flatMap { name in
      let golden = GoldenFolder(name)
      return try golden.cases.map { try golden.model(of: $0) }
    }.filter { $0.name.hasSuffix(".onnx") }.map(\.bytes)
    for _ in 0..<sampleCount(280, full: 5_600) {
      let bytes = mutated(seeds.randomElement(using: &generator) ?? [], among: seeds, &generator)
      check("a.onnx", bytes)
    }
  }

  @Test(arguments: 0..<12) func damagedNNetNeverTraps(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let base = Array(smallNNet.utf8)
    let numbers = [
      "-1", "0", "1e38", "nan", "inf", "9223372036854775807", "1e999", "-", "", "0x1p3", "99999999",
    ]
    for _ in 0..<sampleCount(280, full: 5_600) {
      var bytes = base
      if Bool.random(using: &generator) {
        var fields = smallNNet.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let position = Int.random(in: 0..<fields.count, using: &generator)
          let newline = fields[position].hasPrefix("\n") ? "\n" : ""
          fields[position] = newline + (numbers.randomElement(using: &generator) ?? "")
        }
        bytes = Array(fields.joined(separator: ",").utf8)
      }
      check("a.nnet", mutated(bytes, among: [base], &generator))
    }
  }

  private func check(_ name: String, _ bytes: [UInt8]) {
    let clock = ContinuousClock()
    let time = clock.measure {
      var reported = DiagnosticSet()
      do throws(DiagnosticSet) {
        let network = try importModel(named: name, bytes: bytes, reportingTo: &reported).network
        // What was imported can be run, unless damage made it large.
        if network.inputCount <= 1 << 12, network.nodes.allSatisfy({ $0.shape.elementCount <= 1 << 12 }) {
          let scores = network.evaluate([Float](repeating: 0.5, count: network.inputCount))
          #expect(scores.count == network.outputCount)
        }
      } catch {
        #expect(error.containsError)
        #expect(error.diagnostics.allSatisfy { $0.code.rawValue.hasPrefix("ORD06") })
        #expect(!rendered(error).isEmpty)
      }
    }
    #expect(time < .seconds(10), "\(bytes)")
  }

  /// One to four changes: a flipped bit, another byte, an extreme varint, a cut, a repeated or foreign piece.
  private func mutated(
    _ original: [UInt8], among others: [[UInt8]], _ generator: inout SplitMix64
  ) -> [UInt8] {
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      guard !bytes.isEmpty else { break }
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.removeSubrange(position...)
      case 3:
        let end = Int.random(in: position...bytes.count, using: &generator)
        bytes.removeSubrange(position..<end)
      case 4:
        let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        bytes.replaceSubrange(position...position, with: huge)
      case 5:
        let other = others.randomElement(using: &generator) ?? bytes
        guard !other.isEmpty else { continue }
        let start = Int.random(in: 0..<other.count, using: &generator)
        let end = Int.random(in: start...other.count, using: &generator)
        bytes.insert(contentsOf: other[start..<end], at: position)
      default:
        // A length that no longer fits what follows.
        bytes[position] = bytes[position] &+ 1
      }
    }
    return bytes
  }
}
