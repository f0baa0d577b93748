import Diagnostics
import ModelImport
import NetworkIR
import TestSupport
import Testing

/// Decimals of every length become the nearest floats, however they are read.
@Test func weightsAreTheNearestFloats() throws {
  var random = SplitMix64(seed: 7)
  for round in 0..<sampleCount(200, full: 5_000) {
    let texts = (0..<12).map { _ -> String in
      let digits = (0..<Int.random(in: 1...(round % 2 == 0 ? 8 : 20), using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }
      let point = Int.random(in: 0...digits.count, using: &random)
      let sign = ["", "-", "+"].randomElement(using: &random) ?? ""
      let exponent = ["", "e-03", "e+2", "E10", "e-17", "e-40"].randomElement(using: &random) ?? ""
      let blank = ["", " ", "\t"].randomElement(using: &random) ?? ""
      return blank + sign + digits[..<point].joined() + (point % 3 == 0 ? "" : ".")
        + digits[point...].joined()
        + exponent + blank
    }
    let lines = [
      "1,3,3,3,", "3,3,", "0,", "0,0,0,", "1,1,1,", "0,0,0,0,", "1,1,1,1,",
      texts[0..<3].joined(separator: ","),
      texts[3..<6].joined(separator: ",") + ",", texts[6..<9].joined(separator: ",") + ", ",
      texts[9], texts[10] + ",", texts[11] + ",",
    ]
    var reported = DiagnosticSet()
    let ends = round % 3 == 0 ? "\r\n" : "\n"
    let model = try importModel(
      named: "a.nnet", bytes: Array((lines.joined(separator: ends) + ends).utf8), reportingTo: &reported)
    guard case .affine(let affine) = model.network.nodes[0].operation else {
      Issue.record("no layer")
      return
    }
    let values = texts.map { Float($0.filter { !$0.isWhitespace }) }
    for neuron in 0..<3 {
      for input in 0..<3 {
        #expect(
          affine.weights[input * 3 + neuron].bitPattern == values[neuron * 3 + input]?.bitPattern, "\(texts)")
      }
      #expect(affine.bias[neuron].bitPattern == values[9 + neuron]?.bitPattern, "\(texts)")
    }
  }
}
