import CertifiedBounds
import CompilerDriver
import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport
import Testing

/// What a program's normalisation is off by, against the same in rationals: over the whole domain, no more than the bound.
@Suite struct NormalizationErrorTests {
  private func interface(_ inputs: String) throws -> Interface {
    let text = """
      ordain 1
      spec "n" 1.0.0
      interface I {
        inputs { \(inputs) }
        outputs { a, b choose highest }
      }
      network Net : I from "net.onnx"
      enforce p { when x < 0 then choose a }

      """
    return try CompiledSpec(text).spec.interfaces[0]
  }

  @Test(arguments: [
    "0 .. 255 normalize x / 255", "0 .. 1", "-1 .. 1 normalize x * 3", "0 .. 1e-42 normalize x * 0.1",
    "0 .. 10 normalize (x - 0.1) / 0.3", "100 .. 101 normalize (x - 100.3) * 1e6",
    "-3 .. 5 normalize (x - 16777217) / 7", "0 .. 60760 normalize (x - 19791.091) / 60261",
  ])
  func errorsAreWithinTheirBounds(declaration: String) throws {
    let interface = try interface("x : 1 in " + declaration)
    let input = interface.inputs[0]
    let bound = ValueBound(ofInputs: interface)
    let float = FloatNormalization(input.normalization)
    var generator = SplitMix64(seed: 41)
    var largest = Rational.zero
    for index in 0..<2000 {
      let x: Float =
        switch index {
        case 0: input.lowest
        case 1: input.highest
        case 2: min(max(0, input.lowest), input.highest)
        default: Float.random(in: input.lowest...input.highest, using: &generator)
        }
      let exact = (Rational(x) - input.normalization.center) * input.normalization.scale
      let error = (Rational(float(x)) - exact).magnitude
      #expect(error <= Rational(bound.error.value), "\(x)")
      #expect(exact.magnitude <= Rational(bound.magnitude.value), "\(x)")
      largest = max(largest, error)
    }
    // Tight up to small factors.
    #expect(largest * Rational(4) >= Rational(bound.error.value) || bound.error.value < 0x1p-147)
  }

  @Test func inputsAddUp() throws {
    let one = ValueBound(ofInputs: try interface("x : 1 in 0 .. 3 normalize x * 0.1"))
    let four = ValueBound(
      ofInputs: try interface("x : 1 in 0 .. 3 normalize x * 0.1\n y[3] : 1 in 0 .. 3 normalize y * 0.1"))
    #expect(four.error.value >= 2 * one.error.value && four.error.value <= 2.000001 * one.error.value)
    #expect(four.magnitude.value >= 0.6 && four.magnitude.value <= 0.600001)
    let plain = ValueBound(ofInputs: try interface("x : 1 in -2 .. 1"))
    #expect(plain.error == .zero && plain.magnitude.value >= 2 && plain.magnitude.value < 2.000001)
    // Subtracting may overflow.
    let wide = ValueBound(ofInputs: try interface("x : 1 in 0 .. 3e38 normalize (x + 3e38) / 2"))
    #expect(wide.error == .infinity)
  }
}
