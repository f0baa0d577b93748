import Diagnostics
import SafetyLayers
import SpecificationLanguage

/// Why an expectation fails, or cannot be decided.
extension Diagnostic {
  static func notDisjoint(
    _ pair: [Int], on network: Int, _ found: Result<Coactivity, NoExample>, _ expectation: Expectation,
    _ spec: CheckedSpec
  ) -> Diagnostic {
    let interface = spec.interfaces[spec.networks[network].interface]
    let example =
      switch found {
      case .success(let found):
        [
          Note("where \(found.region.text(in: interface))"),
          Note("for example at \(found.example.text(in: interface))"),
        ]
      case .failure(let none): [Note("no example is shown: \(none.reason)")]
      }
    let places = pair.map {
      Note("`\(spec.properties[$0].name)` is declared here", at: .source(spec.properties[$0].range))
    }
    return failed(
      "\(list(pair, spec)) apply together on `\(spec.networks[network].name)`", expectation,
      notes: example + places)
  }

  static func conflicts(
    _ conflict: Conflict, on network: String, _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    let interface = spec.interfaces[conflict.interface]
    return failed(
      "\(list(conflict.properties, spec)) conflict on `\(network)`", expectation,
      notes: [
        Note("where \(conflict.region.text(in: interface))"),
        Note("for example at \(conflict.example.text(in: interface))"),
      ])
  }

  static func abstainsWhenUncertified(_ clause: RobustnessClause, _ expectation: Expectation) -> Diagnostic {
    failed(
      "`\(clause.name)` abstains when it cannot certify", expectation,
      notes: [Note("`\(clause.name)` is declared here", at: .source(clause.range))])
  }

  static func refused(
    _ reason: AbstentionReason, _ input: Int, on network: Int, _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    let name = spec.interfaces[spec.networks[network].interface].inputs[input].name
    return failed(
      "`\(spec.networks[network].name)` refuses the point because of `\(name)` (\(reason.name)), so no property is looked at",
      expectation)
  }

  static func triggersOthers(
    _ found: [Int], on network: Int, _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    failed(
      "on `\(spec.networks[network].name)` the point triggers \(found.isEmpty ? "nothing" : list(found, spec))",
      expectation)
  }

  static func abstained(
    _ reason: AbstentionReason, on network: Int, _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    failed("`\(spec.networks[network].name)` abstains there (\(reason.name))", expectation)
  }

  static func choosesAnother(
    _ result: InferenceResult, on network: Int, _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    let instance = spec.networks[network]
    let output = spec.interfaces[instance.interface].outputs[result.choice]
    return failed("`\(instance.name)` chooses `\(output)` there (\(result.status.name))", expectation)
  }

  static func rowsAbstain(
    _ row: Int, _ reason: AbstentionReason, count: Int, of total: Int, on network: Int,
    _ expectation: Expectation, _ spec: CheckedSpec
  ) -> Diagnostic {
    failed(
      "`\(spec.networks[network].name)` abstains on \(count) of \(total) rows, first on row \(row) (\(reason.name))",
      expectation)
  }

  static func noRows(_ path: String, _ expectation: Expectation) -> Diagnostic {
    failed("`\(path)` has no rows, so nothing is tested", expectation)
  }

  /// - Note: not a failure: without a table it is not known what can happen.
  static func notAnalysed(_ network: NetworkInstance, _ expectation: Expectation) -> Diagnostic {
    Diagnostic(
      .expectationUndecided,
      "`\(expectation.text)` is undecided: the analysis of `\(network.name)` gave no table",
      severity: .undecided, at: .source(expectation.range),
      cure: "mend what is reported about the specification first")
  }

  static func notRunnable(_ network: NetworkInstance) -> Diagnostic {
    Diagnostic(
      .expectationUndecided, "`\(network.name)` cannot be run: its analysis gave no table",
      severity: .undecided, at: .source(network.range),
      cure: "mend what is reported about the specification first")
  }

  private static func failed(
    _ problem: String, _ expectation: Expectation, notes: [Note] = []
  ) -> Diagnostic {
    Diagnostic(
      .expectationFailed, "expected `\(expectation.text)`, but \(problem)", at: .source(expectation.range),
      cure: "correct the specification or the expectation", notes: notes)
  }
}

private func list(_ properties: [Int], _ spec: CheckedSpec) -> String {
  listed(properties.map { spec.properties[$0].name })
}
