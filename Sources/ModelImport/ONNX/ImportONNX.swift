import Diagnostics
import NetworkIR
import SwiftProtobuf

/// The ai.onnx operator sets whose meaning this importer was checked against.
private let supportedOpsets = 7...28

/// Imports an ONNX model.
///
/// Supported are the operators of ``ONNXOperator`` from operator set 7 on, on 32-bit floats, with exactly
/// one input, one output and a batch of 1 (a symbolic, zero or negative first dimension of the input is
/// read as 1). A Softmax that ends the model is dropped with a note.
///
/// - Throws: the errors of the first of these steps that fails, all of that step at once: decoding,
///   operator set, names of the graph, order of the graph, the nodes, the network's invariants.
func importONNX(
  named name: String, bytes: consuming [UInt8], reportingTo diagnostics: inout DiagnosticSet
) throws(DiagnosticSet) -> ImportedModel {
  // Of a large model the bytes are let go once they are decoded.
  let (model, hash) = try decode(bytes, fileName: name)
  let opset = try opsetVersion(of: model, fileName: name)
  let graph = try ONNXGraph(model.graph, fileName: name)
  let order = try graph.nodesInOrder()
  var translation = ONNXTranslation(graph: graph, opset: opset, functions: model.functions)
  let output = try translation.translate(order)
  let withoutSoftmax =
    translation.found.contains { $0.code == .softmaxDropped }
    ? ", without its final softmax: scores are those before it" : ""
  let network = try Network(
    identity: ModelIdentity(name: name, format: "onnx opset \(opset)" + withoutSoftmax, hash: hash),
    inputShape: output.inputShape, nodes: translation.nodes, output: output.value.id
  ).sinkingTransposes().foldingPaddingIntoConvolution().fusingBias()
  diagnostics.report(contentsOf: translation.found)
  return ImportedModel(network: network, header: nil)
}

private func decode(
  _ bytes: consuming [UInt8], fileName: String
) throws(DiagnosticSet) -> (Onnx_ModelProto, ContentHash) {
  var options = BinaryDecodingOptions()
  options.discardUnknownFields = true
  let place = DiagnosticLocation.file(name: fileName, place: nil)
  let hash = ContentHash(of: copy bytes)
  let model: Onnx_ModelProto
  do {
    model = try Onnx_ModelProto(serializedBytes: bytes, options: options)
  } catch {
    throw DiagnosticSet([
      Diagnostic(
        .modelMalformed, "the file is not an ONNX model", at: place,
        cure: "the file is damaged, cut short, or in another format (Git LFS pointers are small text files)")
    ])
  }
  guard model.hasGraph else {
    throw DiagnosticSet([
      Diagnostic(.modelMalformed, "the model has no graph", at: place, cure: "export the model again")
    ])
  }
  return (model, hash)
}

private func opsetVersion(of model: Onnx_ModelProto, fileName: String) throws(DiagnosticSet) -> Int {
  let versions = model.opsetImport.filter { isStandardDomain($0.domain) }.map(\.version)
  if versions.count == 1, let version = Int(exactly: versions[0]), supportedOpsets.contains(version) {
    return version
  }
  let problem =
    switch versions.count {
    case 0: "the model does not say which ai.onnx operator set it uses"
    case 1: "ai.onnx operator set \(versions[0]) is not supported"
    default: "the model names \(versions.count) ai.onnx operator sets"
    }
  throw DiagnosticSet([
    Diagnostic(
      .unsupportedOpset, problem, at: .file(name: fileName, place: nil),
      cure: "export with operator set \(supportedOpsets.lowerBound) to \(supportedOpsets.upperBound)")
  ])
}
