import CompilerDriver
import Diagnostics
import Glibc

/// Standard output and standard error.
enum Console {
  static func print(_ text: String) { write(text, to: 1) }
  static func error(_ text: String) { write(text, to: 2) }

  /// Diagnostics go to standard error, in colour if that is a terminal and `NO_COLOR` is not set.
  static func report(_ diagnostics: DiagnosticSet) {
    let renderer = DiagnosticRenderer(colours: isatty(2) == 1 && getenv("NO_COLOR") == nil)
    error(diagnostics.diagnostics.map(renderer.render).joined(separator: "\n"))
  }

  /// A line about long work, overwritten by the next; only on a terminal.
  static func progress(_ text: String) {
    if isatty(2) == 1 { error("\r\u{1B}[K" + text) }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      // A closed pipe (`| head`) or a full disk: nobody is left to tell.
      if count <= 0 { exit(descriptor == 1 ? 1 : 4) }
      bytes = bytes.dropFirst(count)
    }
  }
}

/// Ends the process; nothing is printed.
func endProcess(with code: ExitStatus) -> Never {
  Glibc.exit(code.rawValue)
}

/// Runs a command's work; reports what it throws and ends the process with the code it deserves.
func reporting<T>(_ work: () throws(DiagnosticSet) -> T) -> T {
  do throws(DiagnosticSet) {
    return try work()
  } catch {
    Console.progress("")
    Console.report(error)
    endProcess(with: ExitStatus(error))
  }
}
