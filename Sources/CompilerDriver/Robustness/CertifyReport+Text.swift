import ExactArithmetic
import SpecificationLanguage

extension CertifyReport {
  /// For each clause and network the shares of points, overall and by class, and how the radii are spread.
  public var text: String {
    "\(spec.name) \(spec.version): \(semanticsText), \(boundText)\n"
      + results.map { result in
        let inputs = spec.interfaces[result.clause.interface].inputs.count
        let way =
          result.clause.norm == .lInfinity
          ? "  Linf through the L2 bound: the radius counts times the root of \(inputs)\n" : ""
        return "\n\(result.clause.name) on \(result.network): \(result.clause.summary)\n" + way
          + indented(result.shareTable) + "\n" + indented(result.classTable) + "\n"
          + indented(result.histogram)
      }.joined()
      + proved.map {
        "\n\($0.margins.clause.name) on \($0.network): \($0.margins.text(spec.interfaces[$0.margins.clause.interface]))\n"
      }.joined()
  }

  private var semanticsText: String {
    "\(semantics.rawValue) semantics" + (rounding.map { " (\($0.rawValue))" } ?? "")
  }

  /// What the clauses' bounds rest on, in the order of the list of bounds.
  private var boundText: String {
    let used = CertificateBound.allCases.filter { bound in results.contains { $0.bound == bound } }
    return used.map(\.rawValue).joined(separator: " and ") + (used.count == 1 ? " bound" : " bounds")
  }

  private func indented(_ table: String) -> String {
    table.split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}

extension RobustnessClause {
  /// For example `within L2 0.3 of physical keep top 1..2 inside 3 sets`.
  var summary: String {
    "within \(norm.rawValue) \(radiusText) of \(space.rawValue) keep top 1"
      + (places > 1 ? "..\(places)" : "")
      + (groups.isEmpty ? "" : " inside " + (groups.count == 1 ? "1 set" : "\(groups.count) sets"))
  }

  /// The shortest decimal that identifies the nearest binary64 number.
  private var radiusText: String { radius.nearestDouble.map(\.description) ?? radius.description }
}

extension ClauseResult {
  fileprivate var shareTable: String {
    let counts = counts
    func row(_ title: String, _ count: Int) -> [String] {
      // To the nearest tenth of a percent.
      let share = counts.points == 0 ? 0 : (2000 * count + counts.points) / (2 * counts.points)
      return [title, String(count), counts.points == 0 ? "-" : "\(share / 10).\(share % 10) %"]
    }
    var rows = [
      ["points", String(counts.points), ""], row("clean", counts.clean), row("certified", counts.certified),
      row("certified and right", counts.certifiedAndRight), row("rejected", counts.points - counts.certified),
    ]
    if outsideCount > 0 { rows.append(row("of these outside the domain", outsideCount)) }
    return alignedTable(rows, rightAligned: [1, 2])
  }

  fileprivate var classTable: String {
    let rows = zip(outputs, countsByClass).map { name, counts in
      [name] + [counts.points, counts.clean, counts.certified, counts.certifiedAndRight].map(String.init)
    }
    return alignedTable(
      [["class", "points", "clean", "certified", "certified and right"]] + rows, rightAligned: [1, 2, 3, 4])
  }

  /// How many points have a radius in each of eight equal ranges up to four times the clause's, and outside. A range has
  /// its upper end, so what is above the clause's radius, where the second ends, is certified.
  fileprivate var histogram: String {
    let ends = (0...8).map { (clause.radius * Rational($0, over: 2)).nearestDouble ?? .infinity }
    var counts = [Int](repeating: 0, count: 10)
    for point in points { counts[ends.firstIndex { point.radius <= $0 } ?? 9] += 1 }
    let largest = max(1, counts.max() ?? 1)
    let rows = counts.enumerated().map { place, count in
      let range = place == 0 ? "0" : place == 9 ? "over \(ends[8])" : "to \(ends[place])"
      return [range, String(count), String(repeating: "#", count: (40 * count + largest - 1) / largest)]
    }
    return alignedTable([["radius", "points"]] + rows, rightAligned: [1])
  }
}
