import Diagnostics
import ExactArithmetic
import NetworkIR

/// Imports an NNet file (K. Julian, Stanford 2016; the form in G. Katz et al., "Reluplex", CAV 2017).
///
/// The text, after comment lines that begin with `//`: `layers, inputs, outputs, largest layer`; the
/// sizes of all layers, inputs first; a flag; minima; maxima; means, the output's last; ranges, the
/// output's last; then for each layer its weights, one line a neuron, and its biases, one line each.
/// ReLU between layers, none after the last.
///
/// - Throws: the first error, with its line: nothing after it can be trusted to be in step.
func importNNet(named name: String, bytes: [UInt8]) throws(DiagnosticSet) -> ImportedModel {
  var scanner = NNetScanner(fileName: name, bytes: bytes)
  let sizes = try readSizes(&scanner)
  try readFlag(&scanner)
  let header = try readHeader(&scanner, inputCount: sizes[0])

  var nodes: [Node] = []
  for layer in 1..<sizes.count {
    let affine = try readLayer(
      &scanner, layer: layer, inputCount: sizes[layer - 1], outputCount: sizes[layer])
    let shape = TensorShape.vector(sizes[layer])
    nodes.append(
      Node(
        name: "layer_\(layer)", operation: .affine(affine), operands: [ValueID(index: nodes.count)],
        shape: shape))
    if layer + 1 < sizes.count {
      nodes.append(
        Node(name: "relu_\(layer)", operation: .relu, operands: [ValueID(index: nodes.count)], shape: shape))
    }
  }
  if try scanner.nextLine() != nil {
    throw scanner.failure(
      "text after the last bias", cure: "remove it, or check the layer sizes at the top of the file")
  }
  let network = try Network(
    identity: ModelIdentity(name: name, format: "nnet", hash: ContentHash(of: bytes)),
    inputShape: .vector(sizes[0]), nodes: nodes, output: ValueID(index: nodes.count))
  return ImportedModel(network: network, header: header)
}

/// The sizes of all layers, the inputs first; at least two.
private func readSizes(_ scanner: inout NNetScanner) throws(DiagnosticSet) -> [Int] {
  let cure = "the first line of numbers is `layers, inputs, outputs, largest layer`"
  let counts = try positiveIntegers(
    try scanner.numbers("the line of sizes", count: 4, cure: cure), scanner, cure: cure)
  let texts = try scanner.anyNumbers("the layer sizes")
  guard texts.count - 1 == counts[0] else {
    throw scanner.failure("\(texts.count) layer sizes for \(counts[0]) layers and the inputs", cure: cure)
  }
  let sizes = try positiveIntegers(texts, scanner, cure: "each size is a whole number above zero")
  guard sizes.first == counts[1], sizes.last == counts[2] else {
    throw scanner.failure(
      "the layer sizes begin and end with \(sizes[0]) and \(sizes[sizes.count - 1]), but the line above says"
        + " \(counts[1]) inputs and \(counts[2]) outputs", cure: cure)
  }
  guard sizes.allSatisfy({ $0 <= counts[3] }) else {
    throw scanner.failure("a layer is larger than the largest layer, \(counts[3])", cure: cure)
  }
  return sizes
}

private func positiveIntegers(
  _ texts: [Substring], _ scanner: NNetScanner, cure: String
) throws(DiagnosticSet) -> [Int] {
  try texts.map { (text) throws(DiagnosticSet) in
    guard let value = Int(text), value >= 1, value <= Network.maximumElementCount else {
      throw scanner.failure("`\(text)` is not a size", cure: cure)
    }
    return value
  }
}

/// Most readers skip the flag, but the reference implementation mirrors inputs where it is 1, so a
/// file that sets it means another function than the one imported here.
private func readFlag(_ scanner: inout NNetScanner) throws(DiagnosticSet) {
  let flag = try scanner.numbers(
    "the flag", count: 1, cure: "the line after the layer sizes is `0,`")
  guard Rational(decimal: flag[0]) == .zero else {
    throw scanner.failure(
      "the flag is `\(flag[0])`: symmetric networks are not supported", cure: "only the flag `0` is")
  }
}

private func readHeader(
  _ scanner: inout NNetScanner, inputCount: Int
) throws(DiagnosticSet) -> NNetHeader {
  let minima = try rationals(try scanner.numbers("the minima", count: inputCount), scanner)
  let maxima = try rationals(try scanner.numbers("the maxima", count: inputCount), scanner)
  if let index = minima.indices.first(where: { minima[$0] > maxima[$0] }) {
    throw scanner.failure("the maximum of input \(index) is below its minimum", cure: "swap them")
  }
  let means = try rationals(try scanner.numbers("the means", count: inputCount + 1), scanner)
  let ranges = try rationals(try scanner.numbers("the ranges", count: inputCount + 1), scanner)
  if let index = ranges.firstIndex(where: { $0.signum <= 0 }) {
    throw scanner.failure(
      "range \(index) is not above zero", cure: "inputs are divided by their ranges; write 1 for none")
  }
  return NNetHeader(
    minima: minima, maxima: maxima, means: Array(means.dropLast()), ranges: Array(ranges.dropLast()),
    outputMean: means[inputCount], outputRange: ranges[inputCount])
}

private func rationals(_ texts: [Substring], _ scanner: NNetScanner) throws(DiagnosticSet) -> [Rational] {
  try texts.map { (text) throws(DiagnosticSet) in
    guard let value = Rational(decimal: text) else {
      throw scanner.failure("`\(text)` is not a decimal number", cure: "write it as `-1.5e-03`")
    }
    return value
  }
}

private func readLayer(
  _ scanner: inout NNetScanner, layer: Int, inputCount: Int, outputCount: Int
) throws(DiagnosticSet) -> Affine {
  var rows: [Float] = []
  for neuron in 1...outputCount {
    rows += try floats(&scanner, "the weights of layer \(layer), neuron \(neuron)", count: inputCount)
  }
  var bias: [Float] = []
  for neuron in 1...outputCount {
    bias += try floats(&scanner, "the bias of layer \(layer), neuron \(neuron)", count: 1)
  }
  // The file lists a neuron's weights together; `Affine` wants those of an input together.
  var weights = [Float](repeating: 0, count: rows.count)
  for neuron in 0..<outputCount {
    for input in 0..<inputCount { weights[input * outputCount + neuron] = rows[neuron * inputCount + input] }
  }
  return Affine(inputCount: inputCount, outputCount: outputCount, weights: weights, bias: bias)
}

/// The binary32 numbers nearest to those of the next line.
private func floats(
  _ scanner: inout NNetScanner, _ what: @autoclosure () -> String, count: Int
) throws(DiagnosticSet) -> [Float] {
  if let floats = scanner.shortFloats(count: count) { return floats }
  return try scanner.numbers(what(), count: count).map { (text) throws(DiagnosticSet) in
    try nearestFloat(text, scanner)
  }
}

/// The binary32 number nearest to a decimal literal (`strtof`, which the C standard library rounds
/// correctly).
private func nearestFloat(_ text: Substring, _ scanner: NNetScanner) throws(DiagnosticSet) -> Float {
  guard let value = Float(text), value.isFinite else {
    throw scanner.failure(
      "`\(text)` is beyond the range of binary32", code: .nonFiniteWeight,
      cure: "weights are 32-bit floating-point numbers")
  }
  return value
}
