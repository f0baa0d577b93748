import ProofChecker
import TestSupport

/// Networks whose roundings matter: large weights that cancel, magnitudes far apart, and files that charge programs no more
/// than they have to.
struct RoundingSubject {
  enum Shape: CaseIterable {
    /// Layers of any weights.
    case any
    /// Pairs of nearly the same large rows, one taken from the other.
    case pairs
    /// Elements that are only rounded by their slope.
    case slopes
    /// Products below the smallest normal binary32 number, made large again by the row.
    case underflow
    /// A row that adds the same elements many times, with factors that cancel.
    case row
    /// Rectifiers of either sign in the box, whose sums cancel, and they among themselves; least at an end.
    case hinges
    /// Several rows in a combination, with constants that cancel.
    case constants
  }

  private(set) var proof: EditableProof
  private(set) var claim = EditableProof.Claim(conjunction: 0, parts: [(0, 1)])
  /// Inputs of which some make errors that add up.
  private(set) var points: [[Float]] = []
  /// How far the box goes beyond zero from a point; nil if it is the point alone.
  private let reach: Double?
  private var random: SplitMix64

  init(_ shape: Shape, semantics: Int, seed: UInt64) {
    random = SplitMix64(seed: seed)
    let isOpen = [.slopes, .underflow].contains(shape) && seed % 4 == 1
    reach = shape == .hinges ? 0x1p-22 : isOpen ? 0.5 : nil
    let inputs = [.slopes, .underflow, .hinges].contains(shape) ? 1 : 1 + Int(seed % 4)
    proof = EditableProof(
      head: proofMagic, semantics: semantics, model: [UInt8](repeating: 1, count: 32), question: [],
      inputs: inputs, layers: [], regions: [EditableProof.Region()])
    var terms: [(element: Int, factor: Double)] = []
    switch shape {
    case .any:
      for _ in 0..<3 {
        let rows = 1 + Int(random.next() % 6)
        add(rows, from: 0..<count, slopes: [0, 0.125, 1, 1, -1, 0.3]) { $0.number(8) }
      }
      terms = [(count - 1, 1)]
    case .pairs:
      add(12, from: 0..<inputs, slopes: [1]) { $0.number(20) }
      let first = inputs
      add(6, from: first..<count, slopes: [1]) { $0.number(20) }
      let own = proof.layers[1].weights
      // The other row of a pair differs in its last bits.
      proof.layers[1].weights += own.map { Double(Float($0) * (1 + 0x1p-21)) }
      proof.layers[1].bias += proof.layers[1].bias
      proof.layers[1].slopes += proof.layers[1].slopes
      // Their difference has a slope, so it is known to be small where it is.
      add(1, from: first + 12..<first + 24, slopes: [0.5]) { _ in 1 }
      proof.layers[2].weights = (0..<12).map { $0 < 6 ? 1 : -1 }
      terms = [(count - 1, 1)]
    case .slopes, .underflow:
      let slope = Double(Float(random.unit() * 2 - 1))
      add(1, from: 0..<1, slopes: [slope]) { _ in 1 }
      proof.layers[0].bias = [0]
      if shape == .underflow, seed % 2 == 0 {
        proof.layers[0].weights = [Double(Float(random.unit()))]
        proof.layers[0].slopes = [1]
      }
      let factor = shape == .underflow ? 0x1p60 : 1
      // In a box the element counts against an input, and the sum is least at the lower end.
      terms = isOpen ? [(1, -factor), (0, 2 * factor)] : [(1, factor)]
      points = (0..<40).map { _ in
        let whole = Float(1 + random.next() % 64)
        return [shape == .underflow ? -whole * 0x1p-149 : -(1 + Float(random.unit()))]
      }
    case .row:
      add(4, from: 0..<inputs, slopes: [1]) { $0.number(0) }
      for _ in 0..<20 {
        let element = inputs + Int(random.next() % 4)
        let factor = (2 * random.unit() - 1) * 0x1p30
        terms += [(element, factor), (element, random.unit()), (element, -factor)]
      }
    case .hinges:
      add(7, from: 0..<1, slopes: [1]) { 1 + $0.number(0) }
      add(12, from: 1..<8, slopes: [0]) { $0.number(20) }
      for index in 0..<2 { proof.layers[index].bias = proof.layers[index].bias.map { _ in 0 } }
      proof.layers[0].weights[6] = 1
      let own = proof.layers[1].weights
      proof.layers[1].weights += own.map { Double(Float($0) * (1 + 0x1p-20)) }
      proof.layers[1].bias += proof.layers[1].bias
      proof.layers[1].slopes += proof.layers[1].slopes
      for row in 0..<24 {
        // What is large in a sum cancels: it is about the input.
        let sum = (0..<6).reduce(0) {
          $0 + proof.layers[1].weights[7 * row + $1] * proof.layers[0].weights[$1]
        }
        proof.layers[1].weights[7 * row + 6] = Double(Float(1 - sum))
      }
      terms = (0..<12).flatMap { [(8 + $0, 1), (20 + $0, -1)] } + [(0, -48)]
    case .constants:
      add(3, from: 0..<inputs, slopes: [1]) { $0.number(0) }
      terms = [(count - 1, 1)]
    }
    charge()
    if points.isEmpty {
      points = (0..<12).map { _ in (0..<inputs).map { _ in Float(2 * random.unit() - 1) } }
    }
    proof.regions[0].conjunctions = [[EditableProof.Row(constant: 0, terms: terms)]]
    if shape == .constants {
      // Constants and terms of the others cancel in the reals.
      for _ in 0..<8 {
        let constant = random.unit() * 0x1p40
        for sign in [1.0, -1] {
          proof.regions[0].conjunctions[0].append(EditableProof.Row(constant: sign * constant, terms: []))
        }
      }
      claim.parts = proof.regions[0].conjunctions[0].indices.map { ($0, 1) }
    }
    if shape == .hinges {
      // Hardly negative anywhere: the lines that are above the rectifiers are nearly those below.
      points = points.map { $0.map { abs($0) + 0.01 } }
    }
  }

