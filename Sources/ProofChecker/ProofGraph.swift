// Trusted: the rounding constants hold of a program that adds up each row's products.
/// What the proof is about: the real function, or what programs compute that round in one of three ways.
package enum ProofSemantics: UInt8 {
  case real, contractOff, fma, binary64Sums
}

/// Linear maps and leaky rectifiers. Value 0 is the input, value k + 1 the result of step k. Programs compute each element
/// of a linear step up to relative (sum of |weight| |operand| + |bias|) + absolute.
package final class ProofGraph {
  private let arena = Arena()
  struct Map {
    let value: Int
    /// Row by row; sparse if there are `starts`.
    let weights: Doubles
    let starts, columns: Places?
  }

  enum Step {
    /// No number on the way is above `growth` times (sum of |weight| |operand| + |bias|).
    case linear([Map], bias: Doubles, relative: Double, absolute: Double, growth: Double)
    case leaky(of: Int, slopes: Doubles)
  }

  package let semantics: ProofSemantics
  package private(set) var counts: [Int]
  /// Where each value's elements begin.
  package private(set) var offsets = [0]
  private(set) var steps: [Step] = []
  package private(set) var output = 0
  /// How many operands refer to each value, and whether it is one activation alone.
  private var uses: [Int]
  private(set) var isActivatedOnly: [Bool] = []
  /// Linear steps that are said to round nothing, though a sum or product does.
  private(set) var unroundedSteps = 0
  /// No sum has more terms than `elements` and a few; 0x1p-53 a rounding.
  var gamma: Double { Double(elements + 64) * 0x1p-53 * (1 + 0x1p-20) }
  var isFloat: Bool { semantics != .real }
  var elements: Int { offsets[offsets.count - 1] }

  package init(_ reader: inout ProofReader, _ semantics: ProofSemantics) throws(ProofRejection) {
    self.semantics = semantics
    counts = [try reader.count(16)]
    offsets.append(counts[0])
    uses = [0]
    for _ in 0..<(try reader.count(2)) {
      if try reader.byte() == 0 {
        let count = try reader.count(8)
        let (relative, absolute) = (try reader.double(), try reader.double())
        try require(relative >= 0 && absolute >= 0, "a negative error")
        let bias = try reader.doubles(count)
        var maps: [Map] = []
        for _ in 0..<(try reader.count(2)) { maps.append(try map(&reader, count)) }
        let growth = isFloat ? try checkRounding(maps, bias, relative, absolute) : 1
        append(
          .linear(
            maps, bias: arena.copy(bias, or: 0), relative: relative, absolute: absolute, growth: growth),
          count)
      } else {
        let operand = try reader.number(below: counts.count)
        guard operand > 0, case .linear = steps[operand - 1] else {
          throw ProofRejection(reason: "an activation of what is no sum")
        }
        uses[operand] += 1
        append(
          .leaky(of: operand, slopes: arena.copy(try reader.doubles(counts[operand]), or: 0)), counts[operand]
        )
      }
      try require(offsets[counts.count] <= 1 << 20, "too many neurons")
    }
    output = try reader.number(below: counts.count)
    uses[output] += 1
    isActivatedOnly = counts.map { _ in false }
    for case .leaky(let operand, _) in steps { isActivatedOnly[operand] = uses[operand] == 1 }
  }

  private func append(_ step: Step, _ count: Int) {
    steps.append(step)
    counts.append(count)
    offsets.append(elements + count)
    uses.append(0)
  }

  private func map(_ reader: inout ProofReader, _ outputs: Int) throws(ProofRejection) -> Map {
    let isDense = try reader.byte() == 0
    let value = try reader.number(below: counts.count)
    let inputs = counts[value]
    uses[value] += 1
    var (weights, starts, columns): ([Double], [Int32], [Int32]) = ([], [0], [])
    try require(!isDense || inputs * outputs <= reader.left / 4, "the file ends too early")
    for _ in 0..<outputs {
      for column in 0..<(isDense ? inputs : try reader.count(9)) {
        if !isDense { columns.append(Int32(try reader.number(below: inputs))) }
        let bits = try reader.pattern(isDense ? 4 : 8)
        weights.append(isDense ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits))
        try require(weights[weights.count - 1].isFinite && column < inputs, "a weight is not finite")
      }
      starts.append(Int32(weights.count))
    }
    return Map(
      value: value, weights: arena.copy(weights, or: 0), starts: isDense ? nil : arena.copy(starts, or: 0),
      columns: isDense ? nil : arena.copy(columns, or: 0))
  }

  /// The errors in the file are at least those of a program that rounds each product and sum that a row needs: k in a chain
  /// make k u / (1 - k u), or u and k 2^-53 where sums are binary64; and each product 2^-149, but where all weights are the
  /// same, which may be a sum that is multiplied.
  ///
  /// - Returns: how much larger that sum may be.
  private func checkRounding(
    _ maps: [Map], _ bias: [Double], _ relative: Double, _ absolute: Double
  ) throws(ProofRejection) -> Double {
    var (isRounded, growth) = (false, 1.0)
    for row in bias.indices {
      var (terms, products, first, areSame) = (0, 0, 0.0, true)
      for map in maps {
        let inputs = counts[map.value]
        let range = map.starts.map { Int($0[row])..<Int($0[row + 1]) } ?? row * inputs..<(row + 1) * inputs
        for weight in range.lazy.map({ abs(map.weights[$0]) }) where weight != 0 {
          if terms == 0 { first = weight }
          areSame = areSame && weight == first
          terms += 1
          if weight != 1 { products += 1 }
        }
      }
      if terms == 0 { continue }
      let sums = terms - 1 + (bias[row] != 0 ? 1 : 0)
      let k = Double(semantics == .fma && products > 0 ? terms : sums + (products > 0 ? 1 : 0))
      if k == 0 { continue }
      isRounded = true
      if relative == 0 && absolute == 0 { continue }
      if areSame { growth = max(growth, 1 / first) }
      let unit = 0x1p-24
      let least = k == 1 ? unit : semantics == .binary64Sums ? unit + k * 0x1p-53 : k * unit / (1 - k * unit)
      let underflows = semantics == .binary64Sums || areSame ? min(products, 1) : products
      try require(
        k < 0x1p22 && relative >= least && absolute >= Double(underflows) * 0x1p-149,
        "the rounding of a sum is not charged")
    }
    if isRounded && relative == 0 && absolute == 0 { unroundedSteps += 1 }
    return growth
  }
}
