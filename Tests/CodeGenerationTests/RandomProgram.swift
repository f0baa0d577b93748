import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// Generated programs: small networks, every kind of condition and post, tables without a solver (a row
/// for every set of properties, whether or not it can be active).
struct RandomProgram {
  var generator: SplitMix64
  let inputs: Int
  let outputs: Int
  let propertyCount: Int
  let semantics: FloatSemantics
  private static let source = SourceFile(name: "folder/random.ordain", text: "ordain 1\nspec\nline three\n")

  init(seed: UInt64, outputs: Int? = nil, properties: Int? = nil) {
    generator = SplitMix64(seed: seed)
    inputs = Int.random(in: 1...4, using: &generator)
    let usual = [2, 3, 4, 5, 5, 7, 9, 17, 33].randomElement(using: &generator) ?? 5
    self.outputs = outputs ?? usual
    propertyCount = properties ?? Int.random(in: 1...4, using: &generator)
    semantics = (seed / 2 + seed / 16).isMultiple(of: 2) ? .contractOff : .binary64Sums
  }

  static func make(seed: UInt64, outputs: Int? = nil) throws -> SafetyProgram {
    var random = RandomProgram(seed: seed, outputs: outputs)
    return try random.program()
  }

  static var range: SourceRange { SourceRange(file: source, bytes: 14..<18) }

  mutating func program() throws -> SafetyProgram {
    let interface = interface()
    let posts = (0..<propertyCount).map { _ in post(depth: 2) }
    let guards = posts.indices.map { index in
      let overriders = index > 0 && chance(0.2) ? [Int.random(in: 0..<index, using: &generator)] : []
      return Guard(
        property: Property(
          name: index == 1 ? "rule[\(index)]" : "p\(index)",
          title: chance(0.5) ? "title */ ??/ \\ \u{202E}" : "",
          interface: 0, condition: condition(depth: 2, interface), post: posts[index], overriders: overriders,
          range: RandomProgram.range), overriders: overriders)
    }
    return SafetyProgram(
      specName: "random-spec", specVersion: "1.0.0", specHash: ContentHash(of: []), networkName: "Net",
      interface: interface, network: try network().rounding(as: semantics), guards: guards,
      table: try table(posts))
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  private mutating func interface() -> Interface {
    let scalars = (0..<inputs).map { index in
      let (lowest, highest): (Float, Float) =
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: (-.greatestFiniteMagnitude, .greatestFiniteMagnitude)
        case 1: (0, 60760)
        default: (-4, 4)
        }
      let center = chance(0.5) ? Rational(1, over: 3) : .zero
      let scale = [Rational.one, Rational(1, over: 255), Rational(2, over: 7)][
        Int.random(in: 0..<3, using: &generator)]
      return InputScalar(
        name: "x\(index)", unit: "", domain: nil,
        normalization: Normalization(center: center, scale: scale), range: RandomProgram.range,
        lowest: lowest, highest: highest)
    }
    let tieOrder = chance(0.5) ? Array(0..<outputs) : (0..<outputs).shuffled(using: &generator)
    return Interface(
      name: "Random", inputs: scalars, outputs: (0..<outputs).map { "out \($0)" }, groups: [],
      better: chance(0.5) ? .highest : .lowest, tieOrder: tieOrder, abstainsOnConflict: true,
      range: RandomProgram.range)
  }

  // MARK: Conditions

