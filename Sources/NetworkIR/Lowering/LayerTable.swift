import LoopIR

/// A constant table of a layer and the parameter by which the layer's function reads it.
struct LayerTable: Sendable {
  let parameter: Identifier
  let table: Table

  /// Indices.
  init(_ role: String, _ name: Identifier, _ values: [UInt32]) {
    parameter = Identifier(role)
    table = Table(name, .uint32, .unsigned(values), count: values.count)
  }

  /// Weights.
  init(_ role: String, _ name: Identifier, _ values: [Float]) {
    parameter = Identifier(role)
    table = Table(name, .float, .floats(values), count: values.count, isWeights: true)
  }
}
