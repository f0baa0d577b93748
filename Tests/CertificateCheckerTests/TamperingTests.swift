import CertificateChecker
import CertifiedBounds
import Foundation
import TestSupport
import Testing

@Suite struct TamperingTests {
  /// A certificate that was tampered with is refused, or what it then says is true.
  @Test(arguments: Tampering.Kind.allCases)
  func nothingFalseIsAccepted(kind: Tampering.Kind) throws {
    var (refused, accepted) = (0, 0)
    let count = sampleCount(50, full: 2_000)
    var seed: UInt64 = 0
    while refused + accepted < count {
      seed += 1
      var random = SplitMix64(seed: seed)
      let network = try randomChain(widest: 5, &random)
      let text = Data(try LipschitzCertificate(of: network, LipschitzBound(of: network)).text.utf8)
      guard let tampered = Tampering.tampered(text, kind, seed: seed) else { continue }
      if (try? checkCertificate(tampered)) == nil {
        refused += 1
        // The truth that accepted files are measured by finds these false.
        if kind == .lowerBound || kind == .lowerPair {
          #expect(try !claimsAreTrue(tampered), "\(kind), seed \(seed)")
        }
      } else {
        accepted += 1
        #expect(!kind.mustBeRefused, "\(kind), seed \(seed)")
        #expect(try claimsAreTrue(tampered), "\(kind), seed \(seed)")
      }
    }
    print("\(kind): \(refused) refused, \(accepted) accepted and true")
  }

  @Test func whatIsNoCertificateIsRefused() {
    let texts = [
      "", "{}", "[]", "null", "0", "\u{0}", "{\"layers\": []}", String(repeating: "[", count: 1_000_000),
      String(repeating: "{\"a\":", count: 100_000), "{\"inputs\": 1e999}",
    ]
    for text in texts { #expect(throws: Rejection.self) { try checkCertificate(Data(text.utf8)) } }
    var random = SplitMix64(seed: 1)
    for _ in 0..<1_000 {
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      #expect(throws: Rejection.self) { try checkCertificate(Data(bytes)) }
    }
  }
}
