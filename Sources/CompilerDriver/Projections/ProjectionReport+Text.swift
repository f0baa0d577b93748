import SafetyVerification

extension ProjectionReport {
  /// For each question and network how many points have which verdict, and the processor time they took.
  public var text: String {
    "\(spec.name) \(spec.version): float semantics, projections\n"
      + results.map { result in
        "\n\(result.question.title) on \(result.network): \(result.question.summary) (\(result.rounding.rawValue))\n"
          + result.shareTable.split(separator: "\n").map { "  \($0)\n" }.joined()
      }.joined()
  }
}

extension ProjectionReport.Result {
  struct Counts {
    var clean = 0
    var robust = 0
    var robustAndRight = 0
    var notRobust = 0
    var outside = 0
    var unknown: [UnknownReason: Int] = [:]

    init(_ points: [ProjectionReport.Point]) {
      for point in points {
        clean += point.isClean ? 1 : 0
        switch point.verdict.outcome {
        case .robust:
          robust += 1
          robustAndRight += point.isClean ? 1 : 0
        case .notRobust: notRobust += 1
        case .outsideDomain: outside += 1
        case .unknown(let reason): unknown[reason, default: 0] += 1
        }
      }
    }
  }

  fileprivate var shareTable: String {
    let counts = Counts(points)
    func row(_ title: String, _ count: Int) -> [String] {
      // To the nearest tenth of a percent.
      let share = points.isEmpty ? 0 : (2000 * count + points.count) / (2 * points.count)
      return [title, String(count), points.isEmpty ? "-" : "\(share / 10).\(share % 10) %"]
    }
    var rows = [
      ["points", String(points.count), ""], row("clean", counts.clean), row("certified", counts.robust),
      row("certified and right", counts.robustAndRight),
      row("not robust, by an input shown", counts.notRobust),
    ]
    for reason in UnknownReason.allCases {
      if let count = counts.unknown[reason] { rows.append(row("unknown: \(reason.text)", count)) }
    }
    if counts.outside > 0 { rows.append(row("outside the domain", counts.outside)) }
    let radii = points.compactMap { $0.radius?.radius }.sorted()
    if !radii.isEmpty { rows.append(["median certified radius", "\(radii[radii.count / 2])", ""]) }
    return alignedTable(rows, rightAligned: [1, 2])
  }
}

extension UnknownReason {
  var text: String {
    switch self {
    case .time: "out of time"
    case .regions: "too many regions"
    case .precision: "within rounding errors of the distance"
    case .overflow: "numbers may overflow"
    }
  }
}
