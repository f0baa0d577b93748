import CompilerDriver
import Diagnostics
import ExactArithmetic
import Foundation
import TestSupport
import Testing
import VNNLIB

/// Whatever the bytes: a set of points or one diagnostic, soon, without a trap.
@Suite struct MutationTests {
  @Test(arguments: 0..<UInt64(16)) func damagedFilesNeverTrap(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var generator = QueryGenerator(seed: seed, isStrict: true)
    var refused = 0
    let count = sampleCount(500, full: 12_500)
    for _ in 0..<count {
      let (text, other) = (generator.text(), generator.text())
      let damaged = mutated(Array(text.utf8), with: Array(other.utf8), using: &random)
      if !isRead(damaged) { refused += 1 }
    }
    #expect(refused > count / 4 && refused < count)
  }

  @Test(.enabled(if: Published.exists, Published.skipMessage), arguments: 1...10)
  func damagedPublishedFilesNeverTrap(property: Int) throws {
    var random = SplitMix64(seed: UInt64(property))
    let text = Array(try Published.text(property).utf8)
    for _ in 0..<sampleCount(200, full: 5_000) { _ = isRead(mutated(text, with: text, using: &random)) }
  }

  private func isRead(_ bytes: [UInt8]) -> Bool {
    var isRead = false
    let time = ContinuousClock().measure {
      do throws(DiagnosticSet) {
        _ = try parseVNNLIB(SourceFile(name: "damaged.vnnlib", utf8: bytes))
        isRead = true
        _ = try ImportedVNNLIB(
          SourceFile(name: "damaged.vnnlib", utf8: bytes), name: "q", interface: "I", specification: nil,
          target: "imported.ordain", networks: [])
      } catch {
        #expect(error.diagnostics.count == 1, "\(String(decoding: bytes, as: UTF8.self))\n\(error.text)")
        #expect(error.diagnostics.allSatisfy { $0.code.rawValue.hasPrefix("ORD06") }, "\(error.text)")
      }
    }
    #expect(time < .seconds(10), "\(String(decoding: bytes, as: UTF8.self))")
    return isRead
  }

  /// Texts that are small and mean something huge.
  @Test func bombsAreRefusedSoon() throws {
    let declarations = "(declare-const X_0 Real)(declare-const Y_0 Real)(declare-const Y_1 Real)"
    func deep(_ count: Int) -> String {
      String(repeating: "(not ", count: count) + "true" + String(repeating: ")", count: count)
    }
    let mixed = (0..<13).map { i in
      "(assert (or (and (<= X_0 \(i).5) (<= Y_0 Y_1)) (and (>= X_0 \(i).25) (<= Y_1 Y_0))))"
    }
    let bombs: [(String, DiagnosticCode)] = [
      ("(assert \(deep(100_000)))", .vnnlibTooLarge), (mixed.joined(), .vnnlibTooLarge),
      ("(assert (<= X_0 (* \(String(repeating: "1e1000 ", count: 50_000)))))", .vnnlibTooLarge),
      ("(assert (<= X_0 (+ \((3..<20_000).map { "(/ 1 \($0)) " }.joined()))))", .vnnlibTooLarge),
      ("(assert (<= X_0 1\(String(repeating: "0", count: 100_000))))", .vnnlibTooLarge),
      (String(repeating: "(", count: 1_000_000), .vnnlibTooLarge),
      ("(declare-const X_99999999999999999999 Real)", .badVNNLIBVariable),
    ]
    for (text, code) in bombs {
      let source = SourceFile(name: "bomb.vnnlib", text: declarations + text)
      let time = ContinuousClock().measure {
        do throws(DiagnosticSet) {
          _ = try ImportedVNNLIB(
            source, name: "q", interface: "I", specification: nil, target: "imported.ordain", networks: [])
          Issue.record("\(code) was read")
        } catch {
          #expect(error.diagnostics.map(\.code) == [code])
        }
      }
      #expect(time < .seconds(5), "\(code)")
    }
  }
}
