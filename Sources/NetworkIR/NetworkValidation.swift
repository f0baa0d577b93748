import Diagnostics

extension Network {
  /// Every violation of the invariants listed at ``Network``.
  func validate() -> DiagnosticSet {
    var found = DiagnosticSet()
    for position in nodes.indices { validateNode(at: position, reportingTo: &found) }
    validateSize(reportingTo: &found)
    if output.index > nodes.count {
      found.report(
        Diagnostic(.undefinedValue, "the output refers to a value that does not exist", at: place(nil)))
    }
    return found
  }

  private func validateNode(at position: Int, reportingTo found: inout DiagnosticSet) {
    let node = nodes[position]
    func report(_ code: DiagnosticCode, _ problem: String, cure: String = "") {
      found.report(Diagnostic(code, problem, at: place(node), cure: cure))
    }

    let operation = node.operation.implementation
    let expected = operation.operandCount
    guard node.operands.count == expected else {
      return report(.modelMalformed, "\(node.operands.count) operands where \(expected) are read")
    }
    // INVARIANT: value k is node k - 1, so a node may read values 0 to its own position.
    guard node.operands.allSatisfy({ $0.index <= position }) else {
      return report(.cyclicGraph, "an operand is not computed before it is read")
    }
    let shapes = node.operands.map { shape(of: $0) }
    do throws(ShapeViolation) {
      let shape = try operation.resultShape(of: shapes)
      if shape != node.shape {
        report(.shapeMismatch, "has shape \(node.shape) where \(shape) follows from its operands")
      }
    } catch {
      report(.shapeMismatch, error.description)
    }
    if let (index, value) = operation.constants.lazy.compactMap(firstNonFinite).first {
      report(
        .nonFiniteWeight, "weight \(index) is \(value)",
        cure: "every weight must be finite; the model may have diverged in training")
    }
    if let index = operation.zeroDivisor {
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

/// The first element that is NaN or infinite.
private func firstNonFinite(_ values: [Float]) -> (index: Int, value: Float)? {
  // A reduction without branches vectorises; the search runs only where something was found.
  var allFinite = true
  for value in values { allFinite = allFinite && value.isFinite }
  if allFinite { return nil }
  return values.firstIndex { !$0.isFinite }.map { ($0, values[$0]) }
}
