// Trusted: the listed regions are those of the question.
import NetworkIR
import VNNLIB

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
