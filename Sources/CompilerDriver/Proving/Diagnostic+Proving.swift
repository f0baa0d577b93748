import Diagnostics
import NetworkIR
import SafetyVerification
import SpecificationLanguage
import VNNLIB

extension Diagnostic {
  static func nothingToProve(_ spec: CheckedSpec) -> Diagnostic {
    Diagnostic(
      .nothingToProve, "`\(spec.name)` has no property to prove on the selected networks", at: .none,
      cure: "declare one with `enforce` or `verify`; name a `monitor` with `--property`")
  }

  static func propertyOnNoneOfThese(_ property: NamedProperty, of spec: CheckedSpec) -> Diagnostic {
    let (name, _, range) = property.name(in: spec)
    let declared = property.networks(in: spec)
    let example = declared.first.map { ", such as `\(spec.networks[$0].name)`" } ?? ""
    return Diagnostic(
      .propertyElsewhere, "`\(name)` is declared on none of the selected networks", at: .source(range),
      cure: "it is declared on \(declared.count) of \(spec.networks.count) networks\(example)")
  }

  static func otherModel(_ set: UnsafeSet, _ network: Network, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .vnnlibShapeMismatch,
      "the file has \(set.inputCount) inputs and \(set.outputCount) outputs, and `\(network.identity.name)` "
        + "\(network.inputCount) and \(network.outputCount)",
      at: .file(name: file.name, place: nil), cure: "name the model that the file is about")
  }

  static func comparisonWithoutSoftmax(_ network: Network, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .comparisonWithoutSoftmax,
      "the file compares outputs with numbers, and `\(network.identity.name)` ends in a softmax, which is dropped",
      at: .file(name: file.name, place: nil),
      cure: "compare outputs with each other only: that is the same before and after a softmax")
  }

  static func boundWithoutSoftmax(_ property: RawProperty, _ network: Network) -> Diagnostic {
    Diagnostic(
      .comparisonWithoutSoftmax,
      "`\(property.name)` compares a score with a number, and `\(network.identity.name)` ends in a softmax, which is "
        + "dropped",
      at: .source(property.range),
      cure:
        "export the model without its softmax and bound what it returns then, or compare scores with each other"
    )
  }

  static func unsearchableSet(_ refusal: ProverRefusal, _ name: String) -> Diagnostic {
    let problem =
      switch refusal {
      case .mixedComparison: "a comparison of inputs with outputs"
      case .tooManyDisjuncts: "too many alternatives"
      case .unboundedInput(let input): "no lower or no upper bound of `X_\(input)`"
      case .otherNetwork: "other numbers of inputs and outputs than the model"
      }
    return Diagnostic(
      .unsearchableSet, "`\(name)` has \(problem), and is not searched", at: .none,
      cure: "bound every input by numbers, and split what has many alternatives")
  }

  static func nothingIsUnsafe(file: String) -> Diagnostic {
    Diagnostic(
      .nothingIsUnsafe, "no input meets the bounds of the file, so it holds of every network",
      severity: .warning, at: .file(name: file, place: nil),
      cure: "check the signs and the order of the bounds")
  }

  static func conditionIsNoBox(_ property: AskedProperty, _ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .conditionIsNoBox,
      "the condition of `\(property.name)` is no conjunction of bounds of single inputs, so it has no limits to find",
      at: .source(range), cure: "split the property, or state the limits that are asked about one by one")
  }

  /// What `compile --prove` says of a property that the emitted program enforces by repair.
  ///
  /// - Parameters:
  ///   - boxes: the budget.
  ///   - command: asks about the property.
  static func notProved(
    _ property: Property, on network: NetworkInstance, _ gap: ProofGap, boxes: Int, asking command: String
  ) -> Diagnostic {
    let (reason, cure) =
      switch gap {
      case .violated:
        ("an input violates it", "`\(command)` shows the input")
      case .undecided(.boxes): ("\(boxes) boxes are not enough", "raise `--prove-boxes`")
      case .undecided(let reason): ("\(reason)", "")
      case .noProof(let missing): ("it holds, but has no proof: \(missing.reason)", "")
      case .refused(let found): (found.diagnostics.map(\.problem).joined(separator: "; "), "")
      }
    return Diagnostic(
      .notProved, "`\(property.name)` is not proved of `\(network.name)`, and enforced by repair: \(reason)",
      severity: .note, at: .none, cure: cure)
  }

  /// - Parameter bounds: those that the condition has.
  static func noSuchBound(
    _ text: String, of property: AskedProperty, _ bounds: [String], _ range: SourceRange
  ) -> Diagnostic {
    let near = suggestion(for: text, among: bounds)
    return Diagnostic(
      .unknownName, "the condition of `\(property.name)` has no bound `\(text)`", at: .source(range),
      cure: near.map { "did you mean `\($0)`?" } ?? "it has \(listed(bounds))")
  }
}
