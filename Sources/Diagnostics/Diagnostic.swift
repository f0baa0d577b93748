/// How much a diagnostic weighs.
public enum Severity: String, Sendable {
  /// The stage failed; nothing is produced.
  case error
  /// A question was neither proved nor refuted (a solver's timeout, say); never success.
  case undecided
  /// Produced, but probably not what was meant.
  case warning
  /// Worth knowing.
  case note
}

/// Where a diagnostic points.
public enum DiagnosticLocation: Sendable {
  /// Into a specification.
  case source(SourceRange)
  /// Into a model or data file; `place` says where in it ("node `Gemm_3`", "line 7"), if known.
  case file(name: String, place: String?)
  /// Nowhere in particular (a command-line option, the environment).
  case none
}

/// One message to the user: what is wrong, where, and what to do about it.
///
/// Wording: lower case, no full stop, user text in backticks, no names of our types.
public struct Diagnostic: Sendable, Error {
  /// A further place that explains the message.
  public struct Note: Sendable {
    public let message: String
    public let location: DiagnosticLocation

    public init(_ message: String, at location: DiagnosticLocation = .none) {
      self.message = message
      self.location = location
    }
  }

  public let code: DiagnosticCode
  public let severity: Severity
  public let problem: String
  public let location: DiagnosticLocation
  /// What the user can do; empty where the problem already says it.
  public let cure: String
  public let notes: [Note]

  public init(
    _ code: DiagnosticCode, _ problem: String, severity: Severity = .error,
    at location: DiagnosticLocation, cure: String = "", notes: [Note] = []
  ) {
    self.code = code
    self.severity = severity
    self.problem = problem
    self.location = location
    self.cure = cure
    self.notes = notes
  }
}

extension Diagnostic {
  /// The same with a further note.
  public func noting(_ message: String, at location: DiagnosticLocation) -> Diagnostic {
    Diagnostic(
      code, problem, severity: severity, at: self.location, cure: cure,
      notes: notes + [Note(message, at: location)])
  }
}

/// The diagnostics of a stage, in the order in which they were reported.
public struct DiagnosticSet: Sendable, Error {
  public private(set) var diagnostics: [Diagnostic] = []

  public init(_ diagnostics: [Diagnostic] = []) {
    self.diagnostics = diagnostics
  }

  public mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  public mutating func report(contentsOf other: DiagnosticSet) {
    diagnostics += other.diagnostics
  }

  public var containsError: Bool { diagnostics.contains { $0.severity == .error } }
  public var containsUndecided: Bool { diagnostics.contains { $0.severity == .undecided } }

  /// Ends a stage: throws what was reported if any of it is an error or undecided.
  public func throwOnError() throws(DiagnosticSet) {
    if containsError || containsUndecided { throw self }
  }
}
