import ExactArithmetic
import SpecificationLanguage

/// Looks for an example near the solver's point and replays it by evaluating the guards themselves,
/// which shares no code with their encoding.
struct ExampleSearch {
  let problem: GuardProblem
  /// What must be active: a conflict's guards; `nil` for nothing at all.
  let claimed: [Int]?
  /// What is true in the region that is shown; the example lies in it.
  let literals: [ImplicantLiteral]
  /// The solver's values: input and value, for the inputs that it knows of.
  let values: [(input: Int, value: Rational)]
  let rawChoice: Int

  /// `nil` if not even the solver's own point replays.
  func callAsFunction() -> ConflictExample? {
    let evaluate = GuardEvaluator(problem)
    for point in candidates {
      guard let truths = evaluate(Witness(point: point, rawChoice: rawChoice)) else { continue }
      let isShown = claimed.map { Set(truths.active).isSuperset(of: $0) } ?? truths.active.isEmpty
      if isShown, literals.hold(at: point, rawChoice: rawChoice) { return example(point, truths.active) }
    }
    return nil
  }

  private func example(_ point: ConflictExample.Point, _ active: [Int]) -> ConflictExample {
    let relevant =
      claimed.map { $0 + $0.flatMap { problem.guards[$0].overriders } } ?? Array(problem.guards.indices)
    let atoms = relevant.flatMap { problem.guards[$0].property.condition.atoms }
    let dependsOnChoice = atoms.contains { if case .rawChoice = $0 { true } else { false } }
    return ConflictExample(
      point: point, rawChoice: dependsOnChoice ? rawChoice : nil,
      active: active.map { problem.identity.properties[$0] }, inputs: Set(atoms.flatMap(\.inputs)).sorted())
  }

  /// A round number in each input's interval: what is pleasant to read; ignores linear constraints.
  private var simplePoint: [Float] {
    var point = problem.interface.inputs.map { roundFloat(from: $0.lowest, to: $0.highest) }
    for interval in Region(literals, in: problem.interface).intervals {
      point[interval.input] = roundFloat(from: interval.lowest, to: interval.highest)
    }
    return point
  }

  /// The solver's point with each value rounded to nearest, down or up; to nearest first, 81 at most.
  private var roundings: [[Float]] {
    var points = [simplePoint]
    for (input, value) in values {
      let scalar = problem.interface.inputs[input]
      var options: [Float] = []
      for candidate in [value.nearestFloat, value.floatNotAbove, value.floatNotBelow] {
        guard let candidate else { continue }
        let clamped = min(max(candidate, scalar.lowest), scalar.highest)
        if !options.contains(clamped) { options.append(clamped) }
      }
      if points.count * options.count > 81 { options = Array(options.prefix(1)) }
      points = options.flatMap { option in
        points.map { point in
          var point = point
          point[input] = option
          return point
        }
      }
    }
    return points
  }

  /// Points to try, the pleasant ones first; the last is the solver's own.
  var candidates: [ConflictExample.Point] {
    ([simplePoint] + roundings).map(ConflictExample.Point.floats) + [.rationals(exactPoint)]
  }

  var exactPoint: [Rational] {
    var point = simplePoint.map { Rational($0) }
    for (input, value) in values { point[input] = value }
    return point
  }
}

/// Zero if it is between the bounds, else the middle, with as few digits as stay between them.
private func roundFloat(from lowest: Float, to highest: Float) -> Float {
  if lowest <= 0, highest >= 0 { return 0 }
  let middle = lowest / 2 + highest / 2
  guard middle != 0, middle >= lowest, middle <= highest else { return lowest }
  let exponent = Int(Rational(middle).magnitude.decimalExponent)
  for digits in 1...9 {
    let unit = Rational(10).power(abs(exponent - digits + 1))
    let step = exponent - digits + 1 < 0 ? Rational.one / unit : unit
    guard let steps = (Rational(middle) / step).nearestDouble, abs(steps) < 1e15 else { continue }
    let rounded = (Rational(steps.rounded()) * step).nearestFloat ?? middle
    if rounded >= lowest, rounded <= highest { return rounded }
  }
  return middle
}

extension Rational {
  /// The exponent of the leading decimal digit.
  /// - Requires: positive.
  fileprivate var decimalExponent: Int {
    var exponent = 0
    var scaled = self
    while scaled >= Rational(10) {
      scaled = scaled / Rational(10)
      exponent += 1
    }
    while scaled < .one {
      scaled = scaled * Rational(10)
      exponent -= 1
    }
    return exponent
  }
}
