import Diagnostics
import SafetyVerification

extension BallReport {
  /// For each question and network how many points have which verdict, and the processor time they took.
  public var text: String {
    "\(spec.name) \(spec.version): float semantics, \(method.title)\n"
      + results.map { result in
        "\n\(result.question.title) on \(result.network): \(result.question.summary) (\(result.rounding.rawValue))\n"
          + result.shareTable.split(separator: "\n").map { "  \($0)\n" }.joined() + result.witnesses
      }.joined()
  }
}

extension BallReport.Result {
  struct Counts {
    var clean = 0
    var robust = 0
    var robustAndRight = 0
    var notRobust = 0
    var outside = 0
    var unknown: [UnknownReason: Int] = [:]

    init(_ points: [BallReport.Point]) {
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

extension BallReport.Result {
  /// A line for each of the first points that are not robust: the choice at the input that shows it, its distance, and in
  /// which inputs it differs from the point, the largest differences first.
  fileprivate var witnesses: String {
    var lines: [String] = []
    for (number, point) in points.enumerated() {
      guard case .notRobust(let found) = point.verdict.outcome else { continue }
      let nearest = point.radius?.nearest ?? found
      let choices = "`\(names.outputs[point.verdict.choice])`, but `\(names.outputs[nearest.choice])`"
      let distance = roundedUp(nearest.distance, digits: 3)
      let changes = ProofAnswer.shortened(changes(from: point.input, to: nearest.values), to: 8)
      lines.append("  point \(number + 1): \(choices) at distance \(distance): \(changes)\n")
    }
    let limit = 5
    let more = lines.count - limit
    return lines.prefix(limit).joined()
      + (more > 0 ? "  and \(counted(more, "point")) more: --format json shows all\n" : "")
  }

  /// For example `psi 0.5 -> 0.25 rad`, the largest change first.
  private func changes(from point: [Float], to other: [Float]) -> [String] {
    func size(_ k: Int) -> Float { abs(other[k] - point[k]) }
    let changed = point.indices.filter { point[$0] != other[$0] }.sorted { size($0) > size($1) }
    return changed.map { k in
      let unit = names.inputs[k].unit
      return "\(names.inputs[k].name) \(point[k]) -> \(other[k])" + (unit.isEmpty ? "" : " \(unit)")
    }
  }
}

extension UnknownReason {
  var text: String {
    switch self {
    case .bounds: "left open by linear bounds"
    case .time: "out of time"
    case .regions: "too many regions"
    case .precision: "within rounding errors of the distance"
    case .overflow: "numbers may overflow"
    }
  }
}
