import LoopIR
import NetworkIR

extension LoweredNetwork {
  /// The same network without its weights: every function that reads them, and so ``forward``, has a parameter in
  /// front through which it finds them.
  ///
  /// ```
  /// before:  static const float net_weights_1[8] = {...};
  ///          void layer(const float *input, float *output) { ... net_weights_1[k] ... }
  /// after:   void layer(const float *weight_data, const float *input, float *output) {
  ///            const float *net_weights_1 = &weight_data[24u];
  ///            ... net_weights_1[k] ...
  /// ```
  /// - Returns: the network, and the tables in the order in which they lie behind each other.
  func passingWeights() -> (LoweredNetwork, [Table]) {
    var pass = WeightPassing()
    let declarations = pass.rewrite(declarations)
    return (
      LoweredNetwork(declarations: declarations, forward: forward, scratchCount: scratchCount), pass.tables
    )
  }
}

private let weightData = Identifier("weight_data")

private struct WeightPassing {
  var tables: [Table] = []
  private var offsets: [Identifier: Int] = [:]
  private var size = 0
  /// The functions that have the parameter.
  private var receivers: Set<Identifier> = []

  mutating func rewrite(_ declarations: [Declaration]) -> [Declaration] {
    declarations.compactMap { declaration in
      switch declaration {
      case .table(let table) where table.isWeights:
        // Variants may declare the same table twice.
        if offsets.updateValue(offsets[table.name] ?? size, forKey: table.name) == nil {
          tables.append(table)
          size += table.count
        }
        return nil
      case .table, .comment, .constants, .structure: return declaration
      case .function(let function): return .function(rewrite(function))
      }
    }
  }

  private mutating func rewrite(_ function: Function) -> Function {
    let names = function.body.names
    let used = tables.filter { names.contains($0.name) }
    guard !used.isEmpty || names.contains(where: receivers.contains) else { return function }
    receivers.insert(function.name)
    let locals = used.map { table -> Statement in
      guard let offset = offsets[table.name] else { preconditionFailure("every table has its place") }
      return .variable(
        .constPointer(table.type), table.name, .unary(.addressOf, weightData[.count(offset)]))
    }
    let receivers = receivers
    let body = function.body.map { statement in
      statement.mapped { part in
        guard case .call(let name, let arguments) = part, receivers.contains(name) else { return part }
        return .call(name, [weightData.expression] + arguments)
      }
    }
    return Function(
      function.type, function.name, [floats(weightData)] + function.parameters, isStatic: function.isStatic,
      comment: function.comment
    ) {
      locals
      body
    }
  }
}
