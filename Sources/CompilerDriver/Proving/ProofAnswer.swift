import Diagnostics
import SafetyVerification
import SpecificationLanguage

/// What `ordain prove` found for one property on one network.
public struct ProofAnswer: Sendable {
  public let network: String
  let modelHash: ContentHash
  public let property: String
  let title: String
  let names: ProofNames
  /// What the verdict is about; the counterpart is about the other.
  let semantics: CertificateSemantics
  public let verdict: SafetyVerification.Verdict
  public let counterpart: SafetyVerification.Verdict
  public let boxes: Int
  /// How many parts of an earlier search's tree were closed by the bounds of larger boxes, beside ``boxes``.
  let resumedBoxes: Int
  public let cpuSeconds: Double
  /// Whether an earlier run found it and this one only replayed the counterexample.
  public let isKept: Bool
  /// Of a verdict that holds, if proofs were asked for.
  let proof: WrittenProof?
}

/// How a counterexample names its numbers.
struct ProofNames: Sendable {
  let inputs: [(name: String, unit: String)]
  let outputs: [String]

  init(inputs: [(name: String, unit: String)], outputs: [String]) {
    self.inputs = inputs
    self.outputs = outputs
  }

  init(_ interface: Interface) {
    self.init(inputs: interface.inputs.map { ($0.name, $0.unit) }, outputs: interface.outputs)
  }
}

extension ExitStatus {
  /// A violation outweighs what is undecided, and that a proof is missing.
  public init(_ answers: some Sequence<ProofAnswer>) {
    var status = ExitStatus.clean
    for answer in answers {
      switch answer.verdict {
      case .holds:
        if case .missing? = answer.proof, status == .clean { status = .usage }
      case .violated:
        self = .findings
        return
      case .undecided: status = .undecided
      }
    }
    self = status
  }
}

extension SafetyVerification.Verdict {
  /// `holds`, `violated` or `undecided`.
  var word: String {
    switch self {
    case .holds: "holds"
    case .violated: "violated"
    case .undecided: "undecided"
    }
  }

  var counterexample: Counterexample? {
    if case .violated(let counterexample) = self { counterexample } else { nil }
  }

  var reason: String? {
    if case .undecided(let reason) = self { reason.description } else { nil }
  }
}
