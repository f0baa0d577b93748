import Diagnostics

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The graph of an ONNX model with its names resolved: where each value comes from, what the one input
/// and the one output are, and in which order the nodes that matter are computed.
struct ONNXGraph {
  enum Definition {
    case input
    case initializer(Int)
    case sparseInitializer
    case node(Int)
  }

  let fileName: String
  private(set) var proto: Onnx_GraphProto
  private(set) var definitions: [String: Definition] = [:]
  private(set) var input = Onnx_ValueInfoProto()
  private(set) var output = ""

  /// - Throws: several inputs or outputs, and names defined twice.
  init(_ proto: Onnx_GraphProto, fileName: String) throws(DiagnosticSet) {
    self.proto = proto
    self.fileName = fileName
    var found = DiagnosticSet()
    define(reportingTo: &found)
    // Up to IR version 3 every initializer is listed as an input as well.
    let constants = Set(proto.initializer.map(\.name) + proto.sparseInitializer.map(\.values.name))
    let inputs = proto.input.filter { !constants.contains($0.name) }
    for (count, what, names) in [
      (inputs.count, "inputs", inputs.map(\.name)), (proto.output.count, "outputs", proto.output.map(\.name)),
    ] where count != 1 {
      let shown = names.prefix(5).map { "`\(printable($0))`" }.joined(separator: ", ")
      found.report(
        Diagnostic(
          .multipleInputsOrOutputs,
          "the graph has \(count) \(what)" + (names.isEmpty ? "" : ": \(shown)\(count > 5 ? ", ..." : "")"),
          at: .file(name: fileName, place: nil),
          cure: "a network has exactly one input and one output; cut the model to them when exporting"))
    }
    if inputs.count == 1, definitions.updateValue(.input, forKey: inputs[0].name) != nil {
      found.report(duplicate(inputs[0].name))
    }
    try found.throwOnError()
    do { try checkOutputType() } catch { throw DiagnosticSet([error]) }
    input = inputs[0]
    output = proto.output[0].name
  }

  /// A type that is not given follows from the input's.
  private func checkOutputType() throws(Diagnostic) {
    let output = proto.output[0]
    guard output.hasType else { return }
    let type = output.type.tensorType.elemType
    guard case .tensorType? = output.type.value, type == ONNXElementType.float32.rawValue else {
      throw Diagnostic(
        .unsupportedElementType, "the output has element type \(ONNXElementType.name(of: type))",
        at: .file(name: fileName, place: "output `\(printable(output.name))`"),
        cure: "only float32 is supported; convert the model")
    }
  }

  /// Lets go of an initializer's data, which nothing reads any more.
  mutating func releaseInitializer(_ index: Int) { proto.initializer[index].rawData = Data() }

  func node(_ index: Int) -> ONNXNode { ONNXNode(proto: proto.node[index], index: index, fileName: fileName) }

  private mutating func define(reportingTo found: inout DiagnosticSet) {
    for (index, tensor) in proto.initializer.enumerated()
    where definitions.updateValue(.initializer(index), forKey: tensor.name) != nil {
      found.report(duplicate(tensor.name))
    }
    for tensor in proto.sparseInitializer
    where definitions.updateValue(.sparseInitializer, forKey: tensor.values.name) != nil {
      found.report(duplicate(tensor.values.name))
    }
    for (index, node) in proto.node.enumerated() {
      for name in node.output where !name.isEmpty {
        if definitions.updateValue(.node(index), forKey: name) != nil { found.report(duplicate(name)) }
      }
    }
  }

  private func duplicate(_ name: String) -> Diagnostic {
    Diagnostic(
      .modelMalformed, "value `\(printable(name))` is defined twice", at: .file(name: fileName, place: nil),
      cure: "the file is damaged; export the model again")
  }
}
