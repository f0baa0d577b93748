import Diagnostics

/// The attributes of a node, read by name and type.
///
/// An attribute that the translation does not know is an error: it could change what the node means.
struct ONNXAttributes {
  private let node: ONNXNode
  private var byName: [String: Onnx_AttributeProto] = [:]

  /// `AttributeProto.AttributeType`.
  private enum Kind: Int32 {
    case float = 1
    case int = 2
    case string = 3
    case tensor = 4
    case floats = 6
    case ints = 7
    case strings = 8
  }

  init(of node: ONNXNode, allowed: [String]) throws(Diagnostic) {
    self.node = node
    for attribute in node.proto.attribute {
      let name = printable(attribute.name)
      guard allowed.contains(attribute.name) else {
        throw node.failure(
          .unsupportedAttribute, "attribute `\(name)` of \(node.proto.opType) is not supported",
          cure: allowed.isEmpty
            ? "the operator is supported without attributes"
            : "supported are: \(allowed.joined(separator: ", "))")
      }
      guard attribute.refAttrName.isEmpty else {
        throw node.failure(
          .unsupportedAttribute, "attribute `\(name)` refers to an attribute of a function",
          cure: "inline the model's functions")
      }
      guard byName.updateValue(attribute, forKey: attribute.name) == nil else {
        throw node.failure(
          .modelMalformed, "attribute `\(name)` is given twice", cure: "export the model again")
      }
    }
  }

  func contains(_ name: String) -> Bool { byName[name] != nil }

  func float(_ name: String, default fallback: Float) throws(Diagnostic) -> Float {
    let value = try attribute(name, .float, isPresent: \.hasF)?.f ?? fallback
    guard value.isFinite else {
      throw node.failure(
        .nonFiniteWeight, "attribute `\(name)` of \(node.proto.opType) is \(value)",
        cure: "every number of a model must be finite")
    }
    return value
  }

  func integer(_ name: String, default fallback: Int64) throws(Diagnostic) -> Int64 {
    try attribute(name, .int, isPresent: \.hasI)?.i ?? fallback
  }

  func floats(_ name: String) throws(Diagnostic) -> [Float] {
    try attribute(name, .floats, isPresent: { !$0.floats.isEmpty })?.floats ?? []
  }

  func integers(_ name: String) throws(Diagnostic) -> [Int64] {
    try attribute(name, .ints, isPresent: { !$0.ints.isEmpty })?.ints ?? []
  }

  /// The text; bytes that are not UTF-8 are replaced, so that they equal no word of the standard.
  func string(_ name: String, default fallback: String) throws(Diagnostic) -> String {
    try attribute(name, .string, isPresent: \.hasS).map { String(decoding: $0.s, as: UTF8.self) } ?? fallback
  }

  func strings(_ name: String) throws(Diagnostic) -> [String] {
    try attribute(name, .strings, isPresent: { !$0.strings.isEmpty })?.strings
      .map { String(decoding: $0, as: UTF8.self) } ?? []
  }

  func tensor(_ name: String) throws(Diagnostic) -> Onnx_TensorProto? {
    try attribute(name, .tensor, isPresent: \.hasT)?.t
  }

  /// The attribute, if it is there and of the kind wanted. Old files have no kind: then the field
  /// decides. Files with one may leave out a field that is zero or empty.
  private func attribute(
    _ name: String, _ kind: Kind, isPresent: (Onnx_AttributeProto) -> Bool
  ) throws(Diagnostic) -> Onnx_AttributeProto? {
    guard let attribute = byName[name] else { return nil }
    let isRight = attribute.type == 0 ? isPresent(attribute) : attribute.type == kind.rawValue
    guard isRight else {
      throw node.failure(
        .modelMalformed, "attribute `\(name)` is not of the type that \(node.proto.opType) expects",
        cure: "export the model again")
    }
    return attribute
  }
}
