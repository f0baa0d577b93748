import LoopIR

/// The functions of a network's layers: layers that do the same with other weights and operands are one function.
struct LayerFunctions: Sendable {
  /// All that makes a function.
  private struct Code: Sendable, Hashable {
    let parameters: [Variable]
    let body: [Statement]
  }

  private struct Layer: Sendable {
    let name: Identifier
    let code: Code
    var comments: [String]
  }

  private var layers: [Layer] = []
  private var positions: [Code: Int] = [:]

  /// The function with these parameters and this body.
  ///
  /// - Parameters:
  ///   - name: what it is called if no earlier layer has it.
  ///   - comment: what the layer is.
  mutating func name(
    _ name: Identifier, _ parameters: [Variable], _ body: [Statement], comment: String
  ) -> Identifier {
    let code = Code(parameters: parameters, body: body)
    if let position = positions[code] {
      layers[position].comments.append(comment)
      return layers[position].name
    }
    positions[code] = layers.count
    layers.append(Layer(name: name, code: code, comments: [comment]))
    return name
  }

  var declarations: [Declaration] {
    layers.map { layer in
      .function(
        Function(
          .void, layer.name, layer.code.parameters, isVectorized: true,
          comment: layer.comments.joined(separator: "\n")
        ) { layer.code.body })
    }
  }
}
