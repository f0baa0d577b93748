import ExactArithmetic

/// What exact claims say, in rationals and forwards from the inputs: other code than the checker's, which goes backwards.
extension EditableProof {
  /// Whether all rows of a conjunction of the first region hold at a point of its box, exactly.
  func isRefutedExactly(at point: [Double]) -> Bool {
    let region = regions[0]
    guard zip(point, zip(region.lower, region.upper)).allSatisfy({ $1.0 <= $0 && $0 <= $1.1 }) else {
      return false
    }
    let values = exactValues(at: point)
    return region.conjunctions.contains { rows in
      rows.allSatisfy { row in
        let sign =
          row.terms.reduce(Rational(row.constant)) { $0 + values[$1.element] * Rational($1.factor) }.signum
        return sign < 0 || sign == 0 && !row.isStrict
      }
    }
  }

  /// Whether a claim is not true: its combination comes down to zero or below in its box. Nil as for ``least(of:at:)``.
  func isFalse(_ claim: ExactClaim, at path: [Int]) -> Bool? {
    let rows = regions[0].conjunctions[claim.conjunction]
    let isStrict = claim.parts.contains { part in
      part.row < rows.count && rows[part.row].isStrict && part.multiplier.contains { $0 > 0 }
    }
    return least(of: claim, at: path).map { $0.signum < 0 || $0.signum == 0 && !isStrict }
  }

  /// The least value of a claim's combination in its box. Nil where some sign is not plain from the splits and the ends of the
  /// box.
  func least(of claim: ExactClaim, at path: [Int]) -> Rational? {
    let rows = regions[0].conjunctions[claim.conjunction]
    let (lower, upper, splits) = part(at: path)
    let forms = forms(lower, upper, splits)
    var total = [Rational](repeating: .zero, count: inputs + 1)
    for part in claim.parts {
      let factor = part.multiplier.reduce(Rational.zero) { Rational(256) * $0 + Rational(Int($1)) }
      if factor.signum == 0 { continue }
      if part.row >= rows.count {
        let split = splits[part.row - rows.count]
        guard let sum = forms.sums[split.element] else { return nil }
        for i in total.indices { total[i] = total[i] + (split.isPositive ? -factor : factor) * sum[i] }
      } else {
        let row = rows[part.row]
        total[inputs] = total[inputs] + factor * Rational(row.constant)
        for term in row.terms {
          guard let value = forms.values[term.element] else { return nil }
          for i in total.indices { total[i] = total[i] + factor * Rational(term.factor) * value[i] }
        }
      }
    }
    return range(of: total, lower, upper).least
  }

  private typealias Side = (element: Int, isPositive: Bool)

  private func part(at path: [Int]) -> (lower: [Double], upper: [Double], splits: [Side]) {
    var (lower, upper) = (regions[0].lower, regions[0].upper)
    var splits: [Side] = []
    var node = regions[0].tree
    for side in path {
      switch node.split {
      case .none: break
      case .input(let input, let middle):
        if side == 0 { upper[input] = middle } else { lower[input] = middle }
      case .element(let element): splits.append((element, side == 0))
      }
      node = node.children[side]
    }
    return (lower, upper, splits)
  }

  /// By element sum and value as functions of the inputs, with a constant at last.
  private func forms(
    _ lower: [Double], _ upper: [Double], _ splits: [Side]
  ) -> (sums: [[Rational]?], values: [[Rational]?]) {
    var sums: [[Rational]?] = (0..<inputs).map { input in (0...inputs).map { $0 == input ? .one : .zero } }
    var values = sums
    for layer in layers {
      let old = values
      for row in layer.bias.indices {
        var sum: [Rational]? = (0...inputs).map { $0 == inputs ? Rational(layer.bias[row]) : .zero }
        for (position, column) in layer.columns.enumerated() {
          let weight = Rational(layer.weights[row * layer.columns.count + position])
          if weight.signum == 0 { continue }
          sum = zip(sum, old[column]).map { own, other in zip(own, other).map { $0 + weight * $1 } }
        }
        let isPositive = sum.flatMap { sum -> Bool? in
          let range = range(of: sum, lower, upper)
          var sides = Set(splits.filter { $0.element == sums.count }.map(\.isPositive))
          if range.least.signum >= 0 { sides.insert(true) }
          if range.largest.signum <= 0 { sides.insert(false) }
          // Where it is of both signs it is zero, and either may be meant.
          return sides.count == 1 ? sides.first : nil
        }
        let slope = layer.slopes[row] == 1 ? 1 : isPositive.map { $0 ? 1 : layer.slopes[row] }
        sums.append(sum)
        values.append(zip(sum, slope).map { sum, slope in sum.map { $0 * Rational(slope) } })
      }
    }
    return (sums, values)
  }

  private func range(
    of form: [Rational], _ lower: [Double], _ upper: [Double]
  ) -> (least: Rational, largest: Rational) {
    var (least, largest) = (form[inputs], form[inputs])
    for input in 0..<inputs {
      let ends = [form[input] * Rational(lower[input]), form[input] * Rational(upper[input])]
      least = least + min(ends[0], ends[1])
      largest = largest + max(ends[0], ends[1])
    }
    return (least, largest)
  }

  /// How many elements are split on the way to a place.
  func splitCount(at path: [Int]) -> Int { part(at: path).splits.count }

  /// The places of the nodes with exact claims.
  var exactPlaces: [[Int]] {
    func places(_ node: Node, _ path: [Int]) -> [[Int]] {
      (node.exact.isEmpty ? [] : [path])
        + node.children.indices.flatMap { places(node.children[$0], path + [$0]) }
    }
    return places(regions[0].tree, [])
  }

  /// Whether some exact claim is not true, as far as that is plain.
  var hasFalseClaim: Bool {
    exactPlaces.contains { place in
      node(at: place).exact.contains { isFalse($0, at: place) == true }
    }
  }
}

/// Both, if there are both.
private func zip<A, B>(_ a: A?, _ b: B?) -> (A, B)? {
  if let a, let b { (a, b) } else { nil }
}
