import Diagnostics
import SafetyVerification
import SpecificationLanguage

extension Diagnostic {
  /// - Parameters:
  ///   - model: the model's name.
  ///   - network: the network in the specification.
  static func noProjections(
    _ failure: BallFailure, _ method: BallMethod, of model: String, _ network: NetworkInstance
  ) -> Diagnostic {
    let problem =
      switch failure.reason {
      case .unknownOperator(let name): "has the operator `\(name)`, which is neither a dense layer nor ReLU"
      case .notAlternating: "is not one of dense layers with one ReLU between any two"
      }
    return Diagnostic(
      .noProjections, "\(method.title) do not apply: node `\(failure.node)` of `\(model)` \(problem)",
      at: .source(network.range),
      cure: "leave `--method \(method.rawValue)` out: the Lipschitz head has more operators")
  }

  static func ballOfSeveralPlaces(_ clause: RobustnessClause, _ method: BallMethod) -> Diagnostic {
    Diagnostic(
      .noProjections, "\(method.title) do not apply: `\(clause.name)` keeps more than the choice itself",
      at: .source(clause.range),
      cure:
        "ask about the choice alone (`keep top 1`, or `--norm` and `--epsilon`), or leave `--method \(method.rawValue)` out"
    )
  }

  /// - Requires: the property is enforced on `network`.
  static func ballOfRepairedDecision(
    _ network: NetworkInstance, _ property: Property, _ method: BallMethod
  ) -> Diagnostic {
    Diagnostic(
      .noProjections,
      "\(method.title) do not apply: they are about the network's own choice, and `\(property.name)` repairs those of "
        + "`\(network.name)`",
      at: .source(network.range),
      cure: "leave `--method \(method.rawValue)` out, or select networks without properties",
      notes: [Note("the property is enforced here", at: .source(property.range))])
  }
}

extension BallMethod {
  /// As the subject of a sentence.
  var title: String {
    switch self {
    case .linear: "linear bounds"
    case .projections: "projections"
    }
  }
}
