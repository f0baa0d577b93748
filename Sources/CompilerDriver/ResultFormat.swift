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
  /// - Parameter networks: the names of all networks whose results are printed.
  public func header(_ program: SafetyProgram, networks: [String]) -> String? {
    let outputs = program.interface.outputs
    return switch self {
    case .table:
      columns(
        ["row", "network", "status", "choice", "active", "scores (" + outputs.joined(separator: ", ") + ")"],
        program, networks)
    case .csv: (["row", "network", "status", "reason", "choice", "active"] + outputs).joined(separator: ",")
    case .jsonl: nil
    }
  }

  /// One result. Numbers are the shortest decimals that identify the binary32 number.
  public func line(
    _ result: InferenceResult, row: Int, _ program: SafetyProgram, networks: [String]
  ) -> String {
    let name = result.choice < 0 ? "" : program.interface.outputs[result.choice]
    let active = result.activation.active.map { program.guards[$0].property.name }
    let status = result.status.name
    let reason = result.status.reason
    switch self {
    case .table:
      let shown = reason.isEmpty ? status : "\(status): \(reason)"
      return columns(
        [
          String(row), program.networkName, shown, name.isEmpty ? "-" : name,
          active.isEmpty ? "-" : active.joined(separator: " "),
          result.choice < 0 ? "-" : result.scores.map(\.description).joined(separator: " "),
        ], program, networks)
    case .csv:
      let scores = result.scores.map { $0.isNaN ? "nan" : $0.description }
      let fields = [String(row), program.networkName, status, reason, name, active.joined(separator: " ")]
      return (fields + scores).map(csvField).joined(separator: ",")
    case .jsonl:
      let scores = result.scores.map { $0.isFinite ? $0.description : "null" }.joined(separator: ",")
      return "{\"row\":\(row),\"network\":\(jsonString(program.networkName)),\"status\":\"\(status)\","
        + "\"reason\":\(reason.isEmpty ? "null" : "\"\(reason)\""),"
        + "\"choice\":\(name.isEmpty ? "null" : jsonString(name)),"
        + "\"active\":[\(active.map(jsonString).joined(separator: ","))],\"scores\":[\(scores)]}"
    }
  }

  /// Two blanks between columns. Rows are printed as they come, so widths follow from what can occur; a long list of
  /// active properties may still push the scores out of line.
  private func columns(_ texts: [String], _ program: SafetyProgram, _ networks: [String]) -> String {
    let reasons = AbstentionReason.allCases.map { InferenceResult.Status.abstained($0) }
    let candidates: [[String]] = [
      ["row", "1000000"], ["network"] + networks, reasons.map { "\($0.name): \($0.reason)" },
      ["choice"] + program.interface.outputs, ["active"] + program.guards.map(\.property.name), [],
    ]
    return zip(texts, candidates).map { text, all in
      text + String(repeating: " ", count: max(0, (all.map(\.count).max() ?? text.count) - text.count))
    }.joined(separator: "  ")
  }

  private func csvField(_ text: String) -> String {
    text.contains(",") || text.contains("\"") ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  /// Names hold ASCII letters, digits, `_`, brackets and labels: only quotes and backslashes need care.
  private func jsonString(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
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
