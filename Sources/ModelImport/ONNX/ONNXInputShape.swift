import Diagnostics
import NetworkIR

extension ONNXGraph {
  /// The shape of the graph's input, for a batch of 1: a first dimension that is symbolic, missing, zero or
  /// negative is read as 1.
  func inputShape() throws(Diagnostic) -> TensorShape {
    let location = DiagnosticLocation.file(name: fileName, place: "input `\(printable(input.name))`")
    guard case .tensorType(let tensor) = input.type.value, tensor.hasShape,
      tensor.shape.dim.count <= ONNXTensor.largestRank
    else {
      throw Diagnostic(
        .shapeMismatch, "the input is not a tensor of known shape", at: location,
        cure: "export the model with a fixed input shape")
    }
    guard tensor.elemType == ONNXElementType.float32.rawValue else {
      throw Diagnostic(
        .unsupportedElementType,
        "the input has element type \(ONNXElementType.name(of: tensor.elemType))", at: location,
        cure: "only float32 is supported; convert the model")
    }
    var dimensions: [Int] = []
    for (axis, dimension) in tensor.shape.dim.enumerated() {
      switch dimension.value {
      case .dimValue(let size) where size >= 1:
        dimensions.append(Int(clamping: size))
      case .dimValue, .dimParam, nil:
        guard axis == 0 else {
          throw Diagnostic(
            .shapeMismatch, "dimension \(axis) of the input has no fixed size", at: location,
            cure: "only the first dimension, the batch, may be left open; it is read as 1")
        }
        dimensions.append(1)
      }
    }
    guard let shape = TensorShape(dimensions), shape.elementCount <= Network.maximumElementCount else {
      throw Diagnostic(
        .modelTooLarge, "the input has more than \(Network.maximumElementCount) elements", at: location,
        cure: "use a smaller input, or a batch of 1")
    }
    return shape
  }
}
