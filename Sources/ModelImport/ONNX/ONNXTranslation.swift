import Diagnostics
import NetworkIR

/// A value while an ONNX graph is translated.
enum ONNXValue {
  case computed(ComputedValue)
  case constant(ONNXTensor)
  /// Its node was reported; what reads it is not reported again.
  case failed
}

/// A value that depends on the network's input.
struct ComputedValue {
  let id: ValueID
  let shape: TensorShape
}

/// Translates the nodes of an ONNX graph, in order, into those of a network.
struct ONNXTranslation {
  let graph: ONNXGraph
  let opset: Int
  private let functions: Set<String>
  private(set) var nodes: [Node] = []
  /// Errors, and notes about a model that is imported.
  var found = DiagnosticSet()
  private var values: [String: ONNXValue] = [:]
  private var readNames: Set<String> = []
  private var elementCount = 0
  private var weightCount = 0

  init(graph: ONNXGraph, opset: Int, functions: [Onnx_FunctionProto]) {
    self.graph = graph
    self.opset = opset
    self.functions = Set(functions.filter { isStandardDomain($0.domain) }.map(\.name))
  }

  /// Translates the nodes with the indices `order`.
  ///
  /// - Returns: the graph's output and the shape of its input.
  /// - Throws: the errors of all nodes.
  mutating func translate(
    _ order: [Int]
  ) throws(DiagnosticSet) -> (value: ComputedValue, inputShape: TensorShape) {
    let inputShape: TensorShape
    do throws(Diagnostic) {
      inputShape = try graph.inputShape()
    } catch {
      throw DiagnosticSet([error])
    }
    elementCount = inputShape.elementCount
    values[graph.input.name] = .computed(ComputedValue(id: .networkInput, shape: inputShape))
    for index in order { readNames.formUnion(graph.proto.node[index].input) }
    for index in order {
      let node = graph.node(index)
      do throws(Diagnostic) {
        values[node.proto.output[0]] = try translate(node)
      } catch {
        found.report(error)
        for name in node.proto.output { values[name] = .failed }
      }
    }
    try found.throwOnError()
    do throws(Diagnostic) {
      return (try scores(), inputShape)
    } catch {
      throw DiagnosticSet([error])
    }
  }

  /// The graph's output, if it is one row of scores that depend on the input.
  private mutating func scores() throws(Diagnostic) -> ComputedValue {
    let location = DiagnosticLocation.file(name: graph.fileName, place: "output `\(printable(graph.output))`")
    guard case .computed(let value) = try value(named: graph.output, at: location) else {
      throw Diagnostic(
        .modelMalformed, "the output does not depend on the input", at: location,
        cure: "export the model again")
    }
    if value.shape.dimensions.count(where: { $0 > 1 }) > 1 {
      throw Diagnostic(
        .shapeMismatch, "the output has shape \(value.shape), not one row of scores", at: location,
        cure: "export the model with a batch of 1 and a single row of scores as its output")
    }
    return value
  }

  private mutating func translate(_ node: ONNXNode) throws(Diagnostic) -> ONNXValue {
    let name = node.proto.opType
    if node.isStandard, functions.contains(name) {
      throw node.failure(
        .unsupportedOperator, "operator `\(printable(name))` is redefined by a function of the model",
        cure: "inline the model's functions")
    }
    guard node.isStandard, let operation = ONNXOperator(rawValue: name) else {
      let domain = node.isStandard ? "" : " of domain `\(printable(node.proto.domain))`"
      throw node.failure(
        .unsupportedOperator,
        "operator `\(printable(name))`\(domain) is not supported (operator set \(opset))",
        cure: "supported are: " + ONNXOperator.allCases.map(\.rawValue).joined(separator: ", "))
    }
    guard node.proto.output.count == 1 else {
      throw node.failure(
        .modelMalformed, "\(name) has \(node.proto.output.count) outputs where 1 is expected",
        cure: "export the model again")
    }
    let inputs = node.inputs
    guard operation.inputCounts.contains(inputs.count), !inputs.contains("") else {
      throw node.failure(
        .modelMalformed, "\(name) does not have the inputs it needs", cure: "export the model again")
    }
    var operands: [ONNXValue] = []
    for input in inputs { operands.append(try value(named: input, at: node.location)) }
    let hasFailed = operands.contains { if case .failed = $0 { true } else { false } }
    return hasFailed ? .failed : try translate(operation, node, operands)
  }

