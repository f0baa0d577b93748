import CertifiedBounds
import SpecificationLanguage

/// What one `robust` clause certifies of one network, point by point.
struct ClauseResult: Sendable {
  struct Point: Sendable {
    /// The right output.
    let label: Int
    let verdict: PointVerdict
    /// Whether the point is outside the inputs' domains, where nothing is decided.
    let isOutside: Bool

    var isClean: Bool { !isOutside && verdict.choice == label }
    var isCertified: Bool { !isOutside && verdict.isCertified }
    /// Certified, and the best output is the right one.
    var isCertifiedAndRight: Bool { isCertified && verdict.choice == label }
    var radius: Double { isOutside ? 0 : verdict.radius }
  }

  struct Counts: Sendable {
    var points = 0
    var clean = 0
    var certified = 0
    var certifiedAndRight = 0

    mutating func count(_ point: Point) {
      points += 1
      clean += point.isClean ? 1 : 0
      certified += point.isCertified ? 1 : 0
      certifiedAndRight += point.isCertifiedAndRight ? 1 : 0
    }
  }

  let clause: RobustnessClause
  let network: String
  let outputs: [String]
  /// What the bounds of the outputs rest on.
  let bound: CertificateBound
  let points: [Point]

  var counts: Counts {
    var counts = Counts()
    for point in points { counts.count(point) }
    return counts
  }

  /// By label.
  var countsByClass: [Counts] {
    var counts = outputs.map { _ in Counts() }
    for point in points { counts[point.label].count(point) }
    return counts
  }

  var outsideCount: Int { points.count { $0.isOutside } }
}
