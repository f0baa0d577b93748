import ExactArithmetic
import FoundationEssentials
import SafetyVerification

extension ProofAnswer {
  /// One JSON object with sorted keys, on a line. What is not known or does not apply is left out.
  public var json: String { jsonLine(AnswerObject(self)) }
}

/// Sorted keys, one line with its end.
func jsonLine(_ value: some Encodable) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else {
    preconditionFailure("answers hold strings and finite numbers only")
  }
  return String(decoding: data, as: UTF8.self) + "\n"
}

private struct AnswerObject: Encodable {
  /// The model's hash is SHA-256.
  let compiler, network, modelHash, property, verdict, semantics: String
  /// About the other semantics: one of them.
  let realVerdict, floatVerdict: String?
  let reason, realReason, floatReason: String?
  let cpuSeconds: Double
  let boxes, resumedBoxes: Int
  let isFromCache: Bool
  /// The proof's file, or why there is none.
  let evidence, evidenceReason: String?
  let counterexample: CounterexampleObject?

  init(_ answer: ProofAnswer) {
    compiler = compilerVersion
    network = answer.network
    modelHash = "\(answer.modelHash)"
    property = answer.property
    verdict = answer.verdict.word
    semantics = answer.semantics.rawValue
    let isFloat = answer.semantics == .float
    realVerdict = isFloat ? answer.counterpart.word : nil
    floatVerdict = isFloat ? nil : answer.counterpart.word
    reason = answer.verdict.reason
    realReason = isFloat ? answer.counterpart.reason : nil
    floatReason = isFloat ? nil : answer.counterpart.reason
    cpuSeconds = answer.cpuSeconds
    boxes = answer.boxes
    resumedBoxes = answer.resumedBoxes
    isFromCache = answer.isKept
    switch answer.proof {
    case .file(let path)?: (evidence, evidenceReason) = (path, nil)
    case .missing(let reason)?: (evidence, evidenceReason) = (nil, reason)
    case nil: (evidence, evidenceReason) = (nil, nil)
    }
    counterexample = (answer.verdict.counterexample ?? answer.counterpart.counterexample).map {
      CounterexampleObject($0, answer.names)
    }
  }
}

/// Floats are numbers, in the fewest digits that read back as exactly them in binary64, too, or null where scores are not
/// finite; rationals are strings.
struct CounterexampleObject: Encodable {
  private enum Number: Encodable {
    case float(Float)
    case rational(Rational)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .float(let value): try container.encode(value.isFinite ? Double(value) : nil)
      case .rational(let value): try container.encode(value.description)
      }
    }
  }

  private let inputs: [String: Number]
  private let scores: [String: Number]?
  /// The nearest binary64 numbers; `null` for one beyond their range.
  private let realScores: [String: Double?]?

  init(_ found: Counterexample, _ names: ProofNames) {
    let numbers = found.floats.map { $0.map(Number.float) } ?? found.exact.map(Number.rational)
    inputs = Dictionary(
      zip(names.inputs.map(\.name), numbers), uniquingKeysWith: { first, _ in first })
    func named<Value>(_ values: [Value]) -> [String: Value] {
      Dictionary(zip(names.outputs, values), uniquingKeysWith: { first, _ in first })
    }
    scores = found.floatScores.map { named($0.map(Number.float)) }
    realScores = found.realScores.map { named($0.map(\.nearestDouble)) }
  }
}
