import Diagnostics
import NetworkIR

/// A value while an ONNX graph is translated.
enum ONNXValue {
  case computed(ComputedValue)
  case constant(ONNXTensor)

  var dimensions: [Int] {
    switch self {
    case .computed(let value): value.shape.dimensions
    case .constant(let tensor): tensor.dimensions
    }
  }
}

/// A value that depends on the network's input.
struct ComputedValue {
  let id: ValueID
  let shape: TensorShape
}

/// The inputs of a node by position: `nil` for an optional one that is left out, by an empty name or at
/// the end.
///
/// INVARIANT: the inputs that ``ONNXOperator/inputCounts`` requires are there.
struct ONNXOperands {
  let node: ONNXNode
  let values: [ONNXValue?]

  subscript(position: Int) -> ONNXValue? { position < values.count ? values[position] : nil }

  /// The input at `position`, which the operator cannot do without.
  func required(_ position: Int) throws(Diagnostic) -> ONNXValue {
    guard let value = self[position] else { throw node.missingInput }
    return value
  }

  /// All inputs of an operator that takes any number of them.
  func all() throws(Diagnostic) -> [ONNXValue] {
    var result: [ONNXValue] = []
    for position in values.indices { result.append(try required(position)) }
    return result
  }

  /// The input at `position`, which must depend on the network's input.
  func computed(_ position: Int) throws(Diagnostic) -> ComputedValue {
    switch try required(position) {
    case .computed(let value): return value
    case .constant:
      throw node.failure(
        .unsupportedOperator, "\(node.proto.opType) of a constant is not supported",
        cure: "simplify the model first, for example with onnxsim")
    }
  }

  /// The input at `position`, which must not depend on the network's input; `nil` if it is left out.
  ///
  /// - Parameter role: how the standard calls the input.
  func constant(_ position: Int, _ role: String) throws(Diagnostic) -> ONNXTensor? {
    switch self[position] {
    case .constant(let tensor): return tensor
    case nil: return nil
    case .computed:
      throw node.failure(
        .unsupportedOperator, "input `\(role)` of \(node.proto.opType) is computed",
        cure: "it is supported as a constant only; export the model with fixed shapes and weights")
    }
  }

  func requiredConstant(_ position: Int, _ role: String) throws(Diagnostic) -> ONNXTensor {
    guard let tensor = try constant(position, role) else { throw node.missingInput }
    return tensor
  }

  /// The integers of a constant scalar or list; `nil` if the input is left out.
  func integers(_ position: Int, _ role: String) throws(Diagnostic) -> [Int64]? {
    guard let tensor = try constant(position, role) else { return nil }
    guard tensor.dimensions.count <= 1, let integers = tensor.elements.integers else {
      throw node.failure(
        .shapeMismatch, "input `\(role)` of \(node.proto.opType) is not a list of integers",
        cure: "export the model again")
    }
    return integers
  }

  func requiredIntegers(_ position: Int, _ role: String) throws(Diagnostic) -> [Int64] {
    guard let integers = try integers(position, role) else { throw node.missingInput }
    return integers
  }

  /// The one float of a constant; `nil` if the input is left out.
  func float(_ position: Int, _ role: String) throws(Diagnostic) -> Float? {
    guard let tensor = try constant(position, role) else { return nil }
    guard case .floats(let values) = tensor.elements, values.count == 1 else {
      throw node.failure(
        .shapeMismatch, "input `\(role)` of \(node.proto.opType) is not one float32 number",
        cure: "export the model again")
    }
    return values[0]
  }
}

extension ONNXNode {
  var missingInput: Diagnostic {
    failure(
      .modelMalformed, "\(proto.opType) does not have the inputs it needs", cure: "export the model again")
  }
}
