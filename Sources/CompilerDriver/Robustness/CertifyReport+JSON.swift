import ExactArithmetic
import SafetyLayers

extension CertifyReport {
  /// One JSON object with sorted keys, one array element a point. A radius is not above what was proved; `null` where
  /// there is no limit.
  public var json: String {
    jsonText(
      CertifyObject(
        schema: 1, compiler: compilerVersion, command: "certify", specification: spec.name,
        semantics: semantics.rawValue, bound: bound.rawValue,
        floatSemantics: rounding?.rawValue,
        clauses: results.map(ClauseObject.init),
        lipschitz: proved.map(LipschitzObject.init)))
  }
}

private struct CertifyObject: Encodable {
  let schema: Int
  let compiler, command, specification, semantics, bound: String
  /// Left out where certificates are of the real numbers.
  let floatSemantics: String?
  let clauses: [ClauseObject]
  let lipschitz: [LipschitzObject]
}

private struct ClauseObject: Encodable {
  let name, title, network, norm, space: String
  /// What it rests on, of what was asked for.
  let bound: String
  let radius: Double?
  let places: Int
  let sets: [[String]]
  let counts: CountsObject
  let classes: [String: CountsObject]
  let points: [PointObject]

  init(_ result: ClauseResult) {
    let clause = result.clause
    name = clause.name
    title = clause.title
    network = result.network
    norm = clause.norm.rawValue
    space = clause.space.rawValue
    bound = result.bound.rawValue
    radius = clause.radius.nearestDouble
    places = clause.places
    sets = clause.groups.map { $0.map { result.outputs[$0] } }
    counts = CountsObject(result.counts)
    classes = Dictionary(
      zip(result.outputs, result.countsByClass.map(CountsObject.init)),
      uniquingKeysWith: { first, _ in first })
    points = result.points.enumerated().map { PointObject($1, number: $0 + 1, result.outputs) }
  }
}

private struct LipschitzObject: Encodable {
  let name, title, network, norm, space: String
  let bound: Double?
  /// Not below the truth.
  let proved: Double

  init(_ network: String, _ margins: ProvedMargins) {
    let clause = margins.clause
    name = clause.name
    title = clause.title
    self.network = network
    norm = clause.norm.rawValue
    space = clause.space.rawValue
    bound = clause.bound.nearestDouble
    proved = margins.bound
  }
}

private struct CountsObject: Encodable {
  let points, clean, certified, certifiedAndRight, rejected: Int

  init(_ counts: ClauseResult.Counts) {
    points = counts.points
    clean = counts.clean
    certified = counts.certified
    certifiedAndRight = counts.certifiedAndRight
    rejected = counts.points - counts.certified
  }
}

private struct PointObject: Encodable {
  /// Of the point in the table, from 1.
  let point: Int
  let label: String
  /// `null` where the program gives none.
  let choice: String?
  let isCertified, isOutsideDomain: Bool
  let radius: Double?

  private enum CodingKeys: String, CodingKey {
    case point, label, choice, radius
    case isCertified = "certified"
    case isOutsideDomain = "outsideDomain"
  }

  init(_ point: ClauseResult.Point, number: Int, _ outputs: [String]) {
    self.point = number
    label = outputs[point.label]
    choice = point.verdict.choice < 0 ? nil : outputs[point.verdict.choice]
    isCertified = point.isCertified
    isOutsideDomain = point.isOutside
    radius = point.radius.isFinite ? point.radius : nil
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(point, forKey: .point)
    try container.encode(label, forKey: .label)
    try container.encode(choice, forKey: .choice)
    try container.encode(isCertified, forKey: .isCertified)
    try container.encode(isOutsideDomain, forKey: .isOutsideDomain)
    // `null`, not a missing key.
    try container.encode(radius, forKey: .radius)
  }
}
