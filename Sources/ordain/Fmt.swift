import ArgumentParser
import CompilerDriver
import Diagnostics

struct Fmt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Format specifications.",
    discussion: """
      Brings files to the canonical layout, in place; `-` reads standard input and writes standard output. \
      Words, numbers and comments stay as they are. A file with syntax errors is not touched.

      Example: ordain fmt --check Specs/cartpole/cartpole.ordain
      """)

  @Argument(help: "The specifications; `-` alone is standard input.")
  var files: [String]

  @Flag(help: "Write nothing; name the files that are not canonical and exit with 1.")
  var check = false

  func validate() throws {
    if files.contains("-"), files.count > 1 {
      throw ValidationError("`-` stands alone: standard input is formatted to standard output")
    }
  }

  func run() throws {
    var diagnostics = DiagnosticSet()
    for file in files {
      do throws(DiagnosticSet) {
        let formatted = try FormattedFile(file)
        if check {
          formatted.requireCanonical(reportingTo: &diagnostics)
        } else if file == "-" {
          Console.print(String(decoding: formatted.contents, as: UTF8.self))
        } else {
          try formatted.replace()
        }
      } catch {
        diagnostics.report(contentsOf: error)
      }
    }
    Console.report(diagnostics)
    endProcess(with: ExitStatus(diagnostics))
  }
}
