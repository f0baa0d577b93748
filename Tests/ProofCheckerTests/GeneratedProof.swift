@testable import SafetyVerification

/// A random network of dense layers and leaky rectifiers with a question that holds, and its proof.
struct GeneratedProof {
  let bytes: [UInt8]

  /// Nil if the search does not prove it.
  init?(seed: UInt64, coversFloats: Bool) throws {
    var random = SplitMix(state: seed)
    let inputs = 2 + Int(random.next() % 2)
    let widths = [inputs, 4 + Int(random.next() % 6), 4 + Int(random.next() % 4), 2]
    var counts = [inputs]
    var steps: [RelaxationGraph.Step] = []
    for (from, to) in zip(widths, widths.dropFirst()) {
      let weights = (0..<from * to).map { _ in Float(random.unit() * 2 - 1) }
      let bias = Numbers((0..<to).map { _ in Double(Float(random.unit() - 0.5)) })
      let terms = Double(from + 1) * 0x1p-24
      steps.append(
        .linear(
          RelaxationGraph.Linear(
            operands: [
              (counts.count - 1, .dense(DenseMap(inputCount: from, outputCount: to, weights: weights)))
            ], bias: bias,
            rounding: RelaxationGraph.Rounding(
              relative: terms / (1 - terms) * (1 + 0x1p-50), absolute: Double(from) * 0x1p-149))))
      counts.append(to)
      if counts.count < 2 * widths.count - 2 {
        let slope = [0, 0, Double(Float(0.1)), -1, 2][Int(random.next() % 5)]
        steps.append(
          .activation(.leaky(slopes: Numbers(to, repeating: slope), rounds: true), of: counts.count - 1))
        counts.append(to)
      }
    }
    let graph = RelaxationGraph(counts: counts, steps: steps, output: counts.count - 1)
    let box = Box(
      lower: [Double](repeating: -1, count: inputs), upper: [Double](repeating: 1, count: inputs))
    // Points' largest value of a row, and a little: the search proves it or finds a point above.
    let points = PointBatch(graph, size: 64)
    for point in 0..<64 { for i in 0..<inputs { points[i, point] = 2 * random.unit() - 1 } }
    points.evaluate()
    let least = (0..<64).map { points.output(0, $0) - points.output(1, $0) }.min() ?? 0
    let row = OutputRow(
      terms: [.init(output: 0, coefficient: 1), .init(output: 1, coefficient: -1)],
      constant: 0.2 * (1 + random.unit()) - least, isStrict: false, isRounded: false)
    let low = OutputRow(
      terms: [.init(output: 0, coefficient: 1)], constant: 20, isStrict: false, isRounded: false)
    let region = SearchRegion(box: box, inputForms: [], conjunctions: [[row, low], [row]])
    let search = BranchAndBound(
      graph, splitsInputs: seed % 3 != 0, limits: SearchLimits(boxes: 3000), jobs: 1,
      attack: Attack(graph, seed: 1), judge: { _ in true }, settle: { _, _ in nil })
    guard search.refute(region, coversFloats: coversFloats, records: true) == .refuted,
      let trace = search.trace, search.floatGap == nil
    else { return nil }
    bytes = try ProofSource(
      graph: graph, semantics: .contractOff, coversFloats: coversFloats, regions: [(region, trace)]
    ).proof(model: [UInt8](repeating: 7, count: 32), question: "generated \(seed)")
  }
}
