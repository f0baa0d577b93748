import Diagnostics

extension LimitAnswer {
  /// What the network guarantees, a line each, and the nearest counterexample.
  public var text: String {
    var lines = ["\(network) \(property), specified \(bound.specifiedText(in: interface))"]
    if let holds {
      let isEverywhere = holds == bound.outermost
      lines.append(
        "  holds at \(text(at: holds))" + (isEverywhere ? ", the end of the domain" : "")
          + (holds == bound.specified && !isEverywhere ? ", no further" : ""))
    } else if violated != nil {
      lines.append("  holds nowhere, as far as is proved")
    }
    if let undecided {
      let word = isOutOfTime ? "not asked" : "undecided"
      lines.append("  \(word) at \(text(at: undecided.place)): \(undecided.reason)")
    }
    if let violated {
      lines.append("  violated at \(text(at: violated.place))")
      if let found = violated.answer.verdict.counterexample {
        lines += ProofAnswer.lines(found, violated.answer.names).map { "  " + $0 }
      }
    }
    let cost = "\(roundedUp(max(cpuSeconds, 0.001), digits: 3)) s of CPU time"
    lines.append("  \(counted(questions, "question")), \(cost)")
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(at place: Float) -> String { bound.text(at: place, in: interface) }

  /// One JSON object with sorted keys, on a line. What is not known or does not apply is left out.
  public var json: String { jsonLine(LimitObject(self)) }
}

private struct LimitObject: Encodable {
  let compiler, network, modelHash, property, threshold, unit, semantics: String
  /// The specification's own number.
  let specified: Double
  /// In the fewest digits that read back as exactly the floats in binary64, as inputs are.
  let holdsAt, violatedAt, undecidedAt: Double?
  /// Whether it holds up to the end of the domain.
  let isDomainEnd: Bool
  let reason: String?
  let questions: Int
  let cpuSeconds: Double
  let counterexample: CounterexampleObject?

  init(_ answer: LimitAnswer) {
    compiler = compilerVersion
    network = answer.network
    modelHash = "\(answer.modelHash)"
    property = answer.property
    threshold = answer.bound.name(in: answer.interface)
    unit = answer.interface.inputs[answer.bound.input].unit
    semantics = CertificateSemantics.float.rawValue
    specified = answer.bound.specifiedNumber
    holdsAt = answer.holds.map(Double.init)
    violatedAt = (answer.violated?.place).map(Double.init)
    undecidedAt = (answer.undecided?.place).map(Double.init)
    isDomainEnd = answer.holds == answer.bound.outermost
    reason = answer.undecided?.reason
    questions = answer.questions
    cpuSeconds = answer.cpuSeconds
    counterexample = answer.violated.flatMap { violated in
      violated.answer.verdict.counterexample.map { CounterexampleObject($0, violated.answer.names) }
    }
  }
}
