import Diagnostics
import SafetyVerification
import SpecificationLanguage

extension PropertyProofs {
  /// Finds how far bounds of the properties' conditions can be moved, each with the others as they are.
  ///
  /// - Parameters:
  ///   - thresholds: which bounds: `psi >=`, or `psi` for both sides; all if it is empty.
  ///   - tolerance: how close proof and violation are to come, in relation to how far the bound was moved.
  ///   - seconds: CPU seconds of all threads, for all questions.
  ///   - progress: called with a line about long work.
  ///   - answered: called with each answer as soon as it is there.
  /// - Throws: what is wrong with a model, that a condition is no box, or that it has no such bound.
  public func findLimits(
    of thresholds: [String], with options: ProofOptions, tolerance: Double, seconds: Double,
    reportingTo diagnostics: inout DiagnosticSet, progress: (String) -> Void,
    answered: (LimitAnswer) -> Void
  ) throws(DiagnosticSet) {
    for (_, properties) in questions {
      for property in properties { _ = try bounds(of: property, named: thresholds) }
    }
    var left = seconds
    for (index, properties) in questions {
      let prover = try prover(ofNetwork: index, reportingTo: &diagnostics)
      for property in properties {
        // What one bound's search proved of the condition as it is specified, the others' need not ask.
        var holdsAsSpecified = false
        for bound in try bounds(of: property, named: thresholds) {
          let answer = try prover.limit(
            of: bound, in: property, holdsAsSpecified: holdsAsSpecified, with: options, tolerance: tolerance,
            seconds: left, progress: progress)
          left -= answer.cpuSeconds
          if answer.holdsAsSpecified { holdsAsSpecified = true }
          answered(answer)
        }
      }
    }
  }

  private func bounds(
    of property: NamedProperty, named thresholds: [String]
  ) throws(DiagnosticSet) -> [MovableBound] {
    let asked = property.asked(in: spec)
    let range = property.name(in: spec).range
    let interface = spec.interfaces[asked.interface]
    guard let all = asked.condition.movableBounds(in: interface), !all.isEmpty else {
      throw DiagnosticSet([.conditionIsNoBox(asked, range)])
    }
    if thresholds.isEmpty { return all }
    let names = all.map { $0.name(in: interface) }
    var selected: Set<Int> = []
    for threshold in thresholds {
      let written = threshold.filter { !$0.isWhitespace }
      let found = all.indices.filter { index in
        let name = names[index].filter { !$0.isWhitespace }
        return name == written || name.dropLast(2) == written
      }
      if found.isEmpty { throw DiagnosticSet([.noSuchBound(threshold, of: asked, names, range)]) }
      selected.formUnion(found)
    }
    return selected.sorted().map { all[$0] }
  }
}

extension PropertyProver {
  fileprivate func limit(
    of bound: MovableBound, in named: NamedProperty, holdsAsSpecified: Bool, with options: ProofOptions,
    tolerance: Double, seconds: Double, progress: (String) -> Void
  ) throws(DiagnosticSet) -> LimitAnswer {
    let property = named.asked(in: spec)
    let range = named.name(in: spec).range
    var search = LimitSearch<ProofAnswer>(
      bound, tolerance: tolerance, holdsAsSpecified: holdsAsSpecified)
    var cpuSeconds = 0.0
    try search.run { (place) throws(DiagnosticSet) in
      let left = seconds - cpuSeconds
      guard left > 0 else { return .outOfTime("total time limit") }
      progress("proving \(instance.name) \(property.name) with \(bound.text(at: place, in: interface))")
      let answer: ProofAnswer
      do throws(DiagnosticSet) {
        answer = try self.answer(
          to: property.with(property.condition.moving(bound, to: place, in: interface, range)),
          with: options, seconds: min(left, options.seconds))
      } catch {
        // Nothing is left of the condition that a property which overrides it does not cover.
        if error.diagnostics.allSatisfy({ $0.code == .nothingToExport }) { return .holds }
        throw error
      }
      cpuSeconds += answer.cpuSeconds
      switch answer.verdict {
      case .holds: return .holds
      case .undecided(let reason):
        return .undecided(
          reason.description, isCostly: reason == .boxes || answer.cpuSeconds > options.seconds / 20)
      case .violated(let found):
        guard let floats = found.floats else {
          preconditionFailure("a violation by the program has a float input")
        }
        return .violated(coordinate: floats[bound.input], answer)
      }
    }
    return LimitAnswer(
      network: instance.name, modelHash: network.identity.hash, property: property.name, interface: interface,
      bound: bound,
      holds: search.holds, violated: search.violated.map { ($0.place, $0.evidence) },
      undecided: search.undecided, isOutOfTime: search.isOutOfTime, questions: search.questions,
      cpuSeconds: cpuSeconds)
  }
}
