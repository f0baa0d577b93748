import Diagnostics

extension Network {
  /// Makes zeros around a convolution's operand its own padding.
  ///
  /// ```
  /// before:  %2 = pad %1 by [0+0, 1+1, 1+1, 0+0]     after:  %3 = convolution %1, padding 1
  ///          %3 = convolution %2
  /// ```
  /// Side condition: the padding's value is +0, which is what a convolution's own padding takes part as, and it adds
  /// to spatial dimensions alone. So nothing changes, in binary32 neither.
  public func foldingPaddingIntoConvolution() throws(DiagnosticSet) -> Network {
    let result = nodes.map { node -> Node in
      guard case .convolution(let convolution) = node.operation, let position = node.operands[0].nodePosition,
        case .pad(let pad) = nodes[position].operation, pad.value.bitPattern == 0, pad.before.count > 2
      else { return node }
      let ends = [0, pad.before.count - 1]
      guard ends.allSatisfy({ pad.before[$0] == 0 && pad.after[$0] == 0 }) else { return node }
      let padded = convolution.padded(
        before: Array(pad.before.dropFirst().dropLast()), after: Array(pad.after.dropFirst().dropLast()))
      return Node(
        name: node.name, operation: .convolution(padded), operands: nodes[position].operands,
        shape: node.shape)
    }
    return try Network(
      identity: identity, inputShape: inputShape, nodes: result, output: output, semantics: semantics
    ).removingUnusedNodes()
  }
}
