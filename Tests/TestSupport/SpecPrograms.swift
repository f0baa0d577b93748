import Diagnostics
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// The programs of a specification's networks, with random weights in the place of models.
///
/// - Parameters:
///   - network: the only one wanted; `nil` for all.
///   - hidden: the sizes of the hidden layers.
public func programs(
  ofSpec text: String, network: String? = nil, hidden: [Int] = [3]
) throws -> [SafetyProgram] {
  var diagnostics = DiagnosticSet()
  let syntax = parse(SourceFile(name: "specs/example.ordain", text: text), reportingTo: &diagnostics)
  let spec = try check(syntax, reportingTo: &diagnostics)
  let analysis = analyse(spec, reportingTo: &diagnostics)
  try diagnostics.throwOnError()
  return try spec.networks.indices.filter { network == nil || spec.networks[$0].name == network }.map {
    index in
    let instance = spec.networks[index]
    let interface = spec.interfaces[instance.interface]
    guard let table = analysis.networks[index].table else { throw diagnostics }
    let network = try denseNetwork(
      [interface.inputs.count] + hidden + [interface.outputs.count], seed: UInt64(index))
    return try compose(spec, instance, with: network, table: table)
  }
}

/// Dense layers of the given sizes with ReLU between them.
public func denseNetwork(_ sizes: [Int], seed: UInt64) throws(DiagnosticSet) -> Network {
  var generator = SplitMix64(seed: seed)
  var nodes: [Node] = []
  func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(Int.random(in: -64...64, using: &generator)) / 64 }
  }
  for layer in 1..<sizes.count {
    let affine = Affine(
      inputCount: sizes[layer - 1], outputCount: sizes[layer],
      weights: floats(sizes[layer - 1] * sizes[layer]), bias: floats(sizes[layer]))
    nodes.append(
      Node(
        name: "dense_\(layer)", operation: .affine(affine), operands: [ValueID(index: nodes.count)],
        shape: .vector(sizes[layer])))
    if layer < sizes.count - 1 {
      nodes.append(
        Node(
          name: "relu_\(layer)", operation: .relu, operands: [ValueID(index: nodes.count)],
          shape: .vector(sizes[layer])))
    }
  }
  return try Network(
    identity: ModelIdentity(name: "example.nnet", format: "nnet", hash: ContentHash(of: [1, 2, 3])),
    inputShape: .vector(sizes[0]), nodes: nodes, output: ValueID(index: nodes.count))
}
