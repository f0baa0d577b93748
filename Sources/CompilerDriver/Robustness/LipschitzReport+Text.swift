import CertifiedBounds
import Diagnostics
import ModelImport

extension LipschitzReport {
  /// A table of the layers, then the bounds of the network.
  public var text: String {
    let heads = ["layer", "operator", "bound", "so far", "certificate", "above estimate", "seconds"]
    let rows = layers.map { layer in
      [
        printable(layer.name), layer.operation, layer.boundText, roundedUp(layer.soFar.value),
        layer.bound.proof.title,
        layer.overestimate.map { roundedUp($0, digits: 2) } ?? "-", roundedUp(layer.seconds, digits: 2),
      ]
    }
    return alignedTable([heads] + rows, rightAligned: [2, 3, 5, 6])
      + """

      \(model): \(counted(inputCount, "input")), \(counted(outputCount, "output"))
        product of the bounds    \(roundedUp(bound.output.value))
        any two outputs          \(roundedUp(bound.pairwise.map(\.value).max() ?? 0)) (the largest of the pairs)
        \(tightText)

      """
  }

  /// For example `by quadratic forms 4.1 (the pairs are 12 % lower in the mean; 0.3 s)`.
  private var tightText: String {
    let time = "\(roundedUp(tightSeconds, digits: 2)) s"
    guard let tight else { return "by quadratic forms       nothing lower (\(time))" }
    let ratios = zip(tight.pairwise, bound.pairwise).filter { $1 > .zero }.map { $0.value / $1.value }
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    return "by quadratic forms       \(roundedUp(tight.pairwise.map(\.value).max() ?? 0)) "
      + "(the pairs are \(roundedDown(100 * max(0, 1 - mean), digits: 3)) % lower in the mean; \(time))"
  }
}

extension LipschitzReport.Layer {
  fileprivate var boundText: String {
    let list = factors.map { roundedUp($0.value) }
    let isAlike = Set(list).count == 1 && list.count > 1
    let shown = isAlike ? "\(list.count) x \(list[0])" : list.joined(separator: ", ")
    if let block = bound.block { return "\(roundedUp(block.factor.value)) (block)" }
    return switch bound.rule {
    case .factor: shown
    case .sum: "sum of \(shown)"
    case .rootOfSquares: "root of squares of \(shown)"
    case .minMax, .minMaxOfPair: "1"
    }
  }
}

extension LayerBound.Proof {
  var title: String {
    switch self {
    case .definition: "definition"
    case .integerCertificate: "integers"
    case .factorization: "Cholesky"
    case .fourier: "Fourier"
    }
  }
}
