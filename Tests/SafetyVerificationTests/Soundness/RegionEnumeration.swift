import ExactArithmetic

/// Exact enumeration of a network's activation regions over a box.
struct RegionEnumeration {
  let network: TinyNetwork
  let lower: [Rational]
  let upper: [Rational]

  /// An affine function of the input.
  typealias Form = HalfSpace

  /// Whether some input of the box, together with its outputs, satisfies one of the conjunctions: rows about inputs,
  /// then outputs.
  func isSatisfiable(_ conjunctions: [[HalfSpace]]) -> Bool {
    forEachRegion { region, outputs in
      conjunctions.contains { rows in
        let onInputs = rows.map { row in substitute(outputs, in: row) }
        return !Shadow(of: region + onInputs).isEmpty
      }
    }
  }

  /// The largest value of `sum of coefficient * output` over the box.
  func maximum(of coefficients: [Rational]) -> Rational? {
    var largest: Rational?
    _ = forEachRegion { region, outputs in
      let row = HalfSpace(a: [Rational](repeating: .zero, count: network.inputCount) + coefficients, b: .zero)
      let form = substitute(outputs, in: row)
      // One more variable t, with t <= form.
      let rows =
        region.map { HalfSpace(a: $0.a + [.zero], b: $0.b, isStrict: $0.isStrict) } + [
          HalfSpace(a: form.a.map { -$0 } + [.one], b: -form.b)
        ]
      let shadow = Shadow(of: rows)
      if !shadow.isEmpty, let upper = shadow.upper?.value {
        largest = largest.map { max($0, upper) } ?? upper
      }
      return false
    }
    return largest
  }

  /// The row with the outputs replaced by functions of the input.
  private func substitute(_ outputs: [Form], in row: HalfSpace) -> HalfSpace {
    var result = HalfSpace(a: Array(row.a.prefix(network.inputCount)), b: row.b, isStrict: row.isStrict)
    for (coefficient, form) in zip(row.a.dropFirst(network.inputCount), outputs) where coefficient.signum != 0
    {
      result.a = zip(result.a, form.a).map { $0 + coefficient * $1 }
      result.b = result.b + coefficient * form.b
    }
    return result
  }

  /// Calls `body` with each region that is not empty and the outputs there, until it returns true; whether it did.
  private func forEachRegion(_ body: ([HalfSpace], [Form]) -> Bool) -> Bool {
    let inputs = (0..<network.inputCount).map { input in
      Form(a: (0..<network.inputCount).map { $0 == input ? .one : .zero }, b: .zero)
    }
    let box = inputs.enumerated().flatMap { index, form in
      [HalfSpace(a: form.a, b: -upper[index]), HalfSpace(a: form.a.map { -$0 }, b: lower[index])]
    }
    return visit(layer: 0, inputs, region: box, body)
  }

  private func visit(
    layer index: Int, _ values: [Form], region: [HalfSpace], _ body: ([HalfSpace], [Form]) -> Bool
  ) -> Bool {
    guard index < network.layers.count else { return body(region, values) }
    let layer = network.layers[index]
    let sums = zip(layer.weights, layer.bias).map { row, bias in
      zip(row, values).reduce(Form(a: [Rational](repeating: .zero, count: network.inputCount), b: bias)) {
        sum, part in
        Form(a: zip(sum.a, part.1.a).map { $0 + part.0 * $1 }, b: sum.b + part.0 * part.1.b)
      }
    }
    return choose(neuron: 0, sums, layer, region) { activated, region in
      let results =
        layer.isResidual
        ? zip(values, activated).map { x, y in Form(a: zip(x.a, y.a).map { $0 + $1 }, b: x.b + y.b) }
        : activated
      return visit(layer: index + 1, results, region: region, body)
    }
  }

  private func choose(
    neuron: Int, _ sums: [Form], _ layer: TinyNetwork.Layer, _ region: [HalfSpace],
    _ body: ([Form], [HalfSpace]) -> Bool
  ) -> Bool {
    guard neuron < sums.count, let activation = layer.activation else { return body(sums, region) }
    let z = sums[neuron]
    let corner = { (isLow: Bool) in
      zip(z.a, zip(lower, upper)).reduce(z.b) { sum, part in
        sum + part.0 * ((part.0.signum > 0) == isLow ? part.1.0 : part.1.1)
      }
    }
    if corner(true).signum >= 0 { return choose(neuron: neuron + 1, sums, layer, region, body) }
    let isAlwaysNegative = corner(false).signum <= 0
    var negative = sums
    let slope = activation.negativeSlope
    negative[neuron] = Form(a: z.a.map { slope * $0 }, b: slope * z.b)
    if isAlwaysNegative { return choose(neuron: neuron + 1, negative, layer, region, body) }
    let below = region + [HalfSpace(a: z.a, b: z.b)]
    if !Shadow(of: below).isEmpty, choose(neuron: neuron + 1, negative, layer, below, body) { return true }
    let above = region + [HalfSpace(a: z.a.map { -$0 }, b: -z.b)]
    return !Shadow(of: above).isEmpty && choose(neuron: neuron + 1, sums, layer, above, body)
  }
}
