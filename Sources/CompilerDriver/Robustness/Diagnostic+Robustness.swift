import CertifiedBounds
import Diagnostics
import ExactArithmetic
import NetworkIR
import SpecificationLanguage

extension Diagnostic {
  /// - Parameters:
  ///   - location: the model's, or that of the network in a specification.
  ///   - model: the model's name.
  static func noLipschitzBound(
    _ failure: LipschitzFailure, of model: String, at location: DiagnosticLocation
  ) -> Diagnostic {
    let problem: String
    let cure: String
    switch failure.reason {
    case .noConstant(let name):
      problem = "has the operator `\(name)`, which has no proved Lipschitz constant"
      cure = "bounds exist for the operators in the article Robustness; without one, nothing is certified"
    case .norm(.notFinite(let element)):
      problem = "has weights without a norm: number \(element) is not finite"
      cure = "export the model again"
    case .norm(.outOfRange), .norm(.notProved):
      problem = "has weights whose norm could not be bounded"
      cure =
        "the layer is too large or its weights too far apart for the proofs' error terms: use a smaller one"
    }
    return Diagnostic(
      .noLipschitzBound, "node `\(failure.node)` of `\(model)` \(problem)", at: location, cure: cure)
  }

  static func noCertificateFile(
    _ failure: CertificateFailure, of model: String, at location: DiagnosticLocation
  ) -> Diagnostic {
    let problem =
      switch failure.reason {
      case .noRule(let name): "has the operator `\(name)`, for which certificate files have no rule"
      case .noIntegerProof: "is too large for a proof by integers"
      case .notFinite: "has an infinite bound"
      }
    return Diagnostic(
      .noCertificateFile, "node `\(failure.node)` of `\(model)` \(problem)", at: location,
      cure: "leave `--certificate` out: the bounds hold all the same, but no other program can check them")
  }

  /// - Parameters:
  ///   - model: the model's name.
  ///   - network: the network in the specification.
  static func noErrorBound(
    _ failure: ExecutionFailure, of model: String, _ network: NetworkInstance, _ interface: Interface
  ) -> Diagnostic {
    let place =
      failure.node.map { "node `\($0)` of `\(model)`" } ?? "the normalisation of \(widestInput(interface))"
    switch failure.reason {
    case .overflow:
      return Diagnostic(
        .noErrorBound,
        "rounding errors of the program of `\(network.name)` have no bound: over the inputs' domains, \(place) "
          + "may have numbers beyond binary32's range",
        at: .source(network.range),
        cure:
          "give every input the domain that it really has (`in 0 .. 1`), or see `ordain certify --semantics real`"
      )
    case .noBound(let name):
      return Diagnostic(
        .noErrorBound, "\(place) has the operator `\(name)`, whose rounding errors have no proved bound",
        at: .source(network.range),
        cure:
          "the article Robustness has the operators with a bound; or see `ordain certify --semantics real`")
    }
  }

  /// The first input without a domain, else the one that is the largest when it is normalised. For example: "`pixel[3]`,
  /// which has no domain".
  private static func widestInput(_ interface: Interface) -> String {
    if let free = interface.inputs.first(where: { $0.domain == nil }) {
      return "`\(free.name)`, which has no domain,"
    }
    func reach(_ input: InputScalar) -> Rational {
      guard let domain = input.domain else { return .zero }
      let ends = [domain.lower, domain.upper].map {
        ($0 - input.normalization.center) * input.normalization.scale
      }
      return ends.map(\.magnitude).max() ?? .zero
    }
    let widest = interface.inputs.max { reach($0) < reach($1) }
    return widest.map { "`\($0.name)`" } ?? "the inputs"
  }

  static func noSuchClause(_ name: String, of spec: CheckedSpec) -> Diagnostic {
    let names = spec.robustness.map(\.name)
    let near = suggestion(for: name, among: names)
    return Diagnostic(
      .unknownName, "there is no `robust` clause `\(name)`", at: .none,
      cure: near.map { "did you mean `\($0)`?" }
        ?? (names.isEmpty ? "`\(spec.name)` has none" : "`\(spec.name)` has \(listed(names))"))
  }

  /// - Parameter clauses: those that were selected.
  static func nothingToCertify(_ spec: CheckedSpec, _ clauses: [RobustnessClause]) -> Diagnostic {
    let example = clauses.first.map { spec.networks[$0.networks[0]].name }
    return Diagnostic(
      .nothingToCertify,
      example == nil
        ? "`\(spec.name)` has no `robust` clause" : "no `robust` clause is about the selected networks",
      at: .none,
      cure: example.map { "select a network of one, such as `\($0)`" }
        ?? "declare one: `robust steady { within L2 0.1 of normalized keep top 1 }`")
  }

  /// - Requires: properties are enforced on `network`.
  static func repairedDecision(
    _ clause: RobustnessClause, _ network: NetworkInstance, _ property: Property
  ) -> Diagnostic {
    Diagnostic(
      .repairedDecision,
      "`\(clause.name)` is about `\(network.name)`, whose decisions `\(property.name)` repairs; there are no "
        + "certificates of repaired decisions over the real numbers",
      at: .source(clause.range),
      cure:
        "leave `--semantics real` out: certificates of the emitted program are about its repaired decisions",
      notes: [Note("the property is enforced here", at: .source(property.range))])
  }

  /// - Parameter row: the point's number, from 1.
  static func noExactScores(
    _ error: ExactEvaluationError, _ network: NetworkInstance, row: Int
  ) -> Diagnostic {
    let reason =
      switch error {
      case .divisionByZero(let node, _): "node `\(node)` divides by zero"
      case .irrational(let node): "the values of node `\(node)` are not rational"
      }
    return Diagnostic(
      .noExactScores, "the real scores of `\(network.name)` at row \(row) cannot be decided: \(reason)",
      at: .source(network.range),
      cure:
        "leave `--semantics real` out: certificates of the emitted program need no exact scores"
    )
  }

  /// - Parameters:
  ///   - interface: the network's.
  ///   - pair: the names of the outputs with the largest bound.
  ///   - bound: theirs.
  static func lipschitzNotProved(
    _ clause: LipschitzClause, _ network: NetworkInstance, _ interface: Interface, pair: [String],
    bound: Double
  ) -> Diagnostic {
    let proved = bound.isFinite ? "the proved bound is \(roundedUp(bound))" : "there is no finite bound"
    return Diagnostic(
      .lipschitzNotProved,
      "`\(clause.name)` is not proved of `\(network.name)`: \(proved) for `\(pair[0])` against `\(pair[1])`, "
        + "and \(clause.boundText(interface)) is asked",
      at: .source(clause.range),
      cure:
        "raise the bound, or train with smaller layer norms: that it is not proved does not mean that the network breaks it"
    )
  }

  static func severalInterfaces(_ first: NetworkInstance, _ other: NetworkInstance) -> Diagnostic {
    Diagnostic(
      .ambiguousInterface,
      "`\(first.name)` and `\(other.name)` have different interfaces, so they cannot take the same inputs",
      at: .none, cure: "choose networks of one interface with `--network`")
  }
}
