import Diagnostics
import NetworkIR
import ProofChecker
import VNNLIB

/// What a search proved, so that a proof can be written of it.
public struct ProofSource: Sendable {
  let graph: RelaxationGraph
  let semantics: FloatSemantics
  /// Whether programs are meant, and not the real function alone.
  let coversFloats: Bool
  /// A region without a trace was settled otherwise than by bounds.
  let regions: [(region: SearchRegion, trace: SearchTrace?)]
}

/// A network as proofs list it: what a checked proof's statement begins with for a model.
public func proofNetwork(of network: Network) throws -> [UInt8] {
  try ProofNetwork(RelaxationGraph(network)).bytes
}

/// Network and regions as proofs list them: what a checked proof's statement has to be for a model and the unsafe set that
/// was asked about.
public func proofStatement(_ set: UnsafeSet, of network: Network) throws -> [UInt8] {
  let regions = try set.questions().compactMap { question in
    question.outerBox.map { question.searched($0) }
  }
  return try ProofNetwork(RelaxationGraph(network)).statement(about: regions)
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
    for (region, trace) in regions {
      guard let trace else { throw .notClosed }
      let planner = ProofPlanner(bounds, region, trace, network)
      guard let tree = planner.tree() else { throw .notClosed }
      writer.append(tree)
    }
    writer.append(ContentHash(of: writer.bytes).bytes)
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
}

extension ProofNetwork {
  /// Network and regions as a proof lists them.
  func statement(about regions: [SearchRegion]) -> [UInt8] {
    var writer = ProofWriter()
    writer.append(bytes)
    writer.number(regions.count)
    for region in regions {
      writer.doubles(region.box.lower + region.box.upper)
      writer.number(region.conjunctions.count)
      for conjunction in region.conjunctions {
        let rows = rows(of: conjunction, in: region)
        writer.number(rows.count)
        for row in rows {
          writer.byte(row.isStrict ? 1 : 0)
          writer.double(row.constant)
          writer.number(row.terms.count)
          for term in row.terms {
            writer.number(term.element)
            writer.double(term.factor)
          }
        }
      }
    }
    return writer.bytes
  }

  /// A conjunction's rows about outputs, and then what is known of inputs.
  func rows(of conjunction: [OutputRow], in region: SearchRegion) -> [ListedRow] {
    let inputs = region.box.lower.count
    return conjunction.map { row in
      ListedRow(
        isStrict: row.isStrict, constant: row.constant,
        terms: row.terms.map { (outputs[$0.output], $0.coefficient) })
    }
      + region.inputForms.map { form in
        ListedRow(
          isStrict: false, constant: form[inputs],
          terms: (0..<inputs).filter { form[$0] != 0 }.map { ($0, form[$0]) })
      }
  }
}

/// A sum of elements times factors, and a constant.
struct ListedRow {
  let isStrict: Bool
  let constant: Double
  let terms: [(element: Int, factor: Double)]
}
