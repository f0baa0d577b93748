import SafetyVerification

extension BallReport {
  /// One JSON object with sorted keys, one array element a point. A radius is not above what was proved.
  public var json: String {
    jsonText(
      ReportObject(
        schema: 1, compiler: compilerVersion, command: "certify", method: method.rawValue,
        specification: spec.name, semantics: "float", results: results.map(ResultObject.init)))
  }
}

private struct ReportObject: Encodable {
  let schema: Int
  let compiler, command, method, specification, semantics: String
  let results: [ResultObject]
}

private struct ResultObject: Encodable {
  struct Counts: Encodable {
    let points, clean, certified, certifiedAndRight, notRobust, unknown: Int
  }

  /// Left out for a ball that the command line gave.
  let clause: String?
  let network, norm, space, floatSemantics: String
  /// SHA-256.
  let modelHash: String
  let radius: Double?
  let counts: Counts
  let points: [PointObject]

  init(_ result: BallReport.Result) {
    let question = result.question
    clause = question.clause
    network = result.network
    modelHash = "\(result.modelHash)"
    norm = question.norm.rawValue
    space = question.space.rawValue
    floatSemantics = result.rounding.rawValue
    radius = question.radius.nearestDouble
    let counted = BallReport.Result.Counts(result.points)
    counts = Counts(
      points: result.points.count, clean: counted.clean, certified: counted.robust,
      certifiedAndRight: counted.robustAndRight, notRobust: counted.notRobust,
      unknown: counted.unknown.values.reduce(0, +))
    points = result.points.enumerated().map { PointObject($1, number: $0 + 1, result.names.outputs) }
  }
}

private struct PointObject: Encodable {
  struct Witness: Encodable {
    let choice: String
    /// Not below the input's distance.
    let distance: Double
    let input: [Float]

    init(_ input: NearbyInput, _ outputs: [String]) {
      choice = outputs[input.choice]
      distance = input.distance
      self.input = input.values
    }
  }

  /// Of the point in the table, from 1.
  let point: Int
  let label, verdict: String
  /// Left out outside the domains.
  let choice: String?
  /// Why the verdict is `unknown`.
  let reason: String?
  let regionSets: Int
  /// The nearest input with another choice that was found.
  let witness: Witness?
  /// With `--lower-bound`.
  let certifiedRadius: Double?
  let cpuSeconds: Double

  init(_ point: BallReport.Point, number: Int, _ outputs: [String]) {
    self.point = number
    label = outputs[point.label]
    choice = point.verdict.choice < 0 ? nil : outputs[point.verdict.choice]
    var reason: String?
    var nearest = point.radius?.nearest
    switch point.verdict.outcome {
    case .robust: verdict = "robust"
    case .notRobust(let input):
      verdict = "notRobust"
      nearest = nearest ?? input
    case .unknown(let why):
      verdict = "unknown"
      reason = why.rawValue
    case .outsideDomain: verdict = "outsideDomain"
    }
    self.reason = reason
    regionSets = point.verdict.cellCount
    witness = nearest.map { Witness($0, outputs) }
    certifiedRadius = point.radius?.radius
    cpuSeconds = point.seconds
  }
}
