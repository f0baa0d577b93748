// Trusted: the listed regions are those of the question.
import Diagnostics
import NetworkIR
import ProofChecker
import SpecificationLanguage
import VNNLIB

// What a proof has to list, from model and question alone: nothing that a search found or left goes in. Nil where no proof
// can list it: operators without lines, too many alternatives, numbers beyond binary64's range.

/// What a checked proof's statement begins with for a network.
public func proofNetwork(of network: Network) -> [UInt8]? {
  guard let graph = try? RelaxationGraph(network) else { return nil }
  return try? ProofNetwork(graph).bytes
}

/// What a checked proof's statement has to be for a network and an unsafe set of its own inputs and outputs.
public func proofStatement(of set: UnsafeSet, _ network: Network) -> [UInt8]? {
  proofStatement(set, .network, network)
}

/// What a checked proof's statement has to be for an enforced property of a network that normalises physical inputs in
/// floats.
///
/// - Throws: that there is nothing to violate, or that it takes too many alternatives to say.
public func proofStatement(
  of property: Property, on instance: NetworkInstance, _ network: Network, in spec: CheckedSpec
) throws(DiagnosticSet) -> [UInt8]? {
  let space = PhysicalSpace(of: property, on: instance, in: spec)
  return proofStatement(try unsafeSet(of: property, on: instance, in: spec), .physical(space), network)
}

/// The same for a `verify` or `monitor` property.
public func proofStatement(
  of property: RawProperty, _ network: Network, in spec: CheckedSpec
) throws(DiagnosticSet) -> [UInt8]? {
  let space = PhysicalSpace(of: property, in: spec)
  return proofStatement(try unsafeSet(of: property, in: spec), .physical(space), network)
}

private func proofStatement(_ set: UnsafeSet, _ space: InputSpace, _ network: Network) -> [UInt8]? {
  guard set.inputCount == network.inputCount, set.outputCount == network.outputCount,
    let questions = try? set.questions(), let graph = try? RelaxationGraph(network),
    let listed = try? ProofNetwork(graph)
  else { return nil }
  // One that can't be listed must not be left out.
  let regions = questions.compactMap { $0.region(in: space) }
  return regions.count == questions.count ? listed.statement(about: regions) : nil
}

extension ProofSemantics {
  /// Of programs that round like this.
  package init(_ semantics: FloatSemantics) {
    self =
      switch semantics {
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
          writer.byte((row.isStrict ? 1 : 0) | (row.isRounded ? 2 : 0))
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
        isStrict: row.isStrict, isRounded: row.isRounded, constant: row.constant,
        terms: row.terms.map { (outputs[$0.output], $0.coefficient) })
    }
      + region.inputForms.map { form in
        ListedRow(
          isStrict: false, isRounded: false, constant: form[inputs],
          terms: (0..<inputs).filter { form[$0] != 0 }.map { ($0, form[$0]) })
      }
  }
}

/// A sum of elements times factors, and a constant.
struct ListedRow {
  let isStrict: Bool
  /// Whether factors are up to one part in 2^53 from those that are meant.
  let isRounded: Bool
  let constant: Double
  let terms: [(element: Int, factor: Double)]
}
