import LoopIR

/// The functions of a network's layers: layers that do the same with other weights and operands are one function.
struct LayerFunctions: Sendable {
  private struct Layer: Sendable {
    let name: Identifier
    let parameters: [Variable]
    let body: [Statement]
    var comments: [String]
  }

  private var layers: [Layer] = []
  private var positions: [CodeKey: Int] = [:]

  /// The function with these parameters and this body.
  ///
  /// - Parameters:
  ///   - name: what it is called if no earlier layer has it.
  ///   - comment: what the layer is.
  mutating func name(
    _ name: Identifier, _ parameters: [Variable], _ body: [Statement], comment: String
  ) -> Identifier {
    let key = CodeKey(parameters, body)
    if let position = positions[key] {
      layers[position].comments.append(comment)
      return layers[position].name
    }
    positions[key] = layers.count
    layers.append(Layer(name: name, parameters: parameters, body: body, comments: [comment]))
    return name
  }

  var declarations: [Declaration] {
    layers.map { layer in
      .function(
        Function(
          .void, layer.name, layer.parameters, isVectorized: true,
          comment: layer.comments.joined(separator: "\n")
        ) { layer.body })
    }
  }
}
