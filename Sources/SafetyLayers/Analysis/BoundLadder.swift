// Trusted: the formulas mean what the bounds mean.
import ExactArithmetic
import SMTSolving
import SpecificationLanguage

/// The bounds of one input: a Boolean variable for each threshold, "the input is at least so much". Every
/// assignment in which these fall monotonically is an interval of the domain's floats that is not empty.
struct BoundLadder {
  /// The smallest and the largest float of the domain.
  private let lowest: Float
  private let highest: Float
  /// Ascending, above `lowest`, up to `highest`.
  private let thresholds: [Float]
  private let steps: [BoolTerm]
  private let context: SolverContext

  /// A ladder for each input that occurs in `atoms`; it has no steps if the input has no bounds.
  static func ladders(
    for atoms: Set<Atom>, of interface: Interface, in context: SolverContext
  ) -> [Int: BoundLadder] {
    var thresholds: [Int: Set<Float>] = [:]
    for atom in atoms {
      for input in atom.inputs { thresholds[input, default: []].formUnion(atom.threshold.map { [$0] } ?? []) }
    }
    var ladders: [Int: BoundLadder] = [:]
    for (input, thresholds) in thresholds {
      ladders[input] = BoundLadder(input, interface.inputs[input], thresholds, context)
    }
    return ladders
  }

  private init(_ input: Int, _ scalar: InputScalar, _ thresholds: Set<Float>, _ context: SolverContext) {
    lowest = scalar.lowest
    highest = scalar.highest
    self.thresholds = thresholds.filter { $0 > scalar.lowest && $0 <= scalar.highest }.sorted()
    steps = self.thresholds.indices.map { context.boolVariable("x\(input)step\($0)") }
    self.context = context
  }

  /// True iff the input is at least `bound`.
  /// - Requires: `bound` is a threshold, or it decides nothing in the domain.
  func isAtLeast(_ bound: Float) -> BoolTerm {
    if bound <= lowest { return context.constant(true) }
    if bound > highest { return context.constant(false) }
    guard let step = position(of: bound) else { preconditionFailure("a bound that is no threshold") }
    return steps[step]
  }

  private func position(of bound: Float) -> Int? {
    var low = 0
    var high = thresholds.count
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low < thresholds.count && thresholds[low] == bound ? low : nil
  }

  /// What is at least a threshold is at least every smaller one.
  func assertOrder(in solver: borrowing Solver) {
    for (lower, upper) in zip(steps, steps.dropFirst()) {
      solver.assert(context.any([context.not(upper), lower]))
    }
  }

  /// `variable` is between the floats at the ends of the interval that the steps say.
  func assertInterval(of variable: RealTerm, in solver: borrowing Solver) {
    solver.assert(context.atLeast(variable, context.constant(Rational(lowest))))
    solver.assert(context.atMost(variable, context.constant(Rational(highest))))
    for (threshold, step) in zip(thresholds, steps) {
      let isAbove = context.atLeast(variable, context.constant(Rational(threshold)))
      let isBelow = context.atMost(variable, context.constant(Rational(threshold.nextDown)))
      solver.assert(context.any([context.not(step), isAbove]))
      solver.assert(context.any([step, isBelow]))
    }
  }

  /// The lower end of the interval in `model`.
  func lowest(in model: Model) -> Float {
    // Where the steps stop being true.
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if model.value(of: steps[middle]) == true { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? lowest : thresholds[low - 1]
  }
}

extension Atom {
  /// The smallest float on the upper side of a bound; infinite if there is none.
  fileprivate var threshold: Float? {
    switch self {
    case .atLeast(_, let bound): bound
    case .atMost(_, let bound): bound.nextUp
    case .linear, .rawChoice: nil
    }
  }
}
