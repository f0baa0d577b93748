import CertifiedBounds
import CompilerDriver
import Diagnostics
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// Generated specifications with properties of every kind of condition, and clauses of every kind, on small networks
/// with random weights.
struct GuardedSpec {
  private var generator: SplitMix64
  let seed: UInt64
  let inputs: Int
  let outputs: Int

  init(seed: UInt64) {
    self.seed = seed
    generator = SplitMix64(seed: seed)
    inputs = Int.random(in: 2...3, using: &generator)
    outputs = Int.random(in: 3...5, using: &generator)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &generator)]
  }

  private mutating func bound() -> String { pick(["-0.6", "-0.25", "0", "0.1", "1/3", "0.5"]) }
  private mutating func input() -> String { "x\(Int.random(in: 0..<inputs, using: &generator))" }

  /// Two different outputs.
  private mutating func pair() -> (String, String) {
    let first = Int.random(in: 0..<outputs, using: &generator)
    return ("o\(first)", "o\((first + Int.random(in: 1..<outputs, using: &generator)) % outputs)")
  }

  private mutating func condition() -> String {
    let (a, b) = pair()
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return "\(input()) >= \(bound())"
    case 1: return "\(input()) < \(bound()) or \(input()) > \(bound())"
    case 2: return "x0 + 2 * x1 > \(bound())"
    case 3: return "3 * x0 - x1 / 3 <= \(bound()) and \(input()) >= -0.6"
    case 4: return "raw choice in { \(a), \(b) } and \(input()) >= \(bound())"
    default: return "\(input()) >= -0.6 and \(input()) <= \(bound())"
    }
  }

  private mutating func post() -> String {
    let (a, b) = pair()
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return "never choose \(a)"
    case 1: return "choose \(a) or \(b)"
    case 2: return "\(a) above \(b)"
    case 3: return "\(a) not in top 2"
    case 4: return "\(a) in top 2"
    default: return "\(a) above \(b) or choose \(b)"
    }
  }

  private mutating func clause(_ number: Int) -> String {
    let places = pick(["top 1", "top 1", "top 1..2", "top 1..2 inside { g, h }"])
    let ball =
      "\(pick(["L2", "Linf"])) \(pick(["0.01", "0.03", "0.1"])) of \(pick(["physical", "normalized"]))"
    let otherwise = Int.random(in: 0..<12, using: &generator) == 0 ? "abstain when uncertified" : ""
    return "robust c\(number) { within \(ball) keep \(places) \(otherwise) }"
  }

  mutating func text() -> String {
    let declared = (0..<inputs).map { index in
      "x\(index) : 1 in -1 .. 1 \(pick(["", "normalize (x\(index) - 0.25) / 0.5", "normalize x\(index) / 3"]))"
    }
    let count = Int.random(in: 1...3, using: &generator)
    let properties = (0..<count).map { "enforce p\($0) { when \(condition()) then \(post()) }" }
    // In a chain the property in the middle can be overridden itself where it begins or ceases to override.
    let overrides = (1..<count).map { pick([true, false]) ? "p\($0) overrides p\($0 - 1)" : "" }
    let names = (0..<outputs).map { "o\($0)" }
    return """
      ordain 1
      spec "guarded" 1.0.0
      interface I {
        inputs {
          \(declared.joined(separator: "\n    "))
        }
        outputs {
          \(names.joined(separator: ", "))
          group g = { o0, o1 }
          group h = { o1, o2 }
          choose \(pick(["highest", "lowest"]))
          abstain when conflict
        }
      }
      network Net : I from "net.onnx"
      \(properties.joined(separator: "\n"))
      \(overrides.joined(separator: "\n"))
      \((0..<4).map { clause($0) }.joined(separator: "\n"))

      """
  }

  /// The program, as the compiler composes it; `nil` for a specification with errors.
  mutating func program() throws -> SafetyProgram? {
    var diagnostics = DiagnosticSet()
    let text = text()
    let syntax = parse(SourceFile(name: "guarded.ordain", text: text), reportingTo: &diagnostics)
    let spec = try check(syntax, reportingTo: &diagnostics)
    let analysis = analyse(spec, reportingTo: &diagnostics)
    guard !diagnostics.containsError, let table = analysis.networks[0].table else { return nil }
    let semantics = pick(FloatSemantics.allCases)
    let network = try denseNetwork([inputs, 6, outputs], seed: seed).rounding(as: semantics)
    let interface = spec.interfaces[0]
    let heads = try staticHeads(of: network, spec.networks[0], interface, spec.robustness)
    return try compose(
      spec, spec.networks[0], with: network, table: table, heads: Array(zip(spec.robustness, heads)))
  }
}

extension SafetyProgram {
  /// The same program with another certification, or with other guards.
  func certifying(_ certification: Certification? = nil, guards: [Guard]? = nil) -> SafetyProgram {
    SafetyProgram(
      specName: specName, specVersion: specVersion, specHash: specHash, networkName: networkName,
      interface: interface, network: network, guards: guards ?? self.guards, table: table,
      certification: certification ?? self.certification)
  }
}
