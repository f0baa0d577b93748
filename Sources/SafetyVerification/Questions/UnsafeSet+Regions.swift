// Trusted: the regions hold every member of the unsafe set.
import Diagnostics
import ExactArithmetic
import VNNLIB

/// Why an unsafe set can't be searched.
enum UnsearchableSet: Error {
  /// A comparison of inputs with outputs.
  case mixedComparison
  case tooManyDisjuncts
  /// An input has no bounds.
  case unboundedInput(Int)
}

/// A conjunction of comparisons.
struct UnsafeDisjunct {
  var inputs: [Comparison] = []
  var outputs: [Comparison] = []
}

extension UnsafeSet {
  static let disjunctLimit = 1 << 17

  /// The set as a union of conjunctions.
  func disjuncts() throws(UnsearchableSet) -> [UnsafeDisjunct] {
    var result = [UnsafeDisjunct()]
    for assertion in assertions { try Self.multiply(&result, by: Self.disjuncts(of: assertion)) }
    return result
  }

  private static func disjuncts(of formula: Formula) throws(UnsearchableSet) -> [UnsafeDisjunct] {
    switch formula {
    case .constant(let value): return value ? [UnsafeDisjunct()] : []
    case .comparison(let comparison):
      let isInput = comparison.terms.map { if case .input = $0.variable { true } else { false } }
      if isInput.allSatisfy({ $0 }) { return [UnsafeDisjunct(inputs: [comparison])] }
      if isInput.contains(true) { throw .mixedComparison }
      return [UnsafeDisjunct(outputs: [comparison])]
    case .all(let parts):
      var result = [UnsafeDisjunct()]
      for part in parts { try multiply(&result, by: disjuncts(of: part)) }
      return result
    case .any(let parts):
      var result: [UnsafeDisjunct] = []
      for part in parts { result += try disjuncts(of: part) }
      if result.count > disjunctLimit { throw .tooManyDisjuncts }
      return result
    }
  }

  private static func multiply(
    _ a: inout [UnsafeDisjunct], by b: [UnsafeDisjunct]
  ) throws(UnsearchableSet) {
    guard a.count * b.count <= disjunctLimit else { throw .tooManyDisjuncts }
    if a.count == 1, b.count == 1 {
      // In place: there may be hundreds of thousands of assertions.
      a[0].inputs += b[0].inputs
      a[0].outputs += b[0].outputs
      return
    }
    a = a.flatMap { left in
      b.map { UnsafeDisjunct(inputs: left.inputs + $0.inputs, outputs: left.outputs + $0.outputs) }
    }
  }

  /// What to search: disjuncts with the same inputs share a region. Those whose boxes are empty are left out.
  func questions() throws(UnsearchableSet) -> [RegionQuestion] {
    var order: [[Comparison]] = []
    var groups: [[Comparison]: [[Comparison]]] = [:]
    for disjunct in try disjuncts() {
      if groups[disjunct.inputs] == nil { order.append(disjunct.inputs) }
      groups[disjunct.inputs, default: []].append(disjunct.outputs)
    }
    var result: [RegionQuestion] = []
    for inputs in order {
      let part = InputPart(inputs, inputCount: inputCount)
      guard let exact = try part.bounds() else { continue }
      result.append(
        RegionQuestion(
          lower: exact.lower, upper: exact.upper, inequalities: part.inequalities,
          conjunctions: groups[inputs] ?? [], outputCount: outputCount))
    }
    return result
  }
}

/// Whether some input of a box that satisfies inequalities has outputs that satisfy all comparisons of a conjunction.
/// Exact; inputs are the network's own.
struct RegionQuestion: Sendable {
  let lower: [Rational]
  let upper: [Rational]
  /// About inputs.
  let inequalities: [Comparison]
  /// About outputs.
  let conjunctions: [[Comparison]]
  let outputCount: Int

  /// The same for searches: rounded so that nothing is lost.
  func searched(_ box: Box) -> SearchRegion {
    let rows = conjunctions.map { rows in
      // Nothing is demanded of the outputs: a row that is never positive.
      rows.isEmpty
        ? [OutputRow(terms: [], constant: -1, isStrict: false, isRounded: false)] : rows.map { OutputRow($0) }
    }
    return SearchRegion(box: box, inputForms: inequalities.map { $0.form(below: box) }, conjunctions: rows)
  }

