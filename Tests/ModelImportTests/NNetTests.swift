import Diagnostics
import ExactArithmetic
import ModelImport
import NetworkIR
import TestSupport
import Testing

/// Two inputs, three neurons, two outputs.
let smallNNet = """
  // a comment, with some UTF-8: café
  2,2,2,3,
  2,3,2,
  0,
  -1.0,-2.0,
  1.0,2.0,
  0.0,0.5,1.25,
  1.0,2.0,10.0,
  1.0,2.0,
  3.0,4.0,
  5.0,-6.0,
  0.1,
  0.2,
  0.3,
  1.0,2.0,3.0,
  4.0,5.0,6.0,
  0.5,
  -0.5,

  """

private func imported(_ text: String) throws(DiagnosticSet) -> ImportedModel {
  var reported = DiagnosticSet()
  return try importModel(named: "folder/small.nnet", bytes: Array(text.utf8), reportingTo: &reported)
}

@Suite struct NNetTests {
  @Test func readsNetworkAndHeader() throws {
    let model = try imported(smallNNet)
    #expect(
      model.network.description == """
        network `small.nnet` (nnet)
        %0 = input [2]
        %1 = affine %0 [3] `layer_1`
        %2 = relu %1 [3] `relu_1`
        %3 = affine %2 [2] `layer_2`
        output %3

        """)
    let header = try #require(model.header)
    #expect(header.minima == [Rational(-1), Rational(-2)])
    #expect(header.maxima == [Rational(1), Rational(2)])
    #expect(header.means == [.zero, Rational(1, over: 2)])
    #expect(header.ranges == [.one, Rational(2)])
    #expect(header.outputMean == Rational(5, over: 4))
    #expect(header.outputRange == Rational(10))
    // relu(1 + 2 * 2 + 0.1, 3 + 4 * 2 + 0.2, 5 - 6 * 2 + 0.3) = (5.1, 11.2, 0)
    let scores = model.network.evaluate([1, 2])
    #expect(abs(scores[0] - 28) < 1e-5 && abs(scores[1] - 75.9) < 1e-5)
  }

  @Test func lineEndsSpacesAndMissingCommasDoNotMatter() throws {
    let plain = try imported(smallNNet)
    let spaced = smallNNet.split(separator: "\n").map {
      $0.hasPrefix("//") ? "\($0)" : " " + $0.dropLast().split(separator: ",").joined(separator: " ,\t")
    }.joined(separator: "\r\n")
    let other = try imported(spaced)
    #expect(other.header == plain.header)
    #expect(other.network.evaluate([0.25, -0.75]) == plain.network.evaluate([0.25, -0.75]))
  }

  /// Decimal text becomes the nearest binary32 number, also where it lies next to the middle between two.
  @Test func weightsAreRoundedToNearest() throws {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<400 {
      let low = Float(bitPattern: UInt32.random(in: 0..<0x7F7F_FFFF, using: &generator))
      let middle = (Rational(low) + Rational(low.nextUp)) / Rational(2)
      let text = decimalText(middle)
      let expected = try #require(Rational(decimal: text)?.nearestFloat)
      let model = try imported(smallNNet.replacing("5.0,-6.0,", with: "\(text),-6.0,"))
      guard case .affine(let affine) = model.network.nodes[0].operation else {
        Issue.record("the first node is affine")
        return
      }
      #expect(affine.weight(input: 0, output: 2).bitPattern == expected.bitPattern, "\(text)")
    }
  }

  /// About 40 significant digits of a positive rational: beyond what a double holds, cut or rounded up by one
  /// unit in the last place at random would both be near the middle.
  private func decimalText(_ value: Rational) -> String {
    var exponent = 0
    var scaled = value
    let ten = Rational(10)
    while scaled >= ten.power(40) { (scaled, exponent) = (scaled / ten, exponent + 1) }
    while scaled < ten.power(39) { (scaled, exponent) = (scaled * ten, exponent - 1) }
    let numerator = scaled.numerator.description
    let denominator = scaled.denominator
    if denominator == .one { return "\(numerator)e\(exponent)" }
    // The integer part: long division on digits, as rationals have no floor.
    var remainder = Rational.zero
    var digits = ""
    for digit in numerator {
      remainder = remainder * ten + Rational(digit.wholeNumberValue ?? 0)
      var quotient = 0
      while remainder >= denominator { (remainder, quotient) = (remainder - denominator, quotient + 1) }
      digits += String(quotient)
    }
    return String(digits.drop { $0 == "0" }) + "e\(exponent)"
  }
}