  private var count: Int { proof.inputs + proof.layers.reduce(0) { $0 + $1.bias.count } }

  private mutating func add(
    _ rows: Int, from columns: Range<Int>, slopes: [Double],
    _ weight: (inout RoundingSubject) -> Double
  ) {
    var layer = EditableProof.Layer()
    layer.columns = Array(columns)
    for _ in 0..<rows {
      layer.bias.append(random.unit() < 0.5 ? 0 : number(4))
      layer.slopes.append(Double(Float(slopes[Int(random.next() % UInt64(slopes.count))])))
      for _ in columns { layer.weights.append(weight(&self)) }
    }
    proof.layers.append(layer)
  }

  /// A binary32 number of either sign and up to a power of two.
  private mutating func number(_ exponent: Int) -> Double {
    let power = exponent == 0 ? 0 : Int(random.next() % UInt64(exponent))
    return Double(Float((2 * random.unit() - 1) * Double(1 << power)))
  }

  /// The least errors that the semantics allows: k roundings in a chain.
  private mutating func charge() {
    guard proof.semantics != 0 else { return }
    for index in proof.layers.indices {
      let layer = proof.layers[index]
      let products = layer.columns.count
      if products == 1, layer.weights.allSatisfy({ $0 == 1 }), layer.bias.allSatisfy({ $0 == 0 }) { continue }
      let k = Double(products + 1)
      proof.layers[index].relative =
        proof.semantics == 3 ? 0x1p-24 + k * 0x1p-53 : k * 0x1p-24 / (1 - k * 0x1p-24)
      proof.layers[index].absolute = Double(products) * 0x1p-149
    }
  }

  /// The box to ask about: a point, or all from beyond zero to it.
  private func box(_ point: [Float]) -> (lower: [Double], upper: [Double]) {
    let point = point.map { Double($0) }
    guard let reach else { return (point, point) }
    return (point.map { min($0, -reach * $0) }, point.map { max($0, -reach * $0) })
  }

  /// A share of the largest number that the claim's sum may be made of.
  func margin(_ share: Double) -> Double {
    var sizes = [Double](
      repeating: points.joined().reduce(0) { max($0, Double(abs($1))) }, count: proof.inputs)
    for layer in proof.layers {
      let old = sizes
      for row in layer.bias.indices {
        sizes.append(
          layer.columns.enumerated().reduce(abs(layer.bias[row])) {
            $0 + abs(layer.weights[row * layer.columns.count + $1.offset]) * old[$1.element]
          } * max(1, abs(layer.slopes[row])))
      }
    }
    return share
      * proof.regions[0].conjunctions[0].reduce(0) { sum, row in
        row.terms.reduce(sum + abs(row.constant)) { $0 + abs($1.factor) * sizes[$1.element] }
      }
  }

  /// Whether it is accepted that the claim's sum plus a constant is positive in the point's box.
  func isAccepted(_ constant: Double, _ point: [Float]) -> Bool {
    var proof = proof
    (proof.regions[0].lower, proof.regions[0].upper) = box(point)
    proof.regions[0].conjunctions[0][0].constant = constant
    proof.regions[0].tree = EditableProof.Node(level: 9, claims: [claim])
    return (try? checkProof(ProofBytes.file(ProofBytes(proof).bytes))) != nil
  }
}
