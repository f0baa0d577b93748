import CertifiedBounds
import Diagnostics
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// A generated program with clauses whose network keeps some of the properties on all of `inputs`, and the program
/// without what these make unnecessary.
struct ProvedProgram {
  let original: SafetyProgram
  let dropped: SafetyProgram
  let inputs: [[Float]]

  /// - Parameter count: how many inputs.
  init(seed: UInt64, count: Int) throws {
    let program = try Self.biased(RandomProgram.certified(seed: seed), seed: seed)
    var vectors = Vectors(program, seed: seed)
    inputs = (0..<count).map { $0 % 4 == 0 ? vectors.input() : vectors.admitted() }
    let kept = Self.properties(keptBy: program, on: inputs)
    original = program
    dropped = program.droppingProvedProperties(
      kept.map { ProvedProperty(property: $0, evidence: ContentHash(of: [UInt8($0)])) })
  }

  /// The program with constants on the scores that put some outputs far above or below the others.
  private static func biased(_ program: SafetyProgram, seed: UInt64) throws -> SafetyProgram {
    var generator = SplitMix64(seed: seed ^ 0xB1A5)
    let network = program.network
    let shifts = (0..<network.outputCount).map { _ in
      [Float(0), 0, 0x1p20, 0x1p22, -0x1p20, -0x1p22][Int.random(in: 0..<6, using: &generator)]
    }
    let shift = Node(
      name: "shift",
      operation: .elementwiseWithConstant(
        ElementwiseWithConstant(.add, constant: .vector(shifts), on: .right)),
      operands: [network.output], shape: .vector(network.outputCount))
    let biased = try Network(
      identity: network.identity, inputShape: network.inputShape, nodes: network.nodes + [shift],
      output: ValueID(index: network.nodes.count + 1), semantics: network.semantics)
    return SafetyProgram(
      specName: program.specName, specVersion: program.specVersion, specHash: program.specHash,
      networkName: program.networkName, interface: program.interface, network: biased,
      guards: program.guards, table: program.table, certification: program.certification)
  }

  /// The properties whose posts hold of the raw scores wherever they are active and the scores are finite.
  private static func properties(keptBy program: SafetyProgram, on inputs: [[Float]]) -> [Int] {
    var kept = Set(program.guards.indices)
    for input in inputs {
      let explanation = program.explain(input)
      for (position, property) in explanation.properties.enumerated() where property.isActive {
        let post = program.guards[position].property.post
        if !post.holds(of: explanation.rawScores, better: program.interface.better) { kept.remove(position) }
      }
    }
    return kept.sorted()
  }
}
