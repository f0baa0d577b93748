import CertifiedBounds
import Diagnostics
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// Certifies points under one of the semantics.
enum PointCertifier {
  case real(RobustnessCertifier)
  case float(FloatCertifier)
  /// The program with its properties, and what it answers if no clause abstains.
  case composite(SafetyProgram, answering: SafetyProgram)

  /// - Parameters:
  ///   - network: with the float semantics of the program, if that is what certificates are to be true of.
  ///   - table: the repair table of a network with properties; `nil` for others.
  /// - Throws: why the network has no bounds.
  init(
    _ spec: CheckedSpec, _ instance: NetworkInstance, _ network: Network, _ clauses: [RobustnessClause],
    _ semantics: CertificateSemantics, table: RepairTable?
  ) throws(DiagnosticSet) {
    let interface = spec.interfaces[instance.interface]
    switch semantics {
    case .real:
      do throws(LipschitzFailure) {
        self = .real(try RobustnessCertifier(network, interface, clauses))
      } catch {
        throw DiagnosticSet([
          .noLipschitzBound(error, of: network.identity.name, at: .source(instance.range))
        ])
      }
    case .float:
      let heads = try staticHeads(of: network, instance, interface, clauses)
      if let table {
        self = .composite(
          try compose(spec, instance, with: network, table: table, heads: Array(zip(clauses, heads))),
          answering: try compose(spec, instance, with: network, table: table))
      } else {
        self = .float(FloatCertifier(network, interface, heads: heads))
      }
    }
  }

  /// A verdict for each clause; the choice is -1 where the program abstains for another reason.
  func verdicts(at point: [Float]) throws(ExactEvaluationError) -> [PointVerdict] {
    switch self {
    case .real(let certifier): return try certifier.verdicts(at: point)
    case .float(let certifier): return certifier.verdicts(at: point)
    case .composite(let program, let answering):
      let result = program.infer(point)
      let choice = answering.infer(point).choice
      return zip(result.certified, result.radii).map {
        PointVerdict(choice: choice, isCertified: $0, radius: Double($1))
      }
    }
  }
}