  private mutating func condition(depth: Int, _ interface: Interface) -> Condition {
    if depth > 0, chance(0.6) {
      let parts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        condition(depth: depth - 1, interface)
      }
      return chance(0.5) ? .all(parts) : .any(parts)
    }
    if chance(0.05) { return .constant(chance(0.5)) }
    let provenance = Condition.Provenance(range: RandomProgram.range, text: "an atom")
    return .atom(atom(interface), provenance)
  }

  private mutating func atom(_ interface: Interface) -> Atom {
    let input = Int.random(in: 0..<inputs, using: &generator)
    switch Int.random(in: 0..<(inputs > 1 ? 4 : 3), using: &generator) {
    case 0: return .atLeast(input: input, bound: bound())
    case 1: return .atMost(input: input, bound: bound())
    case 2:
      return .rawChoice(
        among: (0..<outputs).filter { _ in Bool.random(using: &generator) }, outputCount: outputs)
    default: return .linear(inequality())
    }
  }

  private mutating func bound() -> Float {
    [0, 1, -1, 2.5, .leastNonzeroMagnitude, 0.1][Int.random(in: 0..<6, using: &generator)]
  }

  mutating func inequality() -> LinearInequality {
    let chosen = (0..<inputs).shuffled(using: &generator).prefix(max(2, inputs - 1)).sorted()
    return LinearInequality(
      terms: chosen.map {
        let numerator = [1, -1, 3, -7, 123_456_789][Int.random(in: 0..<5, using: &generator)]
        let denominator = [1, 1, 3, 1000][Int.random(in: 0..<4, using: &generator)]
        return .init(input: $0, coefficient: Rational(numerator, over: denominator))
      }, bound: Rational(Int.random(in: -3...3, using: &generator), over: 10),
      isStrict: Bool.random(using: &generator))
  }

  // MARK: Posts

  private mutating func output() -> Int { Int.random(in: 0..<outputs, using: &generator) }

  private mutating func post(depth: Int) -> Post {
    let count = outputs <= 9 ? 3 : 2
    switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &generator) {
    case 0:
      let above = output()
      return .precedes(
        above: above, below: (above + Int.random(in: 1..<outputs, using: &generator)) % outputs)
    case 1: return .before(output: output(), end: Int.random(in: 1..<outputs, using: &generator))
    case 2: return .notBefore(output: output(), start: Int.random(in: 1..<outputs, using: &generator))
    case 3:
      let chosen = Set((0..<count).map { _ in output() })
      return .all((0..<outputs).filter { !chosen.contains($0) }.map { .notBefore(output: $0, start: 1) })
    case 4: return superclasses()
    case 5: return .all((0..<count).map { _ in post(depth: depth - 1) })
    default: return .any((0..<count).map { _ in post(depth: depth - 1) })
    }
  }

  /// Some group is above every other output.
  private mutating func superclasses() -> Post {
    let size = max(1, outputs / 3)
    let groups = stride(from: 0, to: outputs, by: size).prefix(3).map { Array($0..<min($0 + size, outputs)) }
    return .any(
      groups.map { group in
        .all(
          group.flatMap { a in
            (0..<outputs).filter { !group.contains($0) }.map { .precedes(above: a, below: $0) }
          })
      })
  }

  /// A row for every set of properties; now and then one is left out, to be found unlisted.
  private mutating func table(_ posts: [Post]) throws -> RepairTable {
    var rows: [RepairTable.Row] = []
    for set in 0..<(1 << posts.count) {
      let active = posts.indices.filter { set >> $0 & 1 == 1 }
      if set > 0, chance(0.05) { continue }
      rows.append(
        RepairTable.Row(
          activation: ActivationSet(active: active, propertyCount: posts.count),
          disjuncts: try disjuncts(satisfying: active.map { posts[$0] }, outputCount: outputs)))
    }
    return RepairTable(rows: rows)
  }

  // MARK: Networks

  private mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: Bool.random(using: &generator) ? 0 : -0.0
      case 1: Float(bitPattern: UInt32.random(in: 0..<0x80_0000, using: &generator))
      default: Float.random(in: -2...2, using: &generator)
      }
    }
  }

  private mutating func network() throws -> Network {
    var nodes: [Node] = []
    var width = inputs
    func add(_ operation: NetworkIR.Operation, _ operands: [Int], _ width: Int) {
      nodes.append(
        Node(
          name: "node \(nodes.count) */", operation: operation, operands: operands.map { ValueID(index: $0) },
          shape: .vector(width)))
    }
    for layer in 0..<Int.random(in: 1...3, using: &generator) {
      let next = [3, 8, 13, 24, 50][Int.random(in: 0..<5, using: &generator)]
      add(affine(width, next), [nodes.count], next)
      width = next
      if chance(0.7) { add(.relu, [nodes.count], width) }
      if chance(0.3) {
        let kind = ElementwiseOperator.allCases[Int.random(in: 0..<3, using: &generator)]
        let side: ElementwiseWithConstant.Side = chance(0.5) ? .left : .right
        add(
          .elementwiseWithConstant(ElementwiseWithConstant(kind, constant: .vector(floats(width)), on: side)),
          [nodes.count], width)
      }
      if chance(0.5) { add(pointwise(width), [nodes.count], width) }
      if layer > 0, chance(0.3) { add(.elementwise(.add), [nodes.count, nodes.count], width) }
      if chance(0.2) { add(.reshape(Reshape(to: .vector(width))), [nodes.count], width) }
    }
    add(affine(width, outputs), [nodes.count], outputs)
    return try Network(
      identity: ModelIdentity(name: "random.onnx", format: "onnx", hash: ContentHash(of: [1])),
      inputShape: .vector(inputs), nodes: nodes, output: ValueID(index: nodes.count))
  }

  /// An element-wise operator of one operand.
  private mutating func pointwise(_ width: Int) -> NetworkIR.Operation {
    let constant = Float.random(in: -2...2, using: &generator)
    let operations: [NetworkIR.Operation] = [
      .absoluteValue, .celu(Celu(alpha: constant.magnitude + 0.5)),
      .clip(Clip(lower: constant, upper: chance(0.5) ? nil : constant + 1)), .elu(Elu(alpha: constant)), .erf,
      .exponential, .gelu(Gelu(approximation: chance(0.5) ? .none : .tanh)),
      .hardSigmoid(HardSigmoid(alpha: constant, beta: 0.5)), .hardSwish,
      .leakyRelu(LeakyRelu(slope: constant)),
      .logarithm, .negation, .pRelu(PRelu(slope: .vector(floats(width)))),
      Power(exponent: (constant * 3).rounded() / 2).map { .power($0) } ?? .relu,
      .selu(Selu(alpha: constant, gamma: 1.5)), .sigmoid, .softplus, .squareRoot, .tanh,
    ]
    return operations[Int.random(in: operations.indices, using: &generator)]
  }

  private mutating func affine(_ inputs: Int, _ outputs: Int) -> NetworkIR.Operation {
    .affine(
      Affine(
        inputCount: inputs, outputCount: outputs, weights: floats(inputs * outputs), bias: floats(outputs)))
  }
}
