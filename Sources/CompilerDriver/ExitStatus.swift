import Diagnostics

/// The process' exit codes.
public enum ExitStatus: Int32, Sendable {
  case clean = 0
  case findings = 1
  /// Of commands whose findings are verdicts, also whatever keeps their question from being asked.
  case usage = 2
  /// A solver gave up; nothing is known.
  case undecided = 3
  /// Standard error cannot be written, so that nothing can be reported.
  case internalError = 4

  /// The code for a run that ended with these diagnostics: an error outweighs undecided.
  public init(_ diagnostics: DiagnosticSet) {
    self =
      diagnostics.containsError ? .findings : diagnostics.containsUndecided ? .undecided : .clean
  }

  /// The same of a command whose findings are verdicts: an error is none.
  public init(unanswered diagnostics: DiagnosticSet) {
    self = diagnostics.containsError ? .usage : ExitStatus(diagnostics)
  }
}

/// The compiler's version, as `--version` prints it and emitted files name it.
public let compilerVersion = "0.1.0"
