import Diagnostics

/// Reads the fields of a proof that is right.
struct ProofFields {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ count: Int) -> [UInt8] {
    position += count
    return Array(bytes[position - count..<position])
  }

  mutating func number() -> Int {
    let low = Int(take(1)[0])
    return low < 128 ? low : low - 128 + 128 * number()
  }

  mutating func double() -> Double {
    Double(bitPattern: take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
  }

  private mutating func float() -> Double {
    Double(Float(bitPattern: take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }))
  }

  mutating func layer() -> EditableProof.Layer {
    var layer = EditableProof.Layer()
    let rows = number()
    for _ in 0..<number() { layer.columns.append(number()) }
    (layer.relative, layer.absolute) = (double(), double())
    for _ in 0..<rows { layer.bias.append(double()) }
    for _ in 0..<rows { layer.slopes.append(double()) }
    layer.isShort = number() == 0
    for _ in 0..<rows * layer.columns.count { layer.weights.append(layer.isShort ? float() : double()) }
    return layer
  }

  mutating func region(_ inputs: Int) -> EditableProof.Region {
    var region = EditableProof.Region()
    for _ in 0..<inputs { region.lower.append(double()) }
    for _ in 0..<inputs { region.upper.append(double()) }
    for _ in 0..<number() {
      var rows: [EditableProof.Row] = []
      for _ in 0..<number() {
        let kind = number()
        var row = EditableProof.Row(isStrict: kind & 1 != 0, isRounded: kind & 2 != 0, constant: double())
        for _ in 0..<number() { row.terms.append((number(), double())) }
        rows.append(row)
      }
      region.conjunctions.append(rows)
    }
    return region
  }

  mutating func node() -> EditableProof.Node {
    var node = EditableProof.Node()
    let flags = number()
    node.level = flags & 1 != 0 ? number() : nil
    for _ in 0..<(flags & 2 != 0 ? number() : 0) {
      var claim = EditableProof.Claim(conjunction: number())
      let parts = number()
      for _ in 0..<parts { claim.parts.append((number(), parts == 1 ? 1 : double())) }
      node.claims.append(claim)
    }
    for _ in 0..<(flags & 16 != 0 ? number() : 0) {
      var claim = EditableProof.ExactClaim(conjunction: number())
      for _ in 0..<number() {
        let row = number()
        claim.parts.append((row, take(number())))
      }
      node.exact.append(claim)
    }
    if flags & 4 != 0 { node.split = .input(number(), at: double()) }
    if flags & 8 != 0 { node.split = .element(number()) }
    for _ in 0..<(flags & 12 != 0 ? 2 : 0) { node.children.append(self.node()) }
    return node
  }
}

/// Writes them, without regard to what is right, and remembers where counts are.
struct ProofBytes {
  private(set) var bytes: [UInt8] = []
  /// Where the number of things that follow is.
  private(set) var counts: [Int] = []

  init(_ proof: EditableProof) {
    bytes = proof.head
    number(proof.semantics)
    bytes += proof.model
    count(proof.question)
    bytes += proof.question
    number(proof.inputs)
    count(proof.layers)
    for layer in proof.layers { write(layer) }
    count(proof.regions)
    for region in proof.regions { write(region) }
    for region in proof.regions { write(region.tree) }
  }

  /// The whole file, with its SHA-256.
  static func file(_ bytes: [UInt8]) -> [UInt8] { bytes + ContentHash(of: bytes).bytes }

  private mutating func count(_ things: some Collection) {
    counts.append(bytes.count)
    number(things.count)
  }

  private mutating func number(_ value: Int) {
    if value >= 128 {
      bytes.append(UInt8(value & 127) | 128)
      number(value >> 7)
    } else {
      bytes.append(UInt8(value))
    }
  }

  private mutating func doubles(_ values: [Double]) {
    for value in values {
      for shift in 0..<8 { bytes.append(UInt8(value.bitPattern >> UInt64(8 * shift) & 255)) }
    }
  }

  private mutating func write(_ layer: EditableProof.Layer) {
    count(layer.bias)
    count(layer.columns)
    for column in layer.columns { number(column) }
    doubles([layer.relative, layer.absolute] + layer.bias + layer.slopes)
    number(layer.isShort ? 0 : 1)
    for weight in layer.weights {
      let bits = Float(weight).bitPattern
      if layer.isShort {
        for shift in 0..<4 { bytes.append(UInt8(bits >> UInt32(8 * shift) & 255)) }
      } else {
        doubles([weight])
      }
    }
  }

  private mutating func write(_ region: EditableProof.Region) {
    doubles(region.lower + region.upper)
    count(region.conjunctions)
    for rows in region.conjunctions {
      count(rows)
      for row in rows {
        number((row.isStrict ? 1 : 0) + (row.isRounded ? 2 : 0))
        doubles([row.constant])
        count(row.terms)
        for term in row.terms {
          number(term.element)
          doubles([term.factor])
        }
      }
    }
  }

  private mutating func write(_ node: EditableProof.Node) {
    var flags = (node.level == nil ? 0 : 1) + (node.claims.isEmpty ? 0 : 2)
    switch node.split {
    case .none: break
    case .input: flags += 4
    case .element: flags += 8
    }
    if !node.exact.isEmpty { flags += 16 }
    number(flags)
    if let level = node.level { number(level) }
    if !node.claims.isEmpty { count(node.claims) }
    for claim in node.claims {
      number(claim.conjunction)
      count(claim.parts)
      for part in claim.parts {
        number(part.row)
        if claim.parts.count > 1 { doubles([part.factor]) }
      }
    }
    if !node.exact.isEmpty { count(node.exact) }
    for claim in node.exact {
      number(claim.conjunction)
      count(claim.parts)
      for part in claim.parts {
        number(part.row)
        count(part.multiplier)
        bytes += part.multiplier
      }
    }
    switch node.split {
    case .none: break
    case .input(let input, let middle):
      number(input)
      doubles([middle])
    case .element(let element): number(element)
    }
    for child in node.children { write(child) }
  }
}
