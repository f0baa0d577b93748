/// Real inputs between two corners, ends included.
struct Box: Sendable {
  var lower: [Double]
  var upper: [Double]

  func center(_ input: Int) -> Double { lower[input] / 2 + upper[input] / 2 }
}

/// One side of zero for the operand of an activation.
struct NeuronSplit: Sendable, Hashable {
  /// The position among all operands of activations.
  let neuron: Int32
  let isPositive: Bool
}

/// `sum of coefficients times outputs + constant`, whose sign decides something.
struct OutputRow: Sendable, Hashable {
  struct Term: Sendable, Hashable {
    let output: Int
    let coefficient: Double
  }

  let terms: [Term]
  let constant: Double
  /// Whether only values below zero count as unsafe, not zero itself.
  let isStrict: Bool
  /// Whether coefficients were rounded to binary64.
  let isRounded: Bool
}
