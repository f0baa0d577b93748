import CertifiedBounds
import Diagnostics
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage

/// What `ordain certify --method linear` or `projections` says at given points.
public struct BallReport: Sendable {
  struct Point: Sendable {
    /// In physical units.
    let input: [Float]
    /// The right output.
    let label: Int
    let verdict: BallVerdict
    /// With ``seeksRadius``.
    let radius: CertifiedRadius?
    /// Processor time.
    let seconds: Double

    var isRobust: Bool { if case .robust = verdict.outcome { true } else { false } }
    var isClean: Bool { verdict.choice == label }
  }

  struct Result: Sendable {
    let question: BallQuestion
    let network: String
    let modelHash: ContentHash
    let names: ProofNames
    /// How the program's sums round.
    let rounding: FloatSemantics
    let points: [Point]
  }

  let spec: CheckedSpec
  let method: BallMethod
  /// Whether the largest certified radius is looked for at each point.
  let seeksRadius: Bool
  let results: [Result]
  /// The warnings and notes of specification and models.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - networks: only these; all if there is no pattern.
  ///   - clauses: only the `robust` clauses with these names; all if there is no name.
  ///   - ball: instead of the clauses' distances.
  ///   - rounding: how the program's sums of products round; `nil` for what compiling would choose.
  ///   - inputs: the points, as for `ordain run`.
  ///   - labels: the right output of each.
  ///   - progress: called with a line about long work.
  /// - Throws: what is wrong with the specification, a model or a file, and why the method does not answer.
  public init(
    _ source: SourceFile, definitions: [Definition], networks patterns: [NetworkPattern],
    clauses names: [String], models: ModelLocator, by method: BallMethod, ball: AskedBall?,
    seeksRadius: Bool,
    limits: BallLimits,
    rounding: FloatSemantics?, inputs: SourceFile, labels: SourceFile, progress: (String) -> Void
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    let spec = try FrontEnd.check(source, definitions: definitions, reportingTo: &diagnostics).1
    let questions = try spec.ballQuestions(
      try NetworkPattern.select(patterns, from: spec), try spec.robustnessClauses(named: names), method, ball)
    let interface = spec.interfaces[spec.networks[questions[0].networks[0]].interface]
    let table = try CertifiedTable(inputs: inputs, labels: labels, interface)
    var results: [Result] = []
    for question in questions {
      for index in question.networks {
        let network = try spec.importNetwork(at: index, models: models, reportingTo: &diagnostics)
          .rounding(as: spec.floatSemantics(ofNetwork: index, chosen: rounding))
        try requireMatch(of: network, spec.networks[index], interface)
        let certifier = try spec.ballCertifier(question, network, at: index, method)
        let points = table.points.enumerated().map { row, point in
          progress(
            "certifying at `\(spec.networks[index].name)`: \(row) of \(counted(table.points.count, "point"))")
          return Point(
            label: table.labels[row], point, certifier, seeksRadius: seeksRadius, limits)
        }
        results.append(
          Result(
            question: question, network: spec.networks[index].name, modelHash: network.identity.hash,
            names: ProofNames(interface), rounding: network.semantics, points: points))
      }
    }
    progress("")
    self.spec = spec
    self.method = method
    self.seeksRadius = seeksRadius
    self.results = results
    self.diagnostics = diagnostics
  }
}

extension CheckedSpec {
  /// - Requires: the network at `index` is `network`, with the float semantics of its program.
  fileprivate func ballCertifier(
    _ question: BallQuestion, _ network: Network, at index: Int, _ method: BallMethod
  ) throws(DiagnosticSet) -> BallCertifier {
    let instance = networks[index]
    let interface = interfaces[instance.interface]
    do throws(BallFailure) {
      return try BallCertifier(
        of: network, interface, norm: question.norm, space: question.space, radius: question.radius,
        by: method, normalizationErrors: normalizationErrors(of: interface))
    } catch {
      throw DiagnosticSet([.noProjections(error, method, of: network.identity.name, instance)])
    }
  }
}

extension BallReport.Point {
  fileprivate init(
    label: Int, _ point: [Float], _ certifier: BallCertifier, seeksRadius: Bool,
    _ limits: BallLimits
  ) {
    let clock = ThreadClock()
    input = point
    self.label = label
    if seeksRadius {
      let radius = certifier.certifiedRadius(at: point, limits: limits)
      verdict = radius.verdict
      self.radius = radius
    } else {
      verdict = certifier.verdict(at: point, limits: limits)
      radius = nil
    }
    seconds = clock.seconds
  }
}
