/// How a proof's tree splits: where the trace does, at slabs that bounds exclude, and below the trace.
extension ProofPlanner {
  /// - Parameter forms: for each open conjunction its rows over the inputs, if they are known.
  func split(
    _ place: Place, _ forms: [[[Double]]], _ flags: UInt8, _ head: [UInt8], _ cost: Int
  ) -> Plan? {
    if !forms.isEmpty, let cut = cut(place, forms) {
      var (slab, rest) = (place, place)
      (slab.box, rest.box) = (cut.slab, cut.rest)
      let (closed, _) = close(slab, slab.box)
      if closed.count == place.open.count {
        var writer = ProofWriter()
        writer.byte(2)
        write(closed, to: &writer)
        guard let other = split(rest, forms, 0, [], cost + closed.count) else { return nil }
        let slabIsLow = cut.slab.upper[cut.input] == cut.middle
        let parts = slabIsLow ? writer.bytes + other.bytes : other.bytes + writer.bytes
        return Plan(
          bytes: self.head(of: place, flags | 4) + head + inputSplit(cut.input, cut.middle) + parts,
          cost: other.cost)
      }
    }
    var place = place
    skip(&place)
    let node = place.node.map { trace.nodes[$0] }
    if let node, node.count == 2 {
      switch node.branch {
      case .input(let input, let middle):
        return halves(place, input, middle, flags, head, cost, node.first)
      case .neuron(let neuron):
        var writer = ProofWriter()
        writer.number(network.neurons[Int(neuron)])
        var plan = Plan(bytes: self.head(of: place, flags | 8) + head + writer.bytes, cost: cost)
        for side in [true, false] {
          var child = place
          child.node = node.first + (side ? 0 : 1)
          child.splits.append((network.neurons[Int(neuron)], side))
          child.needsLevel = true
          guard let part = tree(child) else { return nil }
          plan = Plan(bytes: plan.bytes + part.bytes, cost: plan.cost + part.cost)
        }
        return plan
      case .none: return nil
      }
    }
    // Below the trace.
    let scores = place.box.lower.indices.map { input in
      (place.box.upper[input] - place.box.lower[input])
        * forms.joined().reduce(1e-6) { $0 + abs($1[input]) }
    }
    let input = scores.indices.max { scores[$0] < scores[$1] } ?? 0
    let middle = place.box.center(input)
    guard middle > place.box.lower[input], middle < place.box.upper[input] else { return nil }
    var below = place
    below.extra += 1
    return halves(below, input, middle, flags, head, cost, nil)
  }

  private func halves(
    _ place: Place, _ input: Int, _ middle: Double, _ flags: UInt8, _ head: [UInt8], _ cost: Int,
    _ first: Int?
  ) -> Plan? {
    var (low, high) = (place, place)
    low.box.upper[input] = middle
    high.box.lower[input] = middle
    low.node = first
    high.node = first.map { $0 + 1 }
    guard let a = tree(low), let b = tree(high) else { return nil }
    return Plan(
      bytes: self.head(of: place, flags | 4) + head + inputSplit(input, middle) + a.bytes + b.bytes,
      cost: cost + a.cost + b.cost)
  }

  private func inputSplit(_ input: Int, _ middle: Double) -> [UInt8] {
    var writer = ProofWriter()
    writer.number(input)
    writer.double(middle)
    return writer.bytes
  }

  /// The largest slab that linear bounds exclude for all open conjunctions, if it is worth a node.
  private func cut(
    _ place: Place, _ forms: [[[Double]]]
  ) -> (slab: Box, rest: Box, input: Int, middle: Double)? {
    var hull: Box?
    for own in forms {
      let all = BoxForms(region.inputForms + own, inputs: place.box.lower.count)
      guard let box = all.contracted(place.box) else { continue }
      hull =
        hull.map {
          Box(
            lower: zip($0.lower, box.lower).map { min($0, $1) },
            upper: zip($0.upper, box.upper).map { max($0, $1) })
        } ?? box
    }
    guard let hull else { return nil }
    var best = (share: cutShare, input: -1, isLow: true)
    for input in hull.lower.indices where place.box.upper[input] > place.box.lower[input] {
      let width = place.box.upper[input] - place.box.lower[input]
      let low = (hull.lower[input] - place.box.lower[input]) / width
      let high = (place.box.upper[input] - hull.upper[input]) / width
      if low > best.share { best = (low, input, true) }
      if high > best.share { best = (high, input, false) }
    }
    guard best.input >= 0 else { return nil }
    let middle = best.isLow ? hull.lower[best.input] : hull.upper[best.input]
    var (low, high) = (place.box, place.box)
    low.upper[best.input] = middle
    high.lower[best.input] = middle
    return best.isLow ? (low, high, best.input, middle) : (high, low, best.input, middle)
  }
}
