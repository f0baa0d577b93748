import ArgumentParser
import CompilerDriver
import Glibc
import LanguageServer

struct Lsp: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve editors over the Language Server Protocol.",
    discussion: """
      Speaks JSON-RPC on standard input and output: diagnostics as you type, hover, definitions, references, renaming, \
      completion, formatting, code lenses and symbols. Editors start it themselves.
      """)

  @Flag(name: .long, help: "Standard input and output; there is nothing else, editors say it all the same.")
  var stdio = false

  func run() throws {
    // A client that goes away is the end of the session, not of the process by a signal.
    signal(SIGPIPE, SIG_IGN)
    var server = Server(input: 0, output: 1, version: compilerVersion)
    let isOrderly = server.run()
    // Not `exit`: it would destroy what Z3 still works with on another thread.
    _exit((isOrderly ? ExitStatus.clean : .findings).rawValue)
  }
}
