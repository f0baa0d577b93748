import CompilerDriver
import Diagnostics
import Glibc

/// Standard output and standard error.
enum Console {
  /// - Parameter unwritten: what the process ends with if it can't be written.
  static func print(_ text: String, unwritten: ExitStatus = .findings) { write(text, to: 1, unwritten) }
  static func error(_ text: String) { write(text, to: 2, .internalError) }

  /// Diagnostics go to standard error, in colour if that is a terminal and `NO_COLOR` is not set.
  static func report(_ diagnostics: DiagnosticSet) {
    let renderer = DiagnosticRenderer(colours: hasColours)
    error(renderer.render(diagnostics.diagnostics))
  }

  /// Paths are relative to GITHUB_WORKSPACE where that is set, else to the current folder.
  static func report(_ report: Report, as format: ReportFormat) {
    let current = getcwd(nil, 0)
    defer { free(current) }
    let paths = ReportPaths(
      current: current.map { String(cString: $0) } ?? "/",
      root: getenv("GITHUB_WORKSPACE").map { String(cString: $0) })
    let rendered = format.render(report, paths: paths, colours: hasColours)
    error(rendered.errors)
    print(rendered.output)
  }

  private static var hasColours: Bool { isatty(2) == 1 && getenv("NO_COLOR") == nil }

  /// A line about long work, overwritten by the next; only on a terminal.
  static func progress(_ text: String) {
    if isatty(2) == 1 { error("\r\u{1B}[K" + text) }
  }

  private static func write(_ text: String, to descriptor: Int32, _ unwritten: ExitStatus) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count <= 0 { stop(descriptor, errno, unwritten) }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Ends the process: the output cannot be written. After a closed pipe (`| head`) nobody wants to know; a full disk
  /// is reported, unless standard error is what failed.
  private static func stop(_ descriptor: Int32, _ reason: Int32, _ status: ExitStatus) -> Never {
    if descriptor == 1, reason != EPIPE {
      let message = strerror(reason).map { String(cString: $0) } ?? "unknown failure"
      report(
        DiagnosticSet([
          Diagnostic(
            .unwritableFile, "cannot write to standard output: \(message)", at: .none,
            cure: "check where it goes and the free space")
        ]))
    }
    endProcess(with: status)
  }
}

/// Ends the process; nothing is printed.
func endProcess(with code: ExitStatus) -> Never {
  Glibc.exit(code.rawValue)
}

/// Runs a command's work; reports what it throws and ends the process with the code it deserves.
func reporting<T>(
  endingWith status: (DiagnosticSet) -> ExitStatus = { ExitStatus($0) }, _ work: () throws(DiagnosticSet) -> T
) -> T {
  do throws(DiagnosticSet) {
    return try work()
  } catch {
    Console.progress("")
    Console.report(error)
    endProcess(with: status(error))
  }
}
