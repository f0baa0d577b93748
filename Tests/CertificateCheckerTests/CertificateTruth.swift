import ExactArithmetic
import Foundation

/// Whether all that a certificate claims is true of the function that it lists, by rationals and the textbook: each
/// bound of a layer, and each pairwise bound as it follows from those. Slow: for layers of few values.
func claimsAreTrue(_ text: Data) throws -> Bool {
  guard let file = try JSONSerialization.jsonObject(with: text) as? [String: Any],
    let layers = file["layers"] as? [[String: Any]], let pairwise = file["pairwise"] as? [[String]],
    var width = file["inputs"] as? Int
  else { return false }
  var squared = Rational(1)
  var last: [[Rational]]?
  for (index, layer) in layers.enumerated() {
    last = nil
    switch layer["rule"] as? String {
    case "dense":
      guard let matrix = matrix(of: layer), let bound = (layer["bound"] as? String).flatMap(rational),
        matrix.count == width, isSemidefinite(residual(matrix, bound * bound))
      else { return false }
      width = matrix[0].count
      if index == layers.count - 1 { last = matrix } else { squared = squared * bound * bound }
    case "minMax": width = 2 * (width / (layer["group"] as? Int ?? 0))
    case "relu", "abs", "clip", "tanh": break
    case "sigmoid": squared = squared / Rational(16)
    case "leakyRelu":
      guard let slope = (layer["slope"] as? String).flatMap(rational) else { return false }
      squared = squared * max(Rational(1), slope * slope)
    default: return false
    }
  }
  guard pairwise.count == width else { return false }
  for i in 0..<width {
    for j in 0..<width where i != j {
      let distance =
        last.map { $0.reduce(Rational.zero) { $0 + ($1[i] - $1[j]) * ($1[i] - $1[j]) } } ?? Rational(2)
      guard let bound = rational(pairwise[i][j]), squared * distance <= bound * bound else { return false }
    }
  }
  return true
}

/// The number that `0x1.8p+3` is.
func rational(_ hexadecimal: String) -> Rational? {
  let parts = hexadecimal.dropFirst(2).split(separator: "p")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return nil }
  let point = parts[0].firstIndex(of: ".").map { parts[0].distance(from: $0, to: parts[0].endIndex) - 1 } ?? 0
  let digits = parts[0].compactMap(\.hexDigitValue).reduce(Rational.zero) { $0 * Rational(16) + Rational($1) }
  return digits * Rational(powerOfTwo: exponent - 4 * point)
}

/// The weights of a layer, a row for each input.
private func matrix(of layer: [String: Any]) -> [[Rational]]? {
  guard let base64 = layer["weights"] as? String, let bytes = Data(base64Encoded: base64),
    let outputs = layer["outputs"] as? Int
  else { return nil }
  let weights = stride(from: 0, to: bytes.count, by: 4).map { start in
    Rational(Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }))
  }
  return stride(from: 0, to: weights.count, by: outputs).map { Array(weights[$0..<$0 + outputs]) }
}

/// bound^2 I - W W^T.
private func residual(_ matrix: [[Rational]], _ squaredBound: Rational) -> [[Rational]] {
  matrix.indices.map { i in
    matrix.indices.map { j in
      zip(matrix[i], matrix[j]).reduce(i == j ? squaredBound : .zero) { $0 - $1.0 * $1.1 }
    }
  }
}

/// By elimination: no pivot is negative, and below a pivot of zero there are zeros.
private func isSemidefinite(_ matrix: [[Rational]]) -> Bool {
  var s = matrix
  for k in s.indices {
    if s[k][k].signum < 0 { return false }
    for i in s.indices.dropFirst(k + 1) where s[i][k].signum != 0 {
      if s[k][k].signum == 0 { return false }
      let quotient = s[i][k] / s[k][k]
      for j in s.indices.dropFirst(k) { s[i][j] = s[i][j] - quotient * s[k][j] }
    }
  }
  return true
}
