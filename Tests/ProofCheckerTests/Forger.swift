import ExactArithmetic
import TestSupport

/// Random networks, trees and exact claims that nobody meant to be true.
struct Forger {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func any(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
  private mutating func quarters() -> Double { Double(any(9) - 4) / 4 }

  mutating func proof() -> EditableProof {
    var result = EditableProof(
      head: Array("ordain proof 3\n".utf8), semantics: 0, model: [UInt8](repeating: 7, count: 32),
      question: [],
      inputs: 1 + any(3), layers: [], regions: [])
    var elements = result.inputs
    for _ in 0..<any(3) {
      let columns = (0..<elements).filter { _ in any(3) > 0 }
      if columns.isEmpty { continue }
      var layer = EditableProof.Layer()
      layer.isShort = true
      layer.columns = columns
      for _ in 0...any(2) {
        layer.bias.append(quarters())
        layer.slopes.append([0, 0, 1, -0.5][any(4)])
        for _ in columns { layer.weights.append(quarters()) }
        elements += 1
      }
      result.layers.append(layer)
    }
    var region = EditableProof.Region()
    for _ in 0..<result.inputs {
      let ends = [quarters(), quarters()].sorted()
      region.lower.append(ends[0])
      region.upper.append(ends[1])
    }
    let rows = (0...any(2)).map { _ in
      var row = EditableProof.Row(isStrict: any(2) == 0, constant: quarters())
      for _ in 0...any(2) { row.terms.append((any(elements), quarters())) }
      return row
    }
    region.conjunctions = [rows]
    region.tree = node(result.inputs, elements, rows.count, 0, depth: any(4))
    result.regions = [region]
    return result.touched(&random)
  }

  private mutating func node(
    _ inputs: Int, _ elements: Int, _ rows: Int, _ signs: Int, depth: Int
  ) -> EditableProof.Node {
    var node = EditableProof.Node()
    if signs == 0 || any(8) > 0 { node.level = 64 }
    if depth > 0 {
      let isElement = any(4) > 0
      node.split = isElement ? .element(any(elements)) : .input(any(inputs), at: quarters())
      for _ in 0..<2 {
        node.children.append(
          self.node(inputs, elements, rows, signs + (isElement ? 1 : 0), depth: depth - 1))
      }
    } else {
      var claim = EditableProof.ExactClaim()
      for part in 0..<rows + signs where any(3) > 0 { claim.parts.append((part, [UInt8(any(4))])) }
      node.exact = [claim]
    }
    return node
  }
}

extension EditableProof {
  /// With a row's constant such that some claim comes down to zero, or to a unit in the last place of that.
  fileprivate func touched(_ random: inout SplitMix64) -> EditableProof {
    var result = self
    for place in exactPlaces {
      let claim = node(at: place).exact[0]
      guard let least = least(of: claim, at: place),
        let part = claim.parts.first(where: {
          $0.row < regions[0].conjunctions[0].count && $0.multiplier != [0]
        })
      else { continue }
      let factor = Rational(Int(part.multiplier[0]))
      let row = regions[0].conjunctions[0][part.row]
      guard let constant = (Rational(row.constant) - least / factor).nearestDouble else { continue }
      let choices = [constant, constant.nextUp, constant.nextDown, constant + 0.25]
      result.regions[0].conjunctions[0][part.row].constant = choices[Int(random.next() % 4)]
    }
    return result
  }
}
