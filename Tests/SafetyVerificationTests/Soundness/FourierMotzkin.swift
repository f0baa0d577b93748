import ExactArithmetic

/// `sum of a[i] x[i] + b <= 0`, or `< 0`: the oracle's own, as it shares no code with what it judges.
struct HalfSpace {
  var a: [Rational]
  var b: Rational
  var isStrict = false
}

/// Where the last variable of a system may lie (Fourier-Motzkin elimination of all others).
struct Shadow {
  private(set) var lower: (value: Rational, isStrict: Bool)?
  private(set) var upper: (value: Rational, isStrict: Bool)?
  private(set) var isEmpty = false

  /// - Requires: at least one variable.
  init(of halfSpaces: [HalfSpace]) {
    var rows = halfSpaces
    let count = rows[0].a.count
    for variable in 0..<count - 1 {
      let positive = rows.filter { $0.a[variable].signum > 0 }
      let negative = rows.filter { $0.a[variable].signum < 0 }
      rows.removeAll { $0.a[variable].signum != 0 }
      for p in positive {
        for n in negative {
          let (f, g) = (-n.a[variable], p.a[variable])
          let row = HalfSpace(
            a: zip(p.a, n.a).map { $0.signum == 0 && $1.signum == 0 ? .zero : f * $0 + g * $1 },
            b: f * p.b + g * n.b, isStrict: p.isStrict || n.isStrict)
          if variable == count - 2 { limit(by: row) } else { rows.append(row) }
        }
      }
    }
    for row in rows { limit(by: row) }
  }

  private mutating func limit(by row: HalfSpace) {
    guard !isEmpty, let a = row.a.last else { return }
    if a.signum == 0 {
      isEmpty = row.b.signum > 0 || row.isStrict && row.b.signum == 0
      return
    }
    let bound = (value: -row.b / a, isStrict: row.isStrict)
    if a.signum > 0 {
      if let upper, upper.value < bound.value || upper.value == bound.value && upper.isStrict { return }
      upper = bound
    } else {
      if let lower, lower.value > bound.value || lower.value == bound.value && lower.isStrict { return }
      lower = bound
    }
    if let lower, let upper {
      isEmpty = lower.value > upper.value || lower.value == upper.value && (lower.isStrict || upper.isStrict)
    }
  }
}
