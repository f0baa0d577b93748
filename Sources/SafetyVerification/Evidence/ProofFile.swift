import Foundation
import NetworkIR
import ProofChecker

/// What a search proved, so that a proof can be written of it.
public struct ProofSource: Sendable {
  let graph: RelaxationGraph
  let semantics: FloatSemantics
  /// Whether programs are meant, and not the real function alone.
  let coversFloats: Bool
  let regions: [(region: SearchRegion, trace: SearchTrace)]
}

/// A network as proofs list it: what a checked proof's `network` has to be for a model.
public func proofNetwork(of network: Network) throws -> [UInt8] {
  try ProofNetwork(RelaxationGraph(network)).bytes
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
    writer.byte(meaning.rawValue)
    writer.append(model)
    let line = question.utf8.filter { 32..<127 ~= $0 }
    writer.number(line.count)
    writer.append(line)
    writer.append(network.bytes)
    writer.number(regions.count)
    let bounds: ProofBounds
    do throws(ProofRejection) {
      var reader = ProofReader(network.bytes)
      bounds = ProofBounds(try ProofGraph(&reader, meaning))
    } catch {
      throw .rejected(error.reason)
    }
    for (region, trace) in regions {
      Self.write(region, to: &writer)
      let planner = ProofPlanner(bounds, region, trace, neurons: network.neurons)
      guard let tree = planner.tree() else { throw .notClosed }
      writer.append(tree)
    }
    return writer.bytes
  }

  private var meaning: ProofSemantics {
    if !coversFloats { return .real }
    return switch semantics {
    case .contractOff: .contractOff
    case .fma: .fma
    case .binary64Sums: .binary64Sums
    }
  }

  private static func write(_ region: SearchRegion, to writer: inout ProofWriter) {
    let inputs = region.box.lower.count
    writer.doubles(region.box.lower + region.box.upper)
    func row(_ terms: [(Int, Double)], _ constant: Double, _ isStrict: Bool) {
      writer.byte(isStrict ? 1 : 0)
      writer.double(constant)
      writer.number(terms.count)
      for (index, factor) in terms {
        writer.number(index)
        writer.double(factor)
      }
    }
    writer.number(region.inputForms.count)
    for form in region.inputForms {
      row((0..<inputs).filter { form[$0] != 0 }.map { ($0, form[$0]) }, form[inputs], false)
    }
    writer.number(region.conjunctions.count)
    for rows in region.conjunctions {
      writer.number(rows.count)
      for own in rows { row(own.terms.map { ($0.output, $0.coefficient) }, own.constant, own.isStrict) }
    }
  }
}
