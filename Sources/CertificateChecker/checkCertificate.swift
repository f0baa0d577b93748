// Trusted: what it accepts is true of the function that the file lists.
import Foundation

/// Checks that the bounds in a certificate follow from the weights in it (see the article Certificates).
///
/// - Returns: the hashes of the model's file, which is the certificate's word, and of each dense layer's weights.
/// - Throws: the first reason why not.
public func checkCertificate(_ text: Data) throws(Rejection) -> (model: String, weights: [String]) {
  guard let file = try? JSONDecoder().decode(CertificateFile.self, from: text),
    text.count(where: { $0 == UInt8(ascii: ":") }) == file.fieldCount
  else { throw Rejection(reason: "it has not the fields of a certificate") }
  try require(file.format == "ordain certificate 1" && file.statement == claim, "unknown format")
  try require(file.model.utf8.count == 64 && file.model.allSatisfy(\.isHexDigit), "`model` is not SHA-256")
  try require(file.layers.count <= 1000, "too many layers")

  // A chain: between two layers lie `width` values, as a function of the input with the Lipschitz constant `constant`.
  var (width, constant) = (file.inputs, Dyadic(1))
  var last: DenseLayer?
  for (index, layer) in file.layers.enumerated() {
    switch layer.rule {
    case "dense":
      let dense = try DenseLayer(layer)
      try require(dense.inputs == width, "a layer does not fit to the one before")
      width = dense.outputs
      if index == file.layers.count - 1 { last = dense } else { constant = constant * dense.bound }
    case "minMax":
      // The least and the largest of each group are elements of the sorted group.
      let group = layer.group ?? 0
      try require(group >= 2 && width % group == 0, "a bad group")
      width = width / group * 2
    case "relu", "abs", "clip", "tanh": break
    case "sigmoid": constant = constant * Dyadic(1, exponent: -2)
    case "leakyRelu":
      let slope = try Dyadic(hexadecimal: layer.slope ?? "")
      if !(slope <= Dyadic(1)) { constant = constant * slope }
    default: throw Rejection(reason: "an unknown rule")
    }
  }
  try require(width == file.outputs && (1...1 << 15).contains(width), "another number of outputs")
  try require(
    file.pairwise.map(\.count) == Array(repeating: width, count: width), "not a bound for each pair")
  let columns = last.map { last in
    (0..<width).map { j in (0..<last.inputs).map { last.weights[$0 * width + j] } }
  }
  for i in 0..<width {
    for j in 0..<width {
      // Two coordinates of a vector differ by at most sqrt 2 times its length.
      let distance = columns.map { squaredDistance($0[i], $0[j]) } ?? Dyadic(i == j ? 0 : 2)
      let bound = try Dyadic(hexadecimal: file.pairwise[i][j])
      try require(constant * constant * distance <= bound * bound, "the bound of \(i) and \(j) is not proved")
    }
  }
  return (file.model, file.layers.compactMap(\.sha256))
}

private let claim = "|y_i(x) - y_j(x) - y_i(z) + y_j(z)| <= pairwise[i][j] ||x - z||_2 for all real x, z"
