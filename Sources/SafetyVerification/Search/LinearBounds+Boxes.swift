// Trusted: what is called excluded is.
/// Linear bounds over the inputs in a box: what they exclude. All sums are charged with their rounding.
struct BoxForms {
  /// Coefficients and a constant each; every functional is at least that where it counts.
  let forms: [[Double]]
  let inputs: Int
  private let rounding: Double

  init(_ forms: [[Double]], inputs: Int) {
    self.forms = forms
    self.inputs = inputs
    rounding = Double(inputs + 2 * forms.count + 8) * 0x1p-52
  }

  /// A lower bound of a functional on a box.
  func least(_ form: [Double], _ box: Box) -> Double {
    var sum = form[inputs]
    var size = abs(sum)
    for i in 0..<inputs {
      let term = form[i] * (form[i] >= 0 ? box.lower[i] : box.upper[i])
      sum += term
      size += abs(term)
    }
    return sum - size * rounding - 1e-140
  }

  /// A lower bound of a combination with multipliers that are not negative; the combination's own rounding is charged.
  func least(combining multipliers: [Double], _ box: Box) -> Double {
    var sum = 0.0
    var size = 0.0
    for i in 0...inputs {
      var coefficient = 0.0
      var magnitude = 0.0
      for (form, multiplier) in zip(forms, multipliers) {
        let term = multiplier * form[i]
        coefficient += term
        magnitude += abs(term)
      }
      let end = i == inputs ? 1 : coefficient >= 0 ? box.lower[i] : box.upper[i]
      sum += coefficient * end
      size += magnitude * (i == inputs ? 1 : max(abs(box.lower[i]), abs(box.upper[i])))
    }
    return sum - size * rounding - 1e-140
  }

  /// Multipliers of a combination that is positive on the box: no point of it has all functionals at most zero.
  ///
  /// The search (multiplicative weights on the functionals' values where the combination is least) is untrusted.
  func refutation(_ box: Box, rounds: Int) -> [Double]? {
    let count = forms.count
    var weights = [Double](repeating: 1 / Double(count), count: count)
    var point = [Double](repeating: 0, count: inputs)
    var values = [Double](repeating: 0, count: count)
    for round in 0..<rounds {
      var total = 0.0
      for i in 0..<inputs {
        var coefficient = 0.0
        for q in 0..<count { coefficient += weights[q] * forms[q][i] }
        point[i] = coefficient >= 0 ? box.lower[i] : box.upper[i]
        total += coefficient * point[i]
      }
      for q in 0..<count { total += weights[q] * forms[q][inputs] }
      if total > 0, least(combining: weights, box) > 0 { return weights }
      var largest = 0.0
      var highest = -Double.infinity
      for q in 0..<count {
        var value = forms[q][inputs]
        for i in 0..<inputs { value += forms[q][i] * point[i] }
        values[q] = value
        largest = max(largest, abs(value))
        highest = max(highest, value)
      }
      // The point itself has all functionals at most zero: nothing refutes it.
      if highest <= 0 { return nil }
      let rate = 2 / Double(round / 4 + 1) / largest
      var sum = 0.0
      for q in 0..<count {
        weights[q] *= exponential(rate * values[q])
        sum += weights[q]
      }
      guard sum > 0, sum.isFinite else { return nil }
      for q in 0..<count { weights[q] /= sum }
    }
    return nil
  }

  /// The box without slabs on which some functional is positive; nil if nothing is left.
  func contracted(_ box: Box) -> Box? {
    var box = box
    for _ in 0..<2 {
      for form in forms {
        let total = least(form, box)
        if total > 0 { return nil }
        for i in 0..<inputs where form[i] != 0 && box.lower[i] < box.upper[i] {
          // Where the others are least, form[i] x_i <= rest is what may count.
          let a = form[i]
          let rest = -(total - a * (a >= 0 ? box.lower[i] : box.upper[i]))
          let end = rest / a
          guard end.isFinite else { continue }
          let margin = abs(end) * 0x1p-40 + (box.upper[i] - box.lower[i]) * 0x1p-30
          var slab = box
          if a > 0, end + margin < box.upper[i] {
            slab.lower[i] = max(end + margin, box.lower[i])
            if least(form, slab) > 0 { box.upper[i] = slab.lower[i] }
          } else if a < 0, end - margin > box.lower[i] {
            slab.upper[i] = min(end - margin, box.upper[i])
            if least(form, slab) > 0 { box.lower[i] = slab.upper[i] }
          }
        }
      }
    }
    return box
  }

  /// e^x for a guide: 2^k (1 + f) with a rational part, to a few parts in a thousand.
  private func exponential(_ x: Double) -> Double {
    let y = max(-40, min(40, x)) / 16
    let p = 1 + y * (1 + y * (0.5 + y / 6))
    let q = p * p
    let r = q * q
    let s = r * r
    return s * s
  }
}
