import Diagnostics
import ExactArithmetic
import SafetyVerification
import SpecificationLanguage

/// What linear bounds or projections are asked about some networks: whether their choice stays within a distance of each point.
struct BallQuestion: Sendable {
  /// The clause's name; `nil` for a ball that the command line gave.
  let clause: String?
  /// Indices into ``CheckedSpec/networks``.
  let networks: [Int]
  let norm: Norm
  let space: NormSpace
  let radius: Rational

  var summary: String {
    "within \(norm.rawValue) \(radius.nearestDouble.map(\.description) ?? radius.description) of \(space.rawValue) keep top 1"
  }

  var title: String { clause ?? "ball" }
}

/// A ball that replaces the clauses': of normalised inputs, which have no units.
public struct AskedBall: Sendable {
  public let norm: Norm
  /// INVARIANT: positive.
  public let radius: Rational

  /// `nil` unless the text is a positive decimal number.
  public init?(norm: Norm, radius text: String) {
    guard let radius = Rational(decimal: text), radius.signum > 0 else { return nil }
    self.norm = norm
    self.radius = radius
  }
}

extension CheckedSpec {
  /// The questions about the selected networks.
  ///
  /// - Parameters:
  ///   - clauses: of these.
  ///   - ball: instead of the clauses' distances.
  /// - Throws: if there is nothing to ask, if the networks have several interfaces, or why the method doesn't answer.
  func ballQuestions(
    _ selected: [Int], _ clauses: [RobustnessClause], _ method: BallMethod, _ ball: AskedBall?
  ) throws(DiagnosticSet) -> [BallQuestion] {
    var diagnostics = DiagnosticSet()
    var questions: [BallQuestion] = []
    if let ball {
      questions = [
        BallQuestion(
          clause: nil, networks: selected, norm: ball.norm, space: .normalized, radius: ball.radius)
      ]
    } else {
      for clause in clauses {
        let networks = clause.networks.filter { selected.contains($0) }
        if networks.isEmpty { continue }
        if clause.places > 1 { diagnostics.report(.ballOfSeveralPlaces(clause, method)) }
        questions.append(
          BallQuestion(
            clause: clause.name, networks: networks, norm: clause.norm, space: clause.space,
            radius: clause.radius))
      }
    }
    let asked = selected.filter { index in questions.contains { $0.networks.contains(index) } }
    guard let first = asked.first else { throw DiagnosticSet([.nothingToCertify(self, clauses)]) }
    for index in asked {
      let network = networks[index]
      if network.interface != networks[first].interface {
        diagnostics.report(.severalInterfaces(networks[first], network))
      }
      if let property = network.properties.first {
        diagnostics.report(.ballOfRepairedDecision(network, properties[property], method))
      }
    }
    try diagnostics.throwOnError()
    return questions
  }
}
