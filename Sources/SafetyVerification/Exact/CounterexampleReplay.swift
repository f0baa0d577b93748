// Trusted: an input that is called a counterexample is one.
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage

/// Runs inputs to see whether they are counterexamples: inside a box, with outputs that satisfy all rows of an unsafe
/// set. All comparisons are exact.
public struct CounterexampleReplay: Sendable {
  public let network: Network
  /// How physical inputs become the network's; `nil` where inputs are the network's own.
  public let normalizations: [Normalization]?
  private let rounded: [FloatNormalization]?
  /// One bound an input, both included: of physical inputs, where there are normalisations.
  public let lower: [Rational]
  public let upper: [Rational]
  /// About the same inputs, then the scores.
  public let rows: [LinearRow]
  /// The rows in binary64, for the search: largest coefficient 1.
  let approximateRows: [(coefficients: [Double], constant: Double)]

  /// - Requires: one bound and one normalisation an input, one coefficient an input and output.
  public init(
    _ network: Network, normalizations: [Normalization]? = nil, lower: [Rational], upper: [Rational],
    rows: [LinearRow]
  ) {
    let count = network.inputCount
    precondition(lower.count == count && upper.count == count, "one bound an input")
    precondition(normalizations.map { $0.count == count } ?? true, "one normalisation an input")
    precondition(
      rows.allSatisfy { $0.coefficients.count == count + network.outputCount },
      "one coefficient an input and output")
    self.network = network
    self.normalizations = normalizations
    rounded = normalizations?.map { FloatNormalization($0) }
    self.lower = lower
    self.upper = upper
    self.rows = rows
    approximateRows = rows.map { row in
      let scale = row.coefficients.reduce(.zero) { max($0, $1.magnitude) }
      let factor = scale.signum == 0 ? Rational.one : Rational.one / scale
      return (
        row.coefficients.map { ($0 * factor).nearestDouble ?? 0 },
        (row.constant * factor).nearestDouble ?? .infinity
      )
    }
  }

  /// - Requires: one finite number an input.
  public func callAsFunction(_ input: [Float]) -> ReplayedCounterexample {
    let exact = input.map { Rational($0) }
    let scores = scores(of: input)
    let real = realScores(of: exact)
    return ReplayedCounterexample(
      input: input, scores: scores, realScores: real,
      isInside: zip(exact, zip(lower, upper)).allSatisfy { $1.0 <= $0 && $0 <= $1.1 },
      violatesReal: real.map { real in rows.allSatisfy { $0.holds(at: exact + real) } },
      violatesFloat: isViolation(input, scores))
  }

  /// Whether input and the program's scores satisfy all rows.
  func isViolation(_ input: [Float], _ scores: [Float]) -> Bool {
    guard scores.allSatisfy(\.isFinite) else { return false }
    let point = (input + scores).map { Rational($0) }
    return rows.allSatisfy { $0.holds(at: point) }
  }

  /// What the emitted program computes.
  func scores(of input: [Float]) -> [Float] {
    network.evaluate(rounded.map { zip($0, input).map { $0($1) } } ?? input)
  }

  /// What the real network computes; `nil` where that is not rational.
  private func realScores(of input: [Rational]) -> [Rational]? {
    let normalized = normalizations.map { zip($0, input).map { ($1 - $0.center) * $0.scale } } ?? input
    return try? network.evaluateExactly(normalized)
  }
}

/// An input with what it was found to do.
public struct ReplayedCounterexample: Sendable {
  public let input: [Float]
  /// Of the emitted program.
  public let scores: [Float]
  /// Of the real network; `nil` where they are not rational.
  public let realScores: [Rational]?
  /// Whether the input is in the box.
  public let isInside: Bool
  /// Whether input and real scores satisfy all rows; `nil` if that is not known.
  public let violatesReal: Bool?
  /// Whether input and the program's scores do. Scores that are not finite violate nothing: the program abstains.
  public let violatesFloat: Bool
}
