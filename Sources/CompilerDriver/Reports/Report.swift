import Diagnostics

/// What a command has to say, in no format yet.
///
/// Every diagnostic is there once, in the order in which it was reported. A case is a thing that a user expects to hold
/// (a property is sound, a network can be bound, an expectation is met); it refers to the diagnostics about it.
/// ``ReportFormat`` makes text of a report.
public struct Report: Sendable {
  public enum Outcome: Sendable, Hashable {
    case passed
    case failed
    /// Neither proved nor refuted; never success.
    case undecided
    case skipped(reason: String)
  }

  public struct Case: Sendable {
    public let name: String
    /// What kind of thing the case is about, in the plural: `properties`.
    public let group: String
    public let outcome: Outcome
    /// Indices into ``Report/diagnostics``, ascending.
    public let diagnostics: [Int]
    /// How long it took, where that was measured.
    public let seconds: Double?
    /// What was found out beyond the outcome, in a word: `weaker`.
    public var verdict: String?
  }

  /// The subcommand, such as `check`.
  public let command: String
  /// The specification's path as the user wrote it; `<stdin>` for standard input.
  public let path: String
  /// Whether warnings are findings, as in `check`.
  public let warningsFail: Bool
  /// The specification's name; its path until the name is known.
  public var subject: String
  /// The lines that end the text format.
  public var summary = ""
  public private(set) var cases: [Case] = []
  public private(set) var diagnostics: [Diagnostic] = []

  public init(command: String, path: String, warningsFail: Bool) {
    self.command = command
    self.path = path == "-" ? "<stdin>" : path
    self.warningsFail = warningsFail
    subject = self.path
  }

  /// Adds diagnostics that belong to no case yet.
  /// - Returns: their indices.
  @discardableResult
  public mutating func report(_ new: DiagnosticSet) -> [Int] {
    let start = diagnostics.count
    diagnostics += new.diagnostics
    return Array(start..<diagnostics.count)
  }

  /// Adds a case and the diagnostics about it, which decide its outcome: none is success.
  public mutating func addCase(
    _ name: String, in group: String, _ new: DiagnosticSet, seconds: Double? = nil, verdict: String? = nil
  ) {
    addCase(name, in: group, reported: report(new), seconds: seconds)
    cases[cases.count - 1].verdict = verdict
  }

  /// Adds a case about diagnostics that were reported before; they decide its outcome.
  public mutating func addCase(
    _ name: String, in group: String, reported indices: [Int], seconds: Double? = nil
  ) {
    let severities = indices.map { diagnostics[$0].severity }
    let fails = severities.contains { $0 == .error || ($0 == .warning && warningsFail) }
    let outcome: Outcome = fails ? .failed : severities.contains(.undecided) ? .undecided : .passed
    cases.append(Case(name: name, group: group, outcome: outcome, diagnostics: indices, seconds: seconds))
  }

  /// Adds a case that was not examined.
  /// - Parameter indices: diagnostics that were reported before and say more about it.
  public mutating func addCase(
    _ name: String, in group: String, skipped reason: String, reported indices: [Int] = []
  ) {
    cases.append(
      Case(name: name, group: group, outcome: .skipped(reason: reason), diagnostics: indices, seconds: nil))
  }

  /// Indices of the diagnostics of no case, ascending.
  public var unattributed: [Int] {
    let known = Set(cases.flatMap(\.diagnostics))
    return diagnostics.indices.filter { !known.contains($0) }
  }

  public func count(_ severity: Severity) -> Int { diagnostics.count { $0.severity == severity } }

  public var status: ExitStatus {
    let status = ExitStatus(DiagnosticSet(diagnostics))
    return status == .clean && warningsFail && count(.warning) > 0 ? .findings : status
  }

  /// The last lines of a summary, indented: how many diagnostics there are, and where to read more about the worst.
  public var countLines: String {
    func count(_ severity: Severity, _ noun: String) -> String { counted(self.count(severity), noun) }
    let counts =
      "  \(count(.error, "error")), \(count(.warning, "warning")), \(count(.note, "note")), "
      + "\(self.count(.undecided)) undecided\n"
    let worst = [Severity.error, .undecided, .warning].lazy.compactMap { severity in
      diagnostics.first { $0.severity == severity }
    }.first
    guard status != .clean, let worst else { return counts }
    return counts + "  `ordain explain \(worst.code.rawValue)` says more, with an example and the cure\n"
  }
}
