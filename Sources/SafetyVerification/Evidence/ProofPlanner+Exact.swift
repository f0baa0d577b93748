import ExactArithmetic
import ProofChecker

/// Parts that bounds don't close, however small they are: there elements are split until the network is affine on each part,
/// and linear programs say in rationals which combination of rows and signs is positive.
extension ProofPlanner {
  /// Rows of a conjunction and, counted on, signs of the splits on the way, with integers as multipliers.
  struct ExactClaim {
    let conjunction: Int
    /// Multipliers as the file has them.
    let parts: [(index: Int, multiplier: [UInt8])]
  }

  /// With more sums of either sign than that, a box is split first.
  private static let openLimit = 12

  /// A node that closes a part by exact claims, below it or at once.
  ///
  /// - Parameter place: with a level of its own.
  /// - Returns: nil if numbers were rounded to be listed, programs are meant, that would take many nodes, time is up, or some
  ///   input violates what is listed.
  func exact(_ place: Place, _ flags: UInt8, _ head: [UInt8], _ cost: Int) -> Plan? {
    guard isExact, let level = place.level else { return nil }
    let signed = SignedNetwork(network, inputs: place.box.lower.count, level)
    let open = signed.openElements(below: place.open.flatMap { rows[$0] })
    guard open.count <= Self.openLimit else { return nil }
    return exact(place, signed, open, [], flags, head, cost)
  }

  /// - Parameter outerSigns: of the first splits, as far as they are known.
  private func exact(
    _ outer: Place, _ signed: SignedNetwork, _ open: [Int], _ outerSigns: [LinearRow?], _ flags: UInt8,
    _ head: [UInt8], _ cost: Int
  ) -> Plan? {
    var place = outer
    place.depth += 1
    exactNodesLeft -= 1
    guard exactNodesLeft > 0, place.depth < 400, processSeconds() < deadline else { return nil }
    let signs = place.splits.indices.map { index in
      (index < outerSigns.count ? outerSigns[index] : nil) ?? signed.row(place.splits[index])
    }
    let system = BoxSystem(place.box)
    var claims: [ExactClaim] = []
    for conjunction in place.open {
      let all = rows[conjunction].map { $0.isRounded ? nil : signed.row($0) } + signs
      let known = all.indices.filter { all[$0] != nil }
      switch system.solve(all.compactMap { $0 }, in: context) {
      case .refuted(let multipliers):
        let parts = zip(known, multipliers).map { (index: $0, multiplier: $1.digits) }
        guard parts.allSatisfy({ $0.multiplier.count < multiplierLimit }) else { return nil }
        claims.append(
          ExactClaim(conjunction: conjunction, parts: parts.filter { !$0.multiplier.isEmpty }))
      case .feasible where !open.isEmpty: continue
      case .feasible:
        // What is listed may not be true.
        exactNodesLeft = 0
        return nil
      case .unknown:
        hasUnsolvedProgram = true
        exactNodesLeft = 0
        return nil
      }
    }
    var writer = ProofWriter()
    writer.append(head)
    if !claims.isEmpty { write(claims, to: &writer) }
    let flags: UInt8 = claims.isEmpty ? flags : flags | 16
    let done = Set(claims.map(\.conjunction))
    place.open.removeAll { done.contains($0) }
    if place.open.isEmpty {
      return Plan(bytes: self.head(of: place, flags) + writer.bytes, cost: cost + claims.count * exactCost)
    }
    guard let element = signed.openElements(below: place.open.flatMap { rows[$0] }).first else { return nil }
    writer.number(element)
    var plan = Plan(
      bytes: self.head(of: place, flags | 8) + writer.bytes, cost: cost + claims.count * exactCost)
    for side in [true, false] {
      var child = place
      child.splits.append((element, side))
      guard let part = exactChild(child, signs) else { return nil }
      plan = Plan(bytes: plan.bytes + part.bytes, cost: plan.cost + part.cost)
    }
    return plan
  }

  /// One side of a split, with bounds of its own.
  private func exactChild(_ outer: Place, _ signs: [LinearRow?]) -> Plan? {
    var place = outer
    guard let level = level(&place, refining: layers) else { return nil }
    defer { bounds.recycle(level) }
    if level.isEmpty { return Plan(bytes: head(of: place, 1), cost: levelCost) }
    let (claims, _) = close(place, place.box)
    var writer = ProofWriter()
    if !claims.isEmpty { write(claims, to: &writer) }
    let flags: UInt8 = claims.isEmpty ? 1 : 3
    let cost = levelCost + claims.count
    let done = Set(claims.map(\.conjunction))
    place.open.removeAll { done.contains($0) }
    if place.open.isEmpty { return Plan(bytes: head(of: place, flags) + writer.bytes, cost: cost) }
    let signed = SignedNetwork(network, inputs: place.box.lower.count, level)
    let open = signed.openElements(below: place.open.flatMap { rows[$0] })
    return exact(place, signed, open, signs, flags, writer.bytes, cost)
  }

  private func write(_ claims: [ExactClaim], to writer: inout ProofWriter) {
    writer.number(claims.count)
    for claim in claims {
      writer.number(claim.conjunction)
      writer.number(claim.parts.count)
      for part in claim.parts {
        writer.number(part.index)
        writer.number(part.multiplier.count)
        writer.append(part.multiplier)
      }
    }
  }
}

extension Rational {
  /// Of an integer that is not negative, in base 256, the highest first.
  fileprivate var digits: [UInt8] {
    var result: [UInt8] = []
    var rest = self
    while rest.signum > 0 {
      let next = (rest / Rational(256)).floor
      guard let digit = (rest - next * Rational(256)).asInt.flatMap(UInt8.init(exactly:)) else {
        preconditionFailure("what is left of an integer is below 256")
      }
      result.append(digit)
      rest = next
    }
    return result.reversed()
  }
}
