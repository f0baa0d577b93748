import LoopIR
import NetworkIR

extension LoweredNetwork {
  /// The same network without its weights. Layers have their tables as parameters; ``forward``, which passes them, has a
  /// parameter in front through which it finds them.
  ///
  /// ```
  /// before:  static const float net_weights_1[8] = {...};
  ///          static void net_forward(const float *input, float *output) {
  ///            net_layer_1(input, net_weights_1, output);
  ///          }
  /// after:   static void net_forward(const float *weight_data, const float *input, float *output) {
  ///            const float *net_weights_1 = &weight_data[0u];
  ///            net_layer_1(input, net_weights_1, output);
  ///          }
  /// ```
  /// - Returns: the network, and the tables in the order in which they lie behind each other.
  func passingWeights() -> (LoweredNetwork, [Table]) {
    var tables: [Table] = []
    let declarations = declarations.compactMap { declaration -> Declaration? in
      switch declaration {
      case .table(let table) where table.isWeights:
        tables.append(table)
        return nil
      case .function(let function) where function.name == forward: return .function(function.finding(tables))
      case .table, .comment, .constants, .structure, .function: return declaration
      }
    }
    return (LoweredNetwork(declarations: declarations, forward: forward, scratchCount: scratchCount), tables)
  }
}

private let weightData = Identifier("weight_data")

extension Function {
  /// This function with a parameter behind which the tables lie, and a pointer to each under the table's name.
  fileprivate func finding(_ tables: [Table]) -> Function {
    var start = 0
    let pointers = tables.map { table -> Statement in
      defer { start += table.count }
      return .variable(
        .constPointer(table.type), table.name, .unary(.addressOf, weightData[.count(start)]))
    }
    return Function(
      type, name, [floats(weightData)] + parameters, isStatic: isStatic, isVectorized: isVectorized,
      comment: comment, contract: contract
    ) {
      pointers
      body
    }
  }
}
