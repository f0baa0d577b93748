import SpecificationLanguage

/// Demands in the language's words: `choose`, `never choose` and `is not maximal` where they are these, else
/// `above`.
struct DemandText {
  let interface: Interface

  /// The post of demands that hold together.
  /// - Throws: that a bound has no literal.
  func text(_ demands: [OutputDemand]) -> String? {
    if let choice = choice(demands) ?? notWorst(demands) { return choice }
    let parts = demands.map { text($0, isInner: demands.count > 1) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: "\n    and ")
  }

  private func text(_ demand: OutputDemand, isInner: Bool) -> String? {
    switch demand {
    case .order(let above, let below): return "\(name(above)) above \(name(below))"
    case .score(let output, let isUpper, let isStrict, let bound):
      let relation = (isUpper ? "<" : ">") + (isStrict ? "" : "=")
      return QuantityText(unit: "").exact(bound).map { "\(name(output)) \(relation) \($0)" }
    case .all(let parts), .any(let parts):
      let texts = parts.map { text($0, isInner: true) }
      if texts.contains(nil) { return nil }
      var isAny = false
      if case .any = demand { isAny = true }
      let joined = texts.compactMap { $0 }.joined(separator: isAny ? " or " : " and ")
      return isInner ? "(\(joined))" : joined
    }
  }

  private func name(_ output: Int) -> String { interface.outputs[output] }

  private func names(_ outputs: [Int], _ separator: String) -> String {
    outputs.map(name).joined(separator: separator)
  }

  /// For each output outside a set, some member is better: the set's best is the best of all.
  private func choice(_ demands: [OutputDemand]) -> String? {
    let clauses = demands.map(orders)
    let excluded = clauses.compactMap { $0?.first?.below }.sorted()
    guard let chosen = clauses.first??.map(\.above).sorted(), excluded.count == demands.count,
      (chosen + excluded).sorted() == Array(interface.outputs.indices),
      clauses.allSatisfy({ clause in
        guard let clause else { return false }
        return clause.map(\.above).sorted() == chosen && clause.allSatisfy { $0.below == clause[0].below }
      })
    else { return nil }
    return chosen.count > excluded.count
      ? "never choose " + names(excluded, ", ") : "choose " + names(chosen, " or ")
  }

  /// Some other output is worse.
  private func notWorst(_ demands: [OutputDemand]) -> String? {
    guard demands.count == 1, let pairs = orders(demands[0]), pairs.count == interface.outputs.count - 1,
      let output = pairs.first?.above, pairs.allSatisfy({ $0.above == output })
    else { return nil }
    return "\(name(output)) is not \(interface.better == .highest ? "minimal" : "maximal")"
  }

  /// The orders of which a demand wants one; `nil` if it is of another form.
  private func orders(_ demand: OutputDemand) -> [(above: Int, below: Int)]? {
    var parts = [demand]
    if case .any(let inner) = demand { parts = inner }
    let pairs = parts.compactMap { part -> (above: Int, below: Int)? in
      if case .order(let above, let below) = part { (above, below) } else { nil }
    }
    return pairs.count == parts.count && !pairs.isEmpty ? pairs : nil
  }
}
