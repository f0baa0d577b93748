import CertifiedBounds
import ExactArithmetic
import TestSupport
import Testing

@Suite struct CertificateTests {
  /// Whatever is put into a certificate, it is refused or its bound holds.
  @Test(arguments: 0..<UInt64(sampleCount(100, full: 2_000)))
  func badCertificatesProveNothingWrong(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let made = GeneratedMatrix(kind: .gaussian, sides: 1...6, &generator)
    let matrix = try made.matrix
    let good = try certifiedSpectralNorm(of: matrix).certificate
    var factor = good.factor
    var (threshold, bits, exponent) = (good.threshold, good.fractionBits, good.exponent)
    switch seed % 6 {
    case 0: threshold /= Int128(Int.random(in: 2...1000, using: &generator))
    case 1: factor = factor.map { _ in Int64.random(in: -(1 << 43)...1 << 43, using: &generator) }
    case 2:
      factor[Int.random(in: factor.indices, using: &generator)] = .random(
        in: .min ... .max, using: &generator)
    case 3: bits = Int.random(in: -1...62, using: &generator)
    case 4: exponent += Int.random(in: -3...3, using: &generator)
    default: threshold = Int128(Int.random(in: -5...5, using: &generator))
    }
    let tampered = NormCertificate(
      fractionBits: bits, exponent: exponent, threshold: threshold, factor: factor)
    guard let bound = try? tampered.upperBound(of: matrix) else { return }
    #expect(TrueNorm(made).isAtMost(bound.value))
  }

  @Test func faultsAreNamed() throws {
    let matrix = try RealMatrix(rows: 2, columns: 3, elements: [Float](repeating: 0.5, count: 6))
    let good = try certifiedSpectralNorm(of: matrix).certificate
    func fault(
      bits: Int? = nil, exponent: Int? = nil, threshold: Int128? = nil, factor: [Int64]? = nil
    ) -> NormCertificate.Fault? {
      let certificate = NormCertificate(
        fractionBits: bits ?? good.fractionBits, exponent: exponent ?? good.exponent,
        threshold: threshold ?? good.threshold, factor: factor ?? good.factor)
      do throws(NormCertificate.Fault) {
        _ = try certificate.upperBound(of: matrix)
        return nil
      } catch {
        return error
      }
    }
    #expect(fault() == nil)
    #expect(fault(bits: 0) == .badScale && fault(bits: 61) == .badScale)
    #expect(fault(exponent: 1001) == .badScale && fault(exponent: .min) == .badScale)
    #expect(fault(exponent: 2) == .elementTooLarge)
    #expect(fault(factor: [1, 2]) == .otherSize && fault(factor: []) == .otherSize)
    #expect(fault(threshold: -1) == .overflow && fault(threshold: .max) == .overflow)
    #expect(fault(factor: [.min, 0, 0]) == .overflow && fault(factor: [0, 0, .max]) == .overflow)
  }

  /// A certificate is about one matrix: for another of the same shape it is refused or its bound holds of that.
  @Test func anotherMatrixHasAnotherBound() throws {
    let certificate = try certifiedSpectralNorm(
      of: RealMatrix(rows: 2, columns: 2, elements: [0.5, 0, 0, 0.5] as [Float])
    ).certificate
    let other = try RealMatrix(rows: 2, columns: 2, elements: [0.5, 0.5, 0.5, 0.5] as [Float])
    #expect(try certificate.upperBound(of: other).value >= 1)
  }

  @Test(arguments: 0..<20) func aTransposedMatrixHasTheSameBound(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let made = GeneratedMatrix(kind: .gaussian, sides: 1...9, &generator)
    let matrix = try made.matrix
    if made.rows == made.columns { return }
    let certified = try certifiedSpectralNorm(of: matrix)
    #expect(try certified.certificate.upperBound(of: matrix.transposed) == certified.bound)
  }
}
