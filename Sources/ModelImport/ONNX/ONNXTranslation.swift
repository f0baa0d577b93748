import Diagnostics
import NetworkIR

/// Translates the nodes of an ONNX graph, in order, into those of a network.
struct ONNXTranslation {
  private(set) var graph: ONNXGraph
  let opset: Int
  private let functions: Set<String>
  private(set) var nodes: [Node] = []
  /// Errors, and notes about a model that is imported.
  var found = DiagnosticSet()
  private var values: [String: ONNXValue] = [:]
  /// Values whose node or initializer was reported; what reads them is not reported again.
  private var failed: Set<String> = []
  private var readCounts: [String: Int] = [:]
  /// The names that a computed value has: several after operators that change nothing.
  private var names: [ValueID: [String]] = [:]
  /// See `noteLayer`.
  var layers: [ValueID: Int] = [:]
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
    names[.networkInput] = [graph.input.name]
    values[graph.input.name] = .computed(ComputedValue(id: .networkInput, shape: inputShape))
    for index in order { for name in graph.proto.node[index].input { readCounts[name, default: 0] += 1 } }
    for index in order {
      let node = graph.node(index)
      do throws(Diagnostic) {
        try translate(node)
      } catch {
        found.report(error)
        failed.formUnion(node.outputs.filter { !$0.isEmpty })
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

  private mutating func translate(_ node: ONNXNode) throws(Diagnostic) {
    let name = node.proto.opType
    if node.isStandard, functions.contains(name) {
      throw node.failure(
        .unsupportedOperator, "operator `\(printable(name))` is redefined by a function of the model",
        cure: "inline the model's functions")
    }
    guard node.isStandard, let operation = ONNXOperator(rawValue: name) else {
      throw node.unsupportedOperator(opset: opset)
    }
    let inputs = node.inputs
    guard operation.inputCounts.contains(inputs.count),
      !inputs.prefix(operation.inputCounts.lowerBound).contains("")
    else { throw node.missingInput }
    let outputs = node.outputs
    guard operation.outputCounts.contains(outputs.count) else {
      throw node.failure(
        .modelMalformed,
        "\(name) has \(outputs.count) outputs where \(operation.outputCounts.upperBound) "
          + "is the most", cure: "export the model again")
    }
    var operands: [ONNXValue?] = []
    for input in inputs {
      operands.append(input.isEmpty ? nil : try value(named: input, at: node.location))
    }
    if !failed.isDisjoint(with: inputs) { return failed.formUnion(outputs.filter { !$0.isEmpty }) }
    let results = try translate(operation, node, ONNXOperands(node: node, values: operands))
    for (name, result) in zip(outputs, results) where !name.isEmpty {
      values[name] = result
      if case .computed(let value) = result { names[value.id, default: []].append(name) }
    }
    for (position, name) in outputs.enumerated() where position >= results.count && isRead(name) {
      throw node.failure(
        .unsupportedOperator,
        "output \(position) of \(node.proto.opType), `\(printable(name))`, is not supported",
        cure: "export the model without it")
    }
  }

  /// The value called `name`, `nil` if it failed; an initializer is decoded when it is first read.
  private mutating func value(
    named name: String, at location: DiagnosticLocation
  ) throws(Diagnostic) -> ONNXValue? {
    if let value = values[name] { return value }
    if failed.contains(name) { return nil }
    switch graph.definitions[name] {
    case .initializer(let index):
      failed.insert(name)
      let tensor = try ONNXTensor(
        graph.proto.initializer[index], "initializer `\(printable(name))`", at: location)
      failed.remove(name)
      graph.releaseInitializer(index)
      // What one node reads need not be kept for others.
      if name == graph.output || (readCounts[name] ?? 0) > 1 { values[name] = .constant(tensor) }
      return .constant(tensor)
    case .sparseInitializer:
      throw Diagnostic(
        .unsupportedElementType, "initializer `\(printable(name))` is sparse", at: location,
        cure: "store weights as dense tensors")
    case .input, .node, nil:
      // INVARIANT: the order puts every node before its readers and reports undefined names.
      return nil
    }
  }

  /// Whether `name` is the graph's output and nothing else reads it.
  func isFinal(_ name: String) -> Bool { name == graph.output && readCounts[name] == nil }

  /// Whether one node reads `value`, apart from those that gave it a further name, and the graph does not end
  /// with it.
  func isReadOnce(_ value: ComputedValue) -> Bool {
    (names[value.id] ?? []).allSatisfy { $0 != graph.output && readCounts[$0] == 1 }
  }

  /// - Requires: a node at `position`, whose result has the same shape by `operation`.
  mutating func replaceOperation(at position: Int, by operation: Operation) {
    let node = nodes[position]
    nodes[position] = Node(name: node.name, operation: operation, operands: node.operands, shape: node.shape)
  }

  /// Whether a node reads the value, or it is the graph's output.
  func isRead(_ name: String) -> Bool {
    !name.isEmpty && (name == graph.output || readCounts[name] != nil)
  }

  /// Appends a node to the network.
  ///
  /// - Parameter suffix: tells the nodes apart that one ONNX node becomes.
  /// - Throws: `shapeMismatch` where the operands don't fit, `modelTooLarge` once all values together are too
  ///   large.
  mutating func append(
    _ node: ONNXNode, _ operation: Operation, _ operands: [ComputedValue], suffix: String = ""
  ) throws(Diagnostic) -> ComputedValue {
    let shape: TensorShape
    do throws(ShapeViolation) {
      shape = try operation.implementation.resultShape(of: operands.map(\.shape))
    } catch {
      throw node.failure(.shapeMismatch, error.description, cure: "export the model again")
    }
    try reserve(shape.elementCount, node)
    nodes.append(
      Node(
        name: node.displayName + suffix, operation: operation, operands: operands.map(\.id), shape: shape))
    return ComputedValue(id: .result(ofNodeAt: nodes.count - 1), shape: shape)
  }

  /// Appends a reshape, unless the shape is the same.
  ///
  /// - Requires: as many elements.
  mutating func reshape(
    _ value: ComputedValue, to shape: TensorShape, _ node: ONNXNode, _ suffix: String = ""
  ) throws(Diagnostic) -> ComputedValue {
    value.shape == shape ? value : try append(node, .reshape(Reshape(to: shape)), [value], suffix: suffix)
  }

  /// Appends a transpose; a reshape if the elements stay in order, nothing if the shape does as well.
  mutating func transpose(
    _ value: ComputedValue, _ permutation: [Int], _ node: ONNXNode, _ suffix: String = ""
  ) throws(Diagnostic) -> ComputedValue {
    let transpose = Transpose(permutation: permutation)
    if transpose.keepsOrder(of: value.shape),
      let shape = TensorShape(permutation.map { value.shape.dimensions[$0] })
    {
      return try reshape(value, to: shape, node, suffix)
    }
    return try append(node, .transpose(transpose), [value], suffix: suffix)
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
