import Diagnostics
import ExactArithmetic
import SafetyVerification

extension ProofAnswer {
  /// A line, and indented ones for a counterexample.
  public var text: String {
    let name = title.isEmpty ? property : "\(property) \"\(title)\""
    var cost = isKept ? "from the cache, replayed" : "\(roundedUp(max(cpuSeconds, 0.001), digits: 3)) s"
    if resumedBoxes > 0 { cost += "; resumed, \(counted(resumedBoxes, "part")) without new bounds" }
    var lines = ["\(network) \(name): \(Self.text(verdict)) (\(semantics.rawValue); \(cost))"]
    if let found = verdict.counterexample { lines += Self.lines(found, names) }
    if verdict.word != counterpart.word {
      let other: CertificateSemantics = semantics == .float ? .real : .float
      lines.append("  \(other.rawValue): \(Self.text(counterpart))")
      if verdict.counterexample == nil, let found = counterpart.counterexample {
        lines += Self.lines(found, names)
      }
    }
    switch proof {
    case .file(let path)?: lines.append("  proof: \(path)")
    case .missing(let reason)?: lines.append("  no proof was written: \(reason)")
    case nil: break
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(_ verdict: SafetyVerification.Verdict) -> String {
    verdict.reason.map { "undecided: \($0)" } ?? verdict.word
  }

  /// The input, and the scores of the program, or of the real network where no float input is known.
  static func lines(_ found: Counterexample, _ names: ProofNames) -> [String] {
    let inputs = zip(names.inputs, found.inputTexts).map { input, value in
      "\(input.name) = \(value)" + (input.unit.isEmpty ? "" : " \(input.unit)")
    }
    var lines = ["  at " + shortened(inputs)]
    if let scores = found.floatScores {
      lines.append("  scores " + shortened(zip(names.outputs, scores).map { "\($0) \($1)" }))
    } else if let scores = found.realScores {
      // The nearest numbers of binary64: exact ones have hundreds of digits.
      let texts = scores.map { $0.nearestDouble?.description ?? "\($0)" }
      lines.append("  scores about " + shortened(zip(names.outputs, texts).map { "\($0) \($1)" }))
    }
    return lines
  }

  /// Images have thousands of inputs: `--format json` says all of them.
  static func shortened(_ texts: [String], to limit: Int = 16) -> String {
    let more = texts.count > limit ? ", and \(texts.count - limit) more" : ""
    return texts.prefix(limit).joined(separator: ", ") + more
  }
}

extension Counterexample {
  /// The shortest decimals that read back as exactly the floats in binary64, too; without floats exact quotients.
  var inputTexts: [String] {
    floats.map { $0.map { Double($0).description } } ?? exact.map(\.description)
  }
}

extension [ProofAnswer] {
  /// How many hold, are violated and undecided.
  public var summary: String {
    let parts = ["holds", "violated", "undecided"].map { word in
      "\(count { $0.verdict.word == word }) \(word == "holds" && count != 1 ? "hold" : word)"
    }
    let seconds = reduce(0) { $0 + $1.cpuSeconds }
    return "\(counted(count, "question")): \(parts.joined(separator: ", ")); "
      + "\(roundedUp(Swift.max(seconds, 0.001), digits: 3)) s of CPU time\n"
  }
}
