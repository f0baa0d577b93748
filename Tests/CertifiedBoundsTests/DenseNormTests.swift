import CertifiedBounds
import ExactArithmetic
import Foundation
import TestSupport
import Testing

@Suite struct DenseNormTests {
  /// Of the matrices of the issue, half have both sides over 32 and one in a hundred over 512.
  @Test(arguments: 0..<sampleCount(240, full: 9_900))
  func boundsAreNeverBelowTheNormAndLittleAbove(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let kind = GeneratedMatrix.Kind.allCases[seed / 2 % GeneratedMatrix.Kind.allCases.count]
    let made = GeneratedMatrix(kind: kind, sides: seed % 2 == 0 ? 1...32 : 33...64, &generator)
    let truth = TrueNorm(made)
    let certified = try certifiedSpectralNorm(of: made.matrix).bound.value
    let fast = try spectralNormUpperBound(of: made.matrix).value
    if made.elements.allSatisfy({ $0 == 0 }) {
      #expect(certified == 0 && fast == 0)
      return
    }
    #expect(truth.isAtMost(certified), "the certified bound of a \(kind) matrix is below its norm")
    #expect(truth.isAtMost(fast), "the fast bound of a \(kind) matrix is below its norm")
    try expectLittleAbove(certified, fast, truth)
  }

  @Test(arguments: 0..<sampleCount(1, full: 100))
  func boundsOfLargeMatrices(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed + 1_000_000))
    let kinds: [GeneratedMatrix.Kind] = [.gaussian, .orthogonal, .rankOne, .equalSingularValues, .sparse]
    let made = GeneratedMatrix(kind: kinds[seed % kinds.count], sides: 513...560, &generator)
    let truth = TrueNorm(made)
    let certified = try certifiedSpectralNorm(of: made.matrix).bound.value
    let fast = try spectralNormUpperBound(of: made.matrix).value
    try expectLittleAbove(certified, fast, truth)
  }

  /// Exactly not below a Rayleigh quotient, and at most 1e-8 above it.
  private func expectLittleAbove(_ certified: Double, _ fast: Double, _ truth: TrueNorm) throws {
    let least = truth.squaredLowerBound()
    let most = least * (Rational.one + Rational(1, over: 100_000_000)).power(2)
    for bound in [certified, fast] {
      let squared = Rational(bound) * Rational(bound)
      #expect(squared >= least, "a bound is below a Rayleigh quotient")
      #expect(squared <= most, "a bound is more than 1e-8 above the norm")
    }
  }

  /// Norms to 60 digits, by mpmath: see `true_norms.py`.
  @Test func boundsOfTheTable() throws {
    let path = packageRoot + "Tests/CertifiedBoundsTests/true_norms.txt"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var count = 0
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: " ")
      let (rows, columns) = (try #require(Int(fields[0])), try #require(Int(fields[1])))
      let norm = try #require(Rational(decimal: fields[2]))
      let elements = try fields[3...].map { Float(bitPattern: try #require(UInt32($0, radix: 16))) }
      let matrix = try RealMatrix(rows: rows, columns: columns, elements: elements)
      // The last digit may be rounded down.
      let most = norm * (Rational.one + Rational(1, over: 100_000_000))
      for bound in [try certifiedSpectralNorm(of: matrix).bound, try spectralNormUpperBound(of: matrix)] {
        #expect(Rational(bound.value) >= norm && Rational(bound.value) <= most, "\(line)")
      }
      count += 1
    }
    #expect(count == 60)
  }

  @Test func numbersThatAreNotFiniteAreRefused() {
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(throws: NormFailure.notFinite(element: 3)) {
        try RealMatrix(rows: 2, columns: 2, elements: [1, 2, 3, bad])
      }
    }
    #expect(throws: NormFailure.outOfRange) { try RealMatrix(rows: 1, columns: 1, elements: [1e200]) }
    #expect(throws: NormFailure.outOfRange) { try RealMatrix(rows: 1, columns: 1, elements: [1e-200]) }
  }

  @Test func theLeastAndTheLargestNumbers() throws {
    for value in [Float.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude] {
      let matrix = try RealMatrix(rows: 2, columns: 1, elements: [value, 0])
      let bound = try certifiedSpectralNorm(of: matrix).bound.value
      #expect(bound >= Double(value) && bound <= Double(value) * (1 + 1e-8))
    }
  }

  @Test(arguments: 0..<40) func rowDistancesAreNotBelowTheExactOnes(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let kind: GeneratedMatrix.Kind = seed % 2 == 0 ? .gaussian : .integers
    let made = GeneratedMatrix(kind: kind, sides: 1...20, &generator)
    let distances = rowDistances(of: try made.matrix)
    for i in 0..<made.rows {
      for j in 0..<made.rows {
        let squared = (0..<made.columns).reduce(Rational.zero) { sum, k in
          let difference =
            Rational(made.elements[i * made.columns + k]) - Rational(made.elements[j * made.columns + k])
          return sum + difference * difference
        }
        let bound = distances[i * made.rows + j].value
        #expect(Rational(bound) * Rational(bound) >= squared)
        #expect(
          Rational(bound) * Rational(bound)
            <= squared * (Rational.one + Rational(1, over: 1_000_000_000_000)))
      }
    }
  }
}
