// Trusted: the graph computes the network's real function, and roundings are those of the operators' documentation.
import NetworkIR

extension RelaxationGraph {
  /// - Throws: for the first operator without a relaxation.
  convenience init(_ network: Network) throws(RelaxationFailure) {
    var builder = GraphBuilder(network)
    for node in network.nodes { try builder.add(node) }
    self.init(
      counts: builder.counts, steps: builder.steps, output: builder.values[network.output.index])
  }
}
