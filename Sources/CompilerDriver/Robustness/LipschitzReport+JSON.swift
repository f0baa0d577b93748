import CertifiedBounds

extension LipschitzReport {
  /// One JSON object with sorted keys. A number is the shortest decimal that identifies the binary64 number, so whoever
  /// reads it as one has the proved bound; `null` stands for a bound beyond its range. `pairwiseTight` is there if
  /// something is below `pairwise`.
  public var json: String {
    jsonText(
      LipschitzObject(
        schema: 1, compiler: compilerVersion, command: "lipschitz", model: model, inputs: inputCount,
        outputs: outputCount, layers: layers.map(LayerObject.init), product: finite(bound.output),
        pairwise: rows(bound.pairwise), pairwiseTight: tight.map { rows($0.pairwise) },
        tightSeconds: tightSeconds))
  }

  private func rows(_ pairwise: [UpperBound]) -> [[Double?]] {
    stride(from: 0, to: pairwise.count, by: outputCount).map { start in
      pairwise[start..<start + outputCount].map(finite)
    }
  }
}

private func finite(_ bound: UpperBound) -> Double? { bound.value.isFinite ? bound.value : nil }

private struct LipschitzObject: Encodable {
  let schema: Int
  let compiler, command, model: String
  let inputs, outputs: Int
  let layers: [LayerObject]
  let product: Double?
  let pairwise: [[Double?]]
  let pairwiseTight: [[Double?]]?
  let tightSeconds: Double
}

private struct LayerObject: Encodable {
  let name, operation, rule, certificate: String
  let factors: [Double?]
  let soFar, estimate, overestimate: Double?
  let seconds: Double

  init(_ layer: LipschitzReport.Layer) {
    name = layer.name
    operation = layer.operation
    let ofRule =
      switch layer.bound.rule {
      case .factor: "factor"
      case .sum: "sum"
      case .rootOfSquares: "rootOfSquares"
      case .minMax, .minMaxOfPair: "minMax"
      }
    rule = layer.bound.block == nil ? ofRule : "block"
    certificate = layer.bound.proof.rawValue
    factors = layer.factors.map(finite)
    soFar = finite(layer.soFar)
    estimate = layer.estimate
    overestimate = layer.overestimate
    seconds = layer.seconds
  }
}
