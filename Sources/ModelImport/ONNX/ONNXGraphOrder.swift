import Diagnostics

extension ONNXGraph {
  /// The indices of the nodes that the output depends on, each after the nodes it reads. Nodes that do
  /// not reach the output are left out, whatever they are.
  ///
  /// - Throws: every undefined value that is read, and a cycle if there is one.
  func nodesInOrder() throws(DiagnosticSet) -> [Int] {
    enum Mark { case open, done }
    var found = DiagnosticSet()
    var marks: [Int: Mark] = [:]
    var order: [Int] = []
    // Depth first with a stack of our own: a chain of a million nodes must not overflow the real one.
    var stack: [(node: Int, inputs: [String], next: Int)] = []

    /// Opens the node that computes `name`, unless that is done or `name` is no node's result.
    func visit(_ name: String, from reader: Int?) {
      switch definitions[name] {
      case .input, .initializer, .sparseInitializer: return
      case .node(let index):
        switch marks[index] {
        case .done: return
        case .open: found.report(cycle(through: index))
        case nil:
          marks[index] = .open
          stack.append((index, node(index).inputs, 0))
        }
      case nil: found.report(undefined(name, reader: reader))
      }
    }

    visit(output, from: nil)
    while let (index, inputs, next) = stack.last {
      if next < inputs.count {
        stack[stack.count - 1].next += 1
        if !inputs[next].isEmpty { visit(inputs[next], from: index) }
      } else {
        stack.removeLast()
        marks[index] = .done
        order.append(index)
      }
    }
    try found.throwOnError()
    return order
  }

  private func cycle(through index: Int) -> Diagnostic {
    node(index).failure(
      .cyclicGraph, "the node depends on its own result",
      cure: "recurrent networks are not supported; a network is a graph without cycles")
  }

  private func undefined(_ name: String, reader: Int?) -> Diagnostic {
    let location = reader.map { node($0).location } ?? .file(name: fileName, place: nil)
    let subject = reader == nil ? "output" : "input"
    return Diagnostic(
      .undefinedValue, "\(subject) `\(printable(name))` is not defined", at: location,
      cure: "the file is damaged or cut out of a larger model; export it again")
  }
}
