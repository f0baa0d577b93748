import SafetyLayers
import SpecificationLanguage

/// How `ordain run` prints results.
public enum ResultFormat: String, Sendable, CaseIterable {
  /// Aligned columns for people.
  case table
  /// Comma-separated values with a first line of names.
  case csv
  /// One JSON object a line.
  case jsonl

  /// The line before the first result; `nil` if there is none.
  /// - Parameter programs: all whose results are printed, of one interface.
  public func header(_ programs: [SafetyProgram]) -> String? {
    let outputs = programs.first?.interface.outputs ?? []
    let certified = programs.certify ? ["certified", "radii"] : []
    return switch self {
    case .table:
      columns(
        ["row", "network", "status", "choice", "active"] + certified.prefix(1)
          + ["scores (" + outputs.joined(separator: ", ") + ")"], programs)
    case .csv:
      (["row", "network", "status", "reason", "choice", "active"] + certified + outputs).joined(
        separator: ",")
    case .jsonl: nil
    }
  }

  /// One result. Numbers are the shortest decimals that identify the binary32 number.
  ///
  /// - Parameter programs: as for ``header(_:)``.
  public func line(
    _ result: InferenceResult, row: Int, _ program: SafetyProgram, among programs: [SafetyProgram]
  ) -> String {
    let name = result.choice < 0 ? "" : program.interface.outputs[result.choice]
    let active = result.activation.active.map { program.guards[$0].property.name }
    let status = result.status.name
    let reason = result.status.reason
    let clauses = program.certification.clauses.map(\.clause.name)
    let certified = zip(clauses, result.certified).filter(\.1).map(\.0)
    switch self {
    case .table:
      let shown = reason.isEmpty ? status : "\(status): \(reason)"
      return columns(
        [
          String(row), program.networkName, shown, name.isEmpty ? "-" : name,
          active.isEmpty ? "-" : active.joined(separator: " "),
        ] + (programs.certify ? [certified.isEmpty ? "-" : certified.joined(separator: " ")] : [])
          + [result.choice < 0 ? "-" : result.scores.map(\.description).joined(separator: " ")], programs)
    case .csv:
      let scores = result.scores.map { $0.isNaN ? "nan" : $0.description }
      let fields = [String(row), program.networkName, status, reason, name, active.joined(separator: " ")]
      let certificates =
        programs.certify
        ? [
          certified.joined(separator: " "),
          zip(clauses, result.radii).map { "\($0)=\($1)" }.joined(separator: " "),
        ]
        : []
      return (fields + certificates + scores).map(csvField).joined(separator: ",")
    case .jsonl:
      let scores = result.scores.map { $0.isFinite ? $0.description : "null" }.joined(separator: ",")
      var fields = [
        "\"row\":\(row)", "\"network\":\(jsonString(program.networkName))", "\"status\":\"\(status)\"",
        "\"reason\":\(reason.isEmpty ? "null" : "\"\(reason)\"")",
        "\"choice\":\(name.isEmpty ? "null" : jsonString(name))", "\"active\":\(jsonList(active))",
      ]
      if !clauses.isEmpty {
        let radii = zip(clauses, result.radii).map { "\(jsonString($0)):\($1)" }
        fields.append("\"certified\":\(jsonList(certified))")
        fields.append("\"radii\":{\(radii.joined(separator: ","))}")
      }
      fields.append("\"scores\":[\(scores)]")
      return "{\(fields.joined(separator: ","))}"
    }
  }

  /// Two blanks between columns. Rows are printed as they come, so widths follow from what can occur; a long list of
  /// active properties may still push the scores out of line.
  private func columns(_ texts: [String], _ programs: [SafetyProgram]) -> String {
    let reasons = AbstentionReason.allCases.map { InferenceResult.Status.abstained($0) }
    var candidates: [[String]] = [
      ["row", "1000000"], ["network"] + programs.map(\.networkName),
      reasons.map { "\($0.name): \($0.reason)" }, ["choice"] + (programs.first?.interface.outputs ?? []),
    ]
    candidates.append(["active"] + programs.flatMap { $0.guards.map(\.property.name) })
    if programs.certify {
      let clauses = programs.map { $0.certification.clauses.map(\.clause.name).joined(separator: " ") }
      candidates.append(["certified"] + clauses)
    }
    candidates.append([])
    return zip(texts, candidates).map { text, all in
      text + String(repeating: " ", count: max(0, (all.map(\.count).max() ?? text.count) - text.count))
    }.joined(separator: "  ")
  }

  private func csvField(_ text: String) -> String {
    text.contains(",") || text.contains("\"") ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  private func jsonList(_ texts: [String]) -> String {
    "[" + texts.map(jsonString).joined(separator: ",") + "]"
  }

  /// Names hold ASCII letters, digits, `_`, brackets and labels: only quotes and backslashes need care.
  private func jsonString(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension [SafetyProgram] {
  /// Whether some program certifies its results.
  fileprivate var certify: Bool { contains { !$0.certification.clauses.isEmpty } }
}

extension InferenceResult.Status {
  /// `ok`, `repaired` or `abstained`.
  public var name: String {
    switch self {
    case .ok: "ok"
    case .repaired: "repaired"
    case .abstained: "abstained"
    }
  }

  /// Why it abstained; empty if it did not.
  public var reason: String {
    switch self {
    case .ok, .repaired: ""
    case .abstained(let reason): reason.name
    }
  }
}

extension AbstentionReason {
  public var name: String {
    switch self {
    case .nanInput: "nan_input"
    case .infiniteInput: "infinite_input"
    case .outOfDomainInput: "out_of_domain_input"
    case .nonFiniteScore: "non_finite_score"
    case .conflict: "conflict"
    case .unlistedActivation: "unlisted_activation"
    case .unrepaired: "unrepaired"
    case .uncertified: "uncertified"
    }
  }
}
