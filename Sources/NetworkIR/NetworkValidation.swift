import Diagnostics

extension Network {
  /// Every violation of the invariants listed at ``Network``.
  func validate() -> DiagnosticSet {
    var found = DiagnosticSet()
    for position in nodes.indices { validateNode(at: position, reportingTo: &found) }
    validateSize(reportingTo: &found)
    guard output.index <= nodes.count else {
      found.report(
        Diagnostic(.undefinedValue, "the output refers to a value that does not exist", at: place(nil)))
      return found
    }
    if outputCount < 2 {
      found.report(
        Diagnostic(
          .shapeMismatch, "the network has \(outputCount) output", at: place(nil),
          cure: "a classifier has at least two outputs to order"))
    }
    return found
  }

  private func validateNode(at position: Int, reportingTo found: inout DiagnosticSet) {
    let node = nodes[position]
    func report(_ code: DiagnosticCode, _ problem: String, cure: String = "") {
      found.report(Diagnostic(code, problem, at: place(node), cure: cure))
    }

    let expected = node.operation.operandCount
    guard node.operands.count == expected else {
      return report(.modelMalformed, "\(node.operands.count) operands where \(expected) are read")
    }
    // INVARIANT: value k is node k - 1, so a node may read values 0 to its own position.
    guard node.operands.allSatisfy({ $0.index <= position }) else {
      return report(.cyclicGraph, "an operand is not computed before it is read")
    }
    let shapes = node.operands.map { shape(of: $0) }
    if let violation = node.operation.shapeViolation(operands: shapes, result: node.shape) {
      report(.shapeMismatch, violation)
    }
    if let (index, value) = node.operation.nonFiniteConstant {
      report(
        .nonFiniteWeight, "weight \(index) is \(value)",
        cure: "every weight must be finite; the model may have diverged in training")
    }
    if let index = node.operation.zeroDivisor {
      report(
        .nonFiniteWeight, "constant divisor \(index) is zero", cure: "divide by a number that is not zero")
    }
  }

  private func validateSize(reportingTo found: inout DiagnosticSet) {
    var total = inputShape.elementCount
    for node in nodes {
      let (sum, overflow) = total.addingReportingOverflow(node.shape.elementCount)
      total = overflow ? Int.max : sum
    }
    if total > Network.maximumElementCount {
      found.report(
        Diagnostic(
          .modelTooLarge, "the values of the network have more than \(Network.maximumElementCount) elements",
          at: place(nil), cure: "use a smaller input, or a batch of 1"))
    }
  }

  private func place(_ node: Node?) -> DiagnosticLocation {
    .file(name: identity.name, place: node.map { "node `\($0.name)`" })
  }
}
