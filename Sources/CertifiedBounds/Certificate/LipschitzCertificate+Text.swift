import Diagnostics
import NetworkIR

extension LipschitzCertificate {
  /// The file: JSON, whose meaning the article <doc:Certificates> defines.
  public var text: String {
    let rows = stride(from: 0, to: pairwise.count, by: network.outputCount).map { start in
      pairwise[start..<start + network.outputCount].map { quoted($0.hexadecimal) }.joined(separator: ", ")
    }
    return """
      {
        "format": "ordain certificate 1",
        "statement": "|y_i(x) - y_j(x) - y_i(z) + y_j(z)| <= pairwise[i][j] ||x - z||_2 for all real x, z",
        "model": \(quoted(network.identity.hash.description)),
        "inputs": \(network.inputCount),
        "outputs": \(network.outputCount),
        "layers": [
          \(layers.map(\.text).joined(separator: ",\n    "))
        ],
        "pairwise": [
          \(rows.map { "[\($0)]" }.joined(separator: ",\n    "))
        ]
      }

      """
  }
}

extension LipschitzCertificate.Layer {
  fileprivate var text: String {
    switch self {
    case .dense(let affine, let certificate, let bound):
      let weights = affine.weights.flatMap { littleEndian($0.bitPattern) }
      return """
        {
              "rule": "dense",
              "inputs": \(affine.inputCount),
              "outputs": \(affine.outputCount),
              "weights": \(quoted(base64(weights))),
              "sha256": \(quoted(ContentHash(of: weights).description)),
              "fractionBits": \(certificate.fractionBits),
              "exponent": \(certificate.exponent),
              "threshold": \(quoted(certificate.threshold.description)),
              "factor": \(quoted(base64(certificate.factor.flatMap { littleEndian(UInt64(bitPattern: $0)) }))),
              "bound": \(quoted(bound.hexadecimal))
            }
        """
    case .activation(let rule): return "{ \"rule\": \(quoted(rule)) }"
    case .leakyRelu(let slope):
      let magnitude = UpperBound(Double(slope.magnitude))
      return "{ \"rule\": \"leakyRelu\", \"slope\": \(quoted(magnitude.hexadecimal)) }"
    case .minMax(let group): return "{ \"rule\": \"minMax\", \"group\": \(group) }"
    }
  }
}

/// - Requires: nothing in it needs an escape.
private func quoted(_ text: String) -> String { "\"\(text)\"" }

private func littleEndian<T: FixedWidthInteger & UnsignedInteger>(_ integer: T) -> [UInt8] {
  stride(from: 0, to: T.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: integer >> $0) }
}

extension UpperBound {
  /// All bits, as C's `%a` prints them: `0x1.8p+3`.
  ///
  /// - Requires: it is finite.
  fileprivate var hexadecimal: String {
    precondition(value.isFinite, "only finite bounds are written")
    if value == 0 { return "0x0p+0" }
    let digits = String(value.significand.significandBitPattern | 1 << 52, radix: 16).dropFirst()
    let fraction = digits.reversed().drop { $0 == "0" }.reversed()
    return
      "0x1\(fraction.isEmpty ? "" : ".")\(String(fraction))p\(value.exponent < 0 ? "" : "+")\(value.exponent)"
  }
}
