import Diagnostics
import ExactArithmetic
import SpecificationLanguage
import TestSupport
import Testing

/// Numbers as they are shown, and values as they are given on a command line.
@Suite struct NumbersInText {
  /// What is shown is the value, or, with `...`, its first digits cut off.
  @Test func shownNumbersAreTrue() throws {
    var random = SplitMix64(seed: 21)
    for round in 0..<3_000 {
      let decimal = Decimal.random(using: &random)
      let divisor = round % 3 == 0 ? Rational(Int.random(in: 1...5_000, using: &random)) : .one
      let value = decimal.value / divisor
      let shown = exactText(value)
      if let slash = shown.firstIndex(of: "/") {
        let numerator = try #require(Rational(decimal: shown[..<slash]))
        let denominator = try #require(Rational(decimal: shown[shown.index(after: slash)...]))
        #expect(numerator / denominator == value, "\(shown)")
        continue
      }
      let digits = try #require(Rational(decimal: shown.replacing("...", with: "")), "\(shown)")
      if !shown.contains("...") {
        #expect(digits == value, "\(shown)")
      } else {
        let (near, far) = (digits.magnitude, value.magnitude)
        #expect(near <= far && far - near < far / Rational(10).power(16), "\(shown) for \(value)")
        #expect(digits.signum == value.signum)
      }
      #expect(shown.utf8.count <= 32)
    }
    #expect(exactText(Rational(-1, over: 3)) == "-1/3")
    #expect(exactText(Rational(15, over: 100)) == "0.15")
    #expect(exactText(Rational(10).power(20)) == "1.0000000000000000...e20")
  }

  private static let text = """
    ordain 1
    spec "t" 1.0.0
    param far = 2 km
    interface I {
      inputs {
        t : degC
        x[2] : m
        p : %
      }
      outputs { yes, no choose highest }
    }
    network N : I from "n.onnx"
    """

  private static func values(_ text: String) throws -> [Rational] {
    var diagnostics = DiagnosticSet()
    let syntax = parse(SourceFile(name: "test.ordain", text: Self.text), reportingTo: &diagnostics)
    let tree = SpecTree(root: syntax, reportingTo: &diagnostics) { (path) throws(DiagnosticSet) in
      SourceFile(name: path, text: "")
    }
    return try inputValues(SourceFile(name: "values", text: text), interface: 0, of: tree)
  }

  @Test func inputsTakeExactValues() throws {
    let found = try Self.values("x[1] = far, t: -5 degC, p = 12.5, x[0] = -0.1 ft")
    #expect(
      found == [Rational(-5), Rational(-3048, over: 100_000), Rational(2000), Rational(25, over: 2)])
    #expect(try Self.values("x[1] = 1, t = 0 degF, p = 5 %, x[0] = 2")[0] == Rational(-160, over: 9))
  }

  @Test(arguments: [
    ("t = 5 degC", "ORD0904"), ("t = 5 m, x[0] = 1, x[1] = 1, p = 1", "ORD0302"), ("tt = 5", "ORD0201"),
    ("t = 1, t = 2", "ORD0202"), ("t 5", "ORD0102"), ("t = x[0]", "ORD0313"), ("x[2] = 1", "ORD0206"),
  ])
  func wrongValuesAreExplained(_ text: String, _ code: String) {
    #expect {
      try Self.values(text)
    } throws: { error in
      (error as? DiagnosticSet)?.diagnostics.contains { $0.code.rawValue == code } == true
    }
  }
}