  /// The smallest box of binary64 numbers that holds this one; nil beyond their range.
  var outerBox: Box? {
    var box = Box(lower: [], upper: [])
    for (low, high) in zip(lower, upper) {
      guard let below = low.doubleNotAbove, let above = high.doubleNotBelow else { return nil }
      box.lower.append(below)
      box.upper.append(above)
    }
    return box
  }

  /// The rows of a conjunction and of the inputs, about inputs and then outputs.
  func rows(_ conjunction: Int) -> [LinearRow] {
    (inequalities + conjunctions[conjunction]).map { comparison in
      var coefficients = [Rational](repeating: .zero, count: lower.count + outputCount)
      for term in comparison.terms {
        switch term.variable {
        case .input(let input): coefficients[input] = term.coefficient
        case .output(let output): coefficients[lower.count + output] = term.coefficient
        }
      }
      return LinearRow(coefficients, constant: comparison.constant, isStrict: comparison.isStrict)
    }
  }
}

/// The exact bounds of each input, and what is left.
struct InputPart {
  var lower: [Rational?]
  var upper: [Rational?]
  var inequalities: [Comparison] = []

  init(_ comparisons: [Comparison], inputCount: Int) {
    lower = [Rational?](repeating: nil, count: inputCount)
    upper = lower
    for comparison in comparisons {
      guard comparison.terms.count == 1, case .input(let input) = comparison.terms[0].variable else {
        inequalities.append(comparison)
        continue
      }
      // Bounds are closed; what is strict stays an inequality, too.
      if comparison.isStrict { inequalities.append(comparison) }
      let coefficient = comparison.terms[0].coefficient
      let bound = -comparison.constant / coefficient
      if coefficient.signum > 0 {
        upper[input] = upper[input].map { min($0, bound) } ?? bound
      } else {
        lower[input] = lower[input].map { max($0, bound) } ?? bound
      }
    }
  }

  /// Nil if the box is empty.
  func bounds() throws(UnsearchableSet) -> (lower: [Rational], upper: [Rational])? {
    var result: (lower: [Rational], upper: [Rational]) = ([], [])
    for index in lower.indices {
      guard let low = lower[index], let high = upper[index] else { throw .unboundedInput(index) }
      if low > high { return nil }
      result.lower.append(low)
      result.upper.append(high)
    }
    return result
  }
}

extension Comparison {
  /// A functional of the inputs in binary64 that is not above this one's in the box; one that says nothing where numbers
  /// are beyond binary64's range.
  fileprivate func form(below box: Box) -> [Double] {
    let count = box.lower.count
    var form = [Double](repeating: 0, count: count + 1)
    let silent = [Double](repeating: 0, count: count) + [-1]
    var constant = constant
    for term in terms {
      guard case .input(let input) = term.variable else { continue }
      guard let rounded = term.coefficient.nearestDouble else { return silent }
      form[input] = rounded
      let error = (term.coefficient - Rational(rounded)).magnitude
      constant = constant - error * Rational(max(abs(box.lower[input]), abs(box.upper[input])))
    }
    guard let below = constant.doubleNotAbove else { return silent }
    form[count] = below
    return form
  }
}

extension OutputRow {
  init(_ comparison: Comparison) {
    let scale = comparison.scale
    var isRounded = false
    func rounded(_ value: Rational) -> Double {
      let scaled = value * scale
      guard let double = scaled.nearestDouble else {
        preconditionFailure("a scaled row is within binary64's range")
      }
      if Rational(double) != scaled { isRounded = true }
      return double
    }
    let terms = comparison.terms.compactMap { term -> Term? in
      guard case .output(let output) = term.variable else { return nil }
      return Term(output: output, coefficient: rounded(term.coefficient))
    }
    // Not above: what the row says of less is true of more.
    guard let constant = (comparison.constant * scale).doubleNotAbove else {
      preconditionFailure("a scaled row is within binary64's range")
    }
    self.init(terms: terms, constant: constant, isStrict: comparison.isStrict, isRounded: isRounded)
  }
}

extension Comparison {
  /// A power of two with which no number of the row is beyond binary64's range, nor close to its end.
  fileprivate var scale: Rational {
    let largest = terms.reduce(constant.magnitude) { max($0, $1.coefficient.magnitude) }
    var exponent = 0
    while Rational(powerOfTwo: exponent + 512) < largest { exponent += 512 }
    return Rational(powerOfTwo: -exponent)
  }
}
