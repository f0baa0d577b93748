import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage
import TestSupport
import Testing

/// Whatever violates a property, by the meaning of programs, is in a region that its proofs have to list: what no checker of
/// proofs looks at.
@Suite struct ProofStatementTests {
  /// A region as the file's format has it, read by code of its own.
  private struct Region {
    var lower: [Double] = []
    var upper: [Double] = []
    var conjunctions: [[(isStrict: Bool, constant: Double, terms: [(element: Int, factor: Double)])]] = []

    /// - Parameter values: by element; those that no row names are anything.
    func holds(_ input: [Float], _ values: [Double]) -> Bool {
      let isInside = zip(input, zip(lower, upper)).allSatisfy { $1.0 <= Double($0) && Double($0) <= $1.1 }
      return isInside
        && conjunctions.contains { rows in
          rows.allSatisfy { row in
            let value = row.terms.reduce(row.constant) { $0 + values[$1.element] * $1.factor }
            // The sum here rounds.
            return row.isStrict ? value < 1e-12 : value <= 1e-12
          }
        }
    }
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func number() -> Int {
      let low = Int(bytes.removeFirst())
      return low < 128 ? low : low - 128 + 128 * number()
    }

    mutating func double() -> Double {
      let own = bytes.prefix(8)
      bytes.removeFirst(8)
      return Double(bitPattern: own.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func region(_ inputs: Int) -> Region {
      var region = Region()
      for _ in 0..<inputs { region.lower.append(double()) }
      for _ in 0..<inputs { region.upper.append(double()) }
      for _ in 0..<number() {
        region.conjunctions.append([])
        for _ in 0..<number() {
          let (isStrict, constant) = (number() == 1, double())
          let terms = (0..<number()).map { _ in (element: number(), factor: double()) }
          region.conjunctions[region.conjunctions.count - 1].append((isStrict, constant, terms))
        }
      }
      return region
    }
  }

  @Test func theRegionsHoldWhateverViolates() throws {
    var tally = (violations: 0, others: 0, othersHeld: 0)
    for seed in 0..<UInt64(120) {
      var generated = GuardedSpec(seed: seed)
      var diagnostics = DiagnosticSet()
      let syntax = parse(
        SourceFile(name: "guarded.ordain", text: generated.text()), reportingTo: &diagnostics)
      guard let spec = try? check(syntax, reportingTo: &diagnostics), !diagnostics.containsError else {
        continue
      }
      let (inputs, outputs) = (generated.inputs, generated.outputs)
      let network = try denseNetwork([inputs, 6, outputs], seed: seed)
      // With all weights the outputs are the last elements, in their order.
      guard case .affine(let last) = network.nodes[2].operation, !last.weights.contains(0) else { continue }
      let listed = try #require(proofNetwork(of: network))
      let interface = spec.interfaces[0]
      var generator = SplitMix64(seed: seed)
      for property in spec.properties {
        guard let statement = try? proofStatement(of: property, on: spec.networks[0], network, in: spec)
        else {
          continue
        }
        try #require(statement.starts(with: listed))
        var reader = Reader(bytes: statement.dropFirst(listed.count))
        let regions = (0..<reader.number()).map { _ in reader.region(inputs) }
        #expect(reader.bytes.isEmpty)
        let overriders = property.overriders.map { spec.properties[$0].condition }
        for _ in 0..<300 {
          let special: [Float] = [
            -1, 1, 0, -0.6, -0.25, 0.1, 0.5, Float(1.0 / 3).nextDown, Float(0.1).nextUp,
          ]
          let input = interface.inputs.map { declared in
            let value =
              Bool.random(using: &generator)
              ? special[Int.random(in: special.indices, using: &generator)]
              : Float.random(in: -1...1, using: &generator)
            return min(max(value, declared.lowest), declared.highest)
          }
          let scores = (0..<outputs).map { _ in Float(Int.random(in: -3...3, using: &generator)) / 2 }
          let exact = scores.map { Rational($0) }
          let choice = interface.choice(by: exact)
          let isActive =
            property.condition.holds(of: input, rawChoice: choice)
            && !overriders.contains { $0.holds(of: input, rawChoice: choice) }
          let isViolated = isActive && !property.post.holds(of: exact, better: interface.better)
          let given = zip(interface.inputs, input).map { FloatNormalization($0.normalization)($1) }
          let values =
            given.map { Double($0) } + [Double](repeating: .nan, count: 6) + scores.map { Double($0) }
          let isHeld = regions.contains { $0.holds(given, values) }
          if isViolated {
            tally.violations += 1
            #expect(isHeld, "seed \(seed) \(property.name) at \(input), \(scores)")
          } else {
            tally.others += 1
            tally.othersHeld += isHeld ? 1 : 0
          }
        }
      }
    }
    print(
      "of \(tally.violations) violations and \(tally.others) others \(tally.othersHeld) others are in regions"
    )
    // Ties violate there.
    #expect(tally.violations >= 5_000 && tally.othersHeld * 4 < tally.others)
  }
}