  private mutating func translate(
    _ operation: ONNXOperator, _ node: ONNXNode, _ operands: [ONNXValue]
  ) throws(Diagnostic) -> ONNXValue {
    switch operation {
    case .add: try translateElementwise(.add, node, operands[0], operands[1])
    case .sub: try translateElementwise(.subtract, node, operands[0], operands[1])
    case .mul: try translateElementwise(.multiply, node, operands[0], operands[1])
    case .div: try translateElementwise(.divide, node, operands[0], operands[1])
    case .constant: .constant(try translateConstant(node))
    case .flatten: try translateFlatten(node, operands[0])
    case .gemm: try translateGemm(node, operands)
    case .identity: try translateIdentity(node, operands[0])
    case .logSoftmax, .softmax: try translateFinalSoftmax(node, operands[0])
    case .matMul: try translateMatMul(node, operands[0], operands[1])
    case .relu: try translateRelu(node, operands[0])
    case .reshape: try translateReshape(node, operands[0], shape: operands[1])
    }
  }

  /// The value called `name`; an initializer is decoded when it is first read.
  private mutating func value(
    named name: String, at location: DiagnosticLocation
  ) throws(Diagnostic) -> ONNXValue {
    if let value = values[name] { return value }
    switch graph.definitions[name] {
    case .initializer(let index):
      values[name] = .failed
      let tensor = try ONNXTensor(
        graph.proto.initializer[index], "initializer `\(printable(name))`", at: location)
      values[name] = .constant(tensor)
      return .constant(tensor)
    case .sparseInitializer:
      throw Diagnostic(
        .unsupportedElementType, "initializer `\(printable(name))` is sparse", at: location,
        cure: "store weights as dense tensors")
    case .input, .node, nil:
      // INVARIANT: the order puts every node before its readers and reports undefined names.
      return .failed
    }
  }

  /// Whether `name` is the graph's output and nothing else reads it.
  func isFinal(_ name: String) -> Bool { name == graph.output && !readNames.contains(name) }

  /// Appends a node to the network.
  ///
  /// - Parameter suffix: tells the nodes apart that one ONNX node becomes.
  /// - Throws: `modelTooLarge` once all values together are too large.
  mutating func append(
    _ node: ONNXNode, _ operation: Operation, _ operands: [ComputedValue], _ shape: TensorShape,
    suffix: String = ""
  ) throws(Diagnostic) -> ComputedValue {
    try reserve(shape.elementCount, node)
    nodes.append(
      Node(
        name: node.displayName + suffix, operation: operation, operands: operands.map(\.id), shape: shape))
    return ComputedValue(id: .result(ofNodeAt: nodes.count - 1), shape: shape)
  }

  /// Appends a reshape, unless the shape is the same.
  mutating func reshape(
    _ value: ComputedValue, to shape: TensorShape, _ node: ONNXNode, _ suffix: String = ""
  ) throws(Diagnostic) -> ComputedValue {
    value.shape == shape
      ? value : try append(node, .reshape(Reshape(to: shape)), [value], shape, suffix: suffix)
  }

  /// Counts the elements of a value or a broadcast constant about to be made.
  mutating func reserve(_ count: Int, _ node: ONNXNode) throws(Diagnostic) {
    elementCount = try total(elementCount, count, limit: Network.maximumElementCount, node)
  }

  /// Counts weights about to be copied: a small file may read the same initializer a million times.
  mutating func reserveWeights(_ count: Int, _ node: ONNXNode) throws(Diagnostic) {
    weightCount = try total(weightCount, count, limit: largestModelFile / 4, node)
  }

  private func total(_ a: Int, _ b: Int, limit: Int, _ node: ONNXNode) throws(Diagnostic) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard !overflow, sum <= limit else {
      throw node.failure(
        .modelTooLarge, "up to this node the model has more than \(limit) elements",
        cure: "use a smaller input, or a batch of 1")
    }
    return sum
  }
}
