import Diagnostics
import NetworkIR
import ProofChecker

/// What a search proved, so that a proof can be written of it.
public struct ProofSource: Sendable {
  let graph: RelaxationGraph
  let semantics: FloatSemantics
  /// Whether programs are meant, and not the real function alone.
  let coversFloats: Bool
  /// CPU seconds that making a proof may take.
  let seconds: Double
  /// A region without a trace was settled as a whole, exactly.
  let regions: [(region: SearchRegion, trace: SearchTrace?)]
}

extension ProofSource {
  /// The bytes of a proof that the checker accepts.
  ///
  /// - Parameters:
  ///   - model: SHA-256 of the model's file.
  ///   - question: a line for people; what is not ASCII is left out.
  public func proof(model: [UInt8], question: String) throws(EvidenceFailure) -> [UInt8] {
    let network = try ProofNetwork(graph)
    var writer = ProofWriter()
    writer.append(proofMagic)
    writer.byte(UInt8(meaning.rawValue))
    writer.append(model)
    let line = question.utf8.filter { 32..<127 ~= $0 }
    writer.number(line.count)
    writer.append(line)
    writer.append(network.statement(about: regions.map(\.region)))
    let bounds: ProofBounds
    do throws(ProofRejection) {
      var reader = ProofReader(network.bytes)
      bounds = ProofBounds(try ProofGraph(&reader, meaning))
    } catch {
      throw .rejected(error.reason)
    }
    let deadline = processSeconds() + seconds
    for (region, trace) in regions {
      let planner = ProofPlanner(
        bounds, region, trace ?? SearchTrace(), network, coversFloats: coversFloats, until: deadline)
      let tree = planner.tree()
      // A tree that a clock had a part in is none: the same question gives the same bytes, or no proof.
      if planner.isInterrupted { throw .time }
      guard let tree else { throw .notClosed }
      writer.append(tree)
    }
    writer.append(ContentHash(of: writer.bytes).bytes)
    return writer.bytes
  }

  private var meaning: ProofSemantics { coversFloats ? ProofSemantics(semantics) : .real }
}
