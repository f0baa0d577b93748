// Trusted: an input that is called a violation is one.
import Diagnostics
import ExactArithmetic
import NetworkIR
import SafetyLayers
import SafetyVerification
import SpecificationLanguage

/// Runs an input through a network to see whether it violates a property there. It knows nothing of the search.
struct PropertyReplay {
  struct Violation {
    let counterexample: Counterexample
    /// Whether the real network violates the property at the same input. Not looked at where the network is large.
    let violatesReal: Bool
  }

  private let property: AskedProperty
  private let interface: Interface
  private let overriders: [Condition]
  private let network: Network

  init(_ property: AskedProperty, _ instance: NetworkInstance, _ network: Network, in spec: CheckedSpec) {
    self.property = property
    self.network = network
    interface = spec.interfaces[instance.interface]
    switch property {
    case .enforced(let property):
      overriders = property.overriders.filter(instance.properties.contains).map {
        spec.properties[$0].condition
      }
    case .raw: overriders = []
    }
  }

  /// What identifies the question: model, arithmetic, normalisation, domains, conditions and demand. Names, comments and
  /// places in files don't count.
  var key: ContentHash {
    let inputs = interface.inputs.map {
      "\($0.lowest) \($0.highest) \($0.normalization.center) \($0.normalization.scale)"
    }
    let conditions = ([property.condition] + overriders).map(\.canonicalText)
    let parts =
      ["property", compilerVersion, "\(network.identity.hash)", network.semantics.rawValue]
      + inputs + [interface.better.rawValue, "\(interface.tieOrder)"] + conditions + [demandText]
    return ContentHash(of: Array(parts.joined(separator: "\n").utf8))
  }

  private var demandText: String {
    switch property {
    case .enforced(let property): "\(property.post)"
    case .raw(let property): "\(property.requirement)"
    }
  }

  /// - Parameter input: physical.
  /// - Returns: `nil` if the emitted program, without repair, does not violate the property there.
  func violation(at input: [Float]) -> Violation? {
    guard input.count == interface.inputs.count,
      zip(interface.inputs, input).allSatisfy({ $0.lowest <= $1 && $1 <= $0.highest })
    else { return nil }
    let scores = network.evaluate(
      zip(interface.inputs, input).map { FloatNormalization($0.normalization)($1) })
    guard scores.allSatisfy(\.isFinite), violates(input, scores.map { Rational($0) }) else { return nil }
    let exact = input.map { Rational($0) }
    let real = realScores(at: exact)
    return Violation(
      counterexample: Counterexample(
        floats: input, exact: exact, floatScores: scores, realScores: real),
      violatesReal: real.map { violates(input, $0) } ?? false)
  }

  private func realScores(at input: [Rational]) -> [Rational]? {
    let normalized = zip(interface.inputs, input).map {
      ($1 - $0.normalization.center) * $0.normalization.scale
    }
    return network.isReplayedExactly ? try? network.evaluateExactly(normalized) : nil
  }

  private func violates(_ input: [Float], _ scores: [Rational]) -> Bool {
    let choice = interface.choice(by: scores)
    guard property.condition.holds(of: input, rawChoice: choice),
      !overriders.contains(where: { $0.holds(of: input, rawChoice: choice) })
    else { return false }
    switch property {
    case .enforced(let property): return !property.post.holds(of: scores, better: interface.better)
    case .raw(let property): return !property.requirement.holds(of: scores, better: interface.better)
    }
  }
}

extension Network {
  /// Rationals take long where there are many numbers.
  var isReplayedExactly: Bool { parameterCount <= 100_000 }
}

extension Condition {
  /// The same for conditions of the same atoms, wherever they come from.
  fileprivate var canonicalText: String {
    switch self {
    case .constant(let value): "\(value)"
    case .atom(let atom, let provenance): "\(atom) \(provenance.threshold.map(\.description) ?? "")"
    case .all(let parts): "all(\(parts.map(\.canonicalText).joined(separator: ", ")))"
    case .any(let parts): "any(\(parts.map(\.canonicalText).joined(separator: ", ")))"
    }
  }
}
