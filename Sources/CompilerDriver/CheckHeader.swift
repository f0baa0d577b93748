import Diagnostics
import ExactArithmetic
import ModelImport
import SpecificationLanguage

/// Compares a model's header with the normalisation and domain that the specification declares: what
/// `check header` asks for. A difference in normalisation, or a domain that reaches beyond the header's,
/// is an error; a narrower domain is a note.
func checkHeader(
  of model: ImportedModel, against interface: Interface, _ network: NetworkInstance
) -> DiagnosticSet {
  var diagnostics = DiagnosticSet()
  guard let header = model.header else {
    diagnostics.report(.noHeader(network, format: model.network.identity.format))
    return diagnostics
  }
  guard header.means.count == interface.inputs.count else { return diagnostics }
  for (index, input) in interface.inputs.enumerated() {
    let mean = header.means[index]
    let range = header.ranges[index]
    if input.normalization.center != mean {
      diagnostics.report(
        .headerDiffers(
          network, input, "mean", inHeader: mean, inSpec: input.normalization.center,
          hint: unitHint(input.normalization.center, mean)))
    }
    let scale = Rational.one / input.normalization.scale
    if scale != range {
      let extent = header.maxima[index] - header.minima[index]
      let hint = scale == extent ? "the header's scale is not max - min" : unitHint(scale, range)
      diagnostics.report(
        .headerDiffers(network, input, "range", inHeader: range, inSpec: scale, hint: hint))
    }
    diagnostics.report(contentsOf: checkDomain(input, header.minima[index], header.maxima[index], network))
  }
  return diagnostics
}

private func checkDomain(
  _ input: InputScalar, _ minimum: Rational, _ maximum: Rational, _ network: NetworkInstance
) -> DiagnosticSet {
  guard let domain = input.domain else {
    return DiagnosticSet([.domainBeyondHeader(network, input, minimum, maximum, hint: "")])
  }
  if domain.lower < minimum || domain.upper > maximum {
    let hint = unitHint(domain.upper, maximum)
    return DiagnosticSet([.domainBeyondHeader(network, input, minimum, maximum, hint: hint)])
  }
  if domain.lower > minimum || domain.upper < maximum {
    return DiagnosticSet([.domainNarrower(network, input, minimum, maximum)])
  }
  return DiagnosticSet()
}

/// Whether the two numbers differ by the factor between two units that are often mixed up.
private func unitHint(_ spec: Rational, _ header: Rational) -> String {
  guard header.signum != 0, spec.signum != 0 else { return "" }
  let ratio = (spec / header).magnitude
  let confusions: [(factor: Rational, text: String)] = [
    (Rational(3048, over: 10000), "the specification seems to count in m what the header counts in ft"),
    (Rational(10000, over: 3048), "the specification seems to count in ft what the header counts in m"),
    (Rational(572_957_795, over: 10_000_000), "the specification seems to count in deg, the header in rad"),
    (Rational(10_000_000, over: 572_957_795), "the specification seems to count in rad, the header in deg"),
    (Rational(5_924_838, over: 10_000_000), "the specification seems to count in kt, the header in ft/s"),
    (Rational(10_000_000, over: 5_924_838), "the specification seems to count in ft/s, the header in kt"),
  ]
  let tolerance = Rational(1, over: 1000)
  return confusions.first { (ratio / $0.factor - .one).magnitude < tolerance }?.text ?? ""
}

extension Diagnostic {
  fileprivate static func noHeader(_ network: NetworkInstance, format: String) -> Diagnostic {
    Diagnostic(
      .noHeader, "`check header` asks for a header, but the model of `\(network.name)` (\(format)) has none",
      at: .source(network.range), cure: "remove `check header`, or name an `.nnet` file")
  }

  fileprivate static func headerDiffers(
    _ network: NetworkInstance, _ input: InputScalar, _ what: String, inHeader: Rational, inSpec: Rational,
    hint: String
  ) -> Diagnostic {
    let name = input.name
    return Diagnostic(
      .headerMismatch,
      "the header of `\(network.name)` has \(what) \(exactText(inHeader)) for `\(name)`, "
        + "the specification \(exactText(inSpec))",
      at: .source(input.range),
      cure: (hint.isEmpty ? "" : hint + "; ")
        + "normalise as the header says: `(\(name) - mean) / range`")
  }

  fileprivate static func domainBeyondHeader(
    _ network: NetworkInstance, _ input: InputScalar, _ minimum: Rational, _ maximum: Rational, hint: String
  ) -> Diagnostic {
    let domain = input.domain.map { "\(exactText($0.lower)) .. \(exactText($0.upper))" } ?? "every number"
    return Diagnostic(
      .headerMismatch,
      "the domain of `\(input.name)`, \(domain), reaches beyond the header of `\(network.name)`, "
        + "\(exactText(minimum)) .. \(exactText(maximum))",
      at: .source(input.range),
      cure: (hint.isEmpty ? "" : hint + "; ") + "stay within the range that the network was trained for")
  }

  fileprivate static func domainNarrower(
    _ network: NetworkInstance, _ input: InputScalar, _ minimum: Rational, _ maximum: Rational
  ) -> Diagnostic {
    Diagnostic(
      .headerMismatch,
      "the domain of `\(input.name)` is narrower than the header of `\(network.name)`, "
        + "\(exactText(minimum)) .. \(exactText(maximum))",
      severity: .note, at: .source(input.range))
  }
}
