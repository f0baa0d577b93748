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
  public func header(_ program: SafetyProgram) -> String? {
    let outputs = program.interface.outputs
    return switch self {
    case .table:
      "row  network   status     choice            active" + "  scores (" + outputs.joined(separator: ", ") + ")"
    case .csv: (["row", "network", "status", "reason", "choice", "active"] + outputs).joined(separator: ",")
    case .jsonl: nil
    }
  }

  /// One result. Numbers are the shortest decimals that identify the binary32 number.
  public func line(_ result: InferenceResult, row: Int, _ program: SafetyProgram) -> String {
    let name = result.choice < 0 ? "" : program.interface.outputs[result.choice]
    let active = result.activation.active.map { program.guards[$0].property.name }
    let status = result.status.name
    let reason = result.status.reason
    switch self {
    case .table:
      let shown = reason.isEmpty ? status : "\(status): \(reason)"
      return [
        pad(String(row), 4), pad(program.networkName, 9), pad(shown, 10), pad(name.isEmpty ? "-" : name, 17),
        pad(active.isEmpty ? "-" : active.joined(separator: " "), 7),
        result.choice < 0 ? "-" : result.scores.map(\.description).joined(separator: " "),
      ].joined(separator: " ")
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

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
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
    }
  }
}
