/// The part of a SARIF 2.1.0 log that Ordain writes. Names are the format's own.
struct SARIFLog: Encodable {
  struct Message: Encodable {
    let text: String
  }

  struct Help: Encodable {
    let text, markdown: String
  }

  struct Rule: Encodable {
    let id, name: String
    let shortDescription, fullDescription: Message
    let help: Help
  }

  struct Driver: Encodable {
    let name, version, semanticVersion: String
    let rules: [Rule]
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct AutomationDetails: Encodable {
    let id: String
  }

  struct Notification: Encodable {
    let level: String
    let message: Message
  }

  struct Invocation: Encodable {
    let executionSuccessful: Bool
    let exitCode: Int32
    let toolExecutionNotifications: [Notification]?
  }

  struct ArtifactLocation: Encodable {
    let uri: String
    let uriBaseId: String?
  }

  struct Region: Encodable {
    let startLine, startColumn, endLine, endColumn: Int
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region?
  }

  struct LogicalLocation: Encodable {
    let name: String
  }

  struct Location: Encodable {
    let message: Message?
    let physicalLocation: PhysicalLocation
    let logicalLocations: [LogicalLocation]?
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let kind, level: String
    let message: Message
    let locations: [Location]
    let relatedLocations: [Location]?
    let partialFingerprints: [String: String]
  }

  struct Run: Encodable {
    let tool: Tool
    let automationDetails: AutomationDetails
    let columnKind: String
    let invocations: [Invocation]
    let results: [Result]
  }

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  private let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  private let version = "2.1.0"
  private let runs: [Run]

  init(run: Run) {
    runs = [run]
  }
}
