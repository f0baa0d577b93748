import Diagnostics
import ExactArithmetic
import ModelImport
import NetworkIR
import SafetyVerification
import VNNLIB

/// The question of `ordain prove --vnnlib` and `ordain check-proof --vnnlib`: whether no input of a model, with its outputs,
/// is in an unsafe set.
public struct VNNLIBProof: Sendable {
  let set: UnsafeSet
  let network: Network
  let name: String
  private let fileName: String
  private let fileHash: ContentHash
  /// The warnings and notes of the model.
  public let diagnostics: DiagnosticSet

  /// - Parameters:
  ///   - model: the model's path.
  ///   - rounding: how the program's sums of products round; `nil` for what compiling would choose.
  /// - Throws: what is wrong with file or model, that they don't fit, or that the set asks about outputs behind a softmax
  ///   that the importer drops.
  public init(
    _ file: SourceFile, model: String, rounding: FloatSemantics?
  ) throws(DiagnosticSet) {
    var diagnostics = DiagnosticSet()
    set = try parseVNNLIB(file)
    network = try importModel(atPath: model, reportingTo: &diagnostics).network
      .rounding(as: rounding ?? .contractOff)
    guard set.inputCount == network.inputCount, set.outputCount == network.outputCount else {
      throw DiagnosticSet([.otherModel(set, network, file)])
    }
    if diagnostics.diagnostics.contains(where: { $0.code == .softmaxDropped }), !set.comparesOnlyOutputs {
      throw DiagnosticSet([.comparisonWithoutSoftmax(network, file)])
    }
    let base = file.name.split(separator: "/").last.map(String.init) ?? file.name
    fileName = file.name
    fileHash = ContentHash(of: file.utf8)
    name = base.hasSuffix(".vnnlib") ? String(base.dropLast(7)) : base
    self.diagnostics = diagnostics
  }

  /// Reports a file without points: it holds of every network.
  ///
  /// - Throws: that the set can't be searched, or that an older proof can't be removed.
  public func answer(
    with options: ProofOptions, reportingTo diagnostics: inout DiagnosticSet
  ) throws(DiagnosticSet) -> ProofAnswer {
    let question = "\(network.identity.name) \(name)"
    let proofPath = try options.evidencePath(proofFileName(of: question, among: [question]))
    let kept = KeptViolation(key: key, in: options.cache)
    if let input = kept.input, let found = violation(at: input) {
      return answer(real: .violated(found), float: .violated(found), isKept: true)
    }
    let result: ProverResult
    do throws(ProverRefusal) {
      result = try prove(set, of: network, options.limits(ofQuestion: key))
    } catch {
      throw DiagnosticSet([.unsearchableSet(error, name)])
    }
    if result.isVacuous { diagnostics.report(.nothingIsUnsafe(file: fileName)) }
    if let input = result.real.counterexample?.floats, violation(at: input) != nil { kept.keep(input) }
    let proof = try WrittenProof(
      result.proof, holds: result.real.holds, network, question: question,
      statement: proofStatement(of: set, network), to: proofPath)
    return answer(
      real: result.real, float: result.float, boxes: result.boxes, resumedBoxes: result.resumedBoxes,
      cpuSeconds: result.cpuSeconds, isKept: false, proof: proof)
  }

  /// The model, its arithmetic and the file.
  private var key: ContentHash {
    let parts = [
      "vnnlib", compilerVersion, "\(network.identity.hash)", network.semantics.rawValue, "\(fileHash)",
    ]
    return ContentHash(of: Array(parts.joined(separator: "\n").utf8))
  }

  /// - Returns: `nil` if the input does not violate both over the reals and in floats, or the network is large.
  private func violation(at input: [Float]) -> Counterexample? {
    guard network.isReplayedExactly, input.count == network.inputCount else { return nil }
    let exact = input.map { Rational($0) }
    let scores = network.evaluate(input)
    guard scores.allSatisfy(\.isFinite), set.contains(exact, scores.map { Rational($0) }),
      let real = try? network.evaluateExactly(exact), set.contains(exact, real)
    else { return nil }
    return Counterexample(floats: input, exact: exact, floatScores: scores, realScores: real)
  }

  private func answer(
    real: SafetyVerification.Verdict, float: SafetyVerification.Verdict, boxes: Int = 0,
    resumedBoxes: Int = 0, cpuSeconds: Double = 0, isKept: Bool, proof: WrittenProof? = nil
  ) -> ProofAnswer {
    ProofAnswer(
      network: network.identity.name, modelHash: network.identity.hash, property: name, title: "",
      names: ProofNames(
        inputs: (0..<set.inputCount).map { ("X_\($0)", "") },
        outputs: (0..<set.outputCount).map { "Y_\($0)" }),
      semantics: .real, verdict: real, counterpart: float, boxes: boxes, resumedBoxes: resumedBoxes,
      cpuSeconds: cpuSeconds, isKept: isKept, proof: proof)
  }
}
