import Diagnostics
import SpecificationLanguage

/// Points with their labels: finite numbers, and as many of the one as of the other.
struct CertifiedTable {
  let points: [[Float]]
  /// The right output of each point.
  let labels: [Int]

  /// - Throws: what is wrong with one of the files.
  init(inputs: SourceFile, labels: SourceFile, _ interface: Interface) throws(DiagnosticSet) {
    points = try InputTable(inputs, interface: interface).rows
    self.labels = try PointLabels(labels, interface: interface).outputs
    guard points.count == self.labels.count else {
      throw malformedInput(
        labels, "whole file",
        "\(counted(self.labels.count, "label")), but `\(inputs.name)` has \(counted(points.count, "row"))",
        "give every row of the inputs one label, in the same order")
    }
    for (row, point) in points.enumerated() {
      guard let input = point.firstIndex(where: { !$0.isFinite }) else { continue }
      throw malformedInput(
        inputs, "row \(row + 1)", "`\(interface.inputs[input].name)` is \(point[input])",
        "leave the row out, with its label: what is not a finite number has no distance")
    }
  }
}
