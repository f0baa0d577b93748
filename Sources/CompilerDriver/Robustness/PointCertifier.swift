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
  ///   - bounds: of the network, for the clauses.
  ///   - table: the repair table of a network with properties; `nil` for others.
  /// - Throws: why the program's rounding errors have no bounds.
  init(
    _ spec: CheckedSpec, _ instance: NetworkInstance, _ network: Network, _ clauses: [RobustnessClause],
    _ bounds: ClauseBounds, _ semantics: CertificateSemantics, table: RepairTable?
  ) throws(DiagnosticSet) {
    let interface = spec.interfaces[instance.interface]
    switch semantics {
    case .real:
      self = .real(RobustnessCertifier(network, interface, clauses, bounds))
    case .float:
      let heads = try staticHeads(of: network, instance, interface, clauses, bounds)
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
