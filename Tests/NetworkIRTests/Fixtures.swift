import Diagnostics
import NetworkIR
import TestSupport
import Testing

let identity = ModelIdentity(name: "test.nnet", format: "nnet", hash: ContentHash(of: []))

func shape(_ dimensions: Int...) throws -> TensorShape { try #require(TensorShape(dimensions)) }

/// A node that reads the value before it, for chains.
func node(_ name: String, _ operation: NetworkIR.Operation, reading operands: Int..., shape: TensorShape)
  -> Node
{
  Node(name: name, operation: operation, operands: operands.map { ValueID(index: $0) }, shape: shape)
}

func network(_ input: TensorShape, _ nodes: [Node], output: Int? = nil) throws(DiagnosticSet) -> Network {
  try Network(
    identity: identity, inputShape: input, nodes: nodes, output: ValueID(index: output ?? nodes.count))
}

/// Floats of many magnitudes and both signs, zeros and subnormals among them.
func randomFloats(_ count: Int, _ generator: inout SplitMix64) -> [Float] {
  (0..<count).map { _ in
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: Bool.random(using: &generator) ? 0 : -0.0
    case 1: Float(bitPattern: UInt32.random(in: 0..<0x80_0000, using: &generator))
    default: Float.random(in: -4...4, using: &generator)
    }
  }
}

func bits(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }
