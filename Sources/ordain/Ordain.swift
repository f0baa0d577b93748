import ArgumentParser
import CompilerDriver
import Glibc

/// The command line. Commands only handle options and output; the work is CompilerDriver's.
@main
struct Ordain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ordain",
    abstract: "A verified-safety compiler for neural classifiers.",
    discussion: """
      Takes a specification (.ordain: which orderings of a classifier's outputs are safe, and when) and \
      trained models (ONNX, NNet), and emits C or Swift that never returns an unsafe ordering, never \
      changes a decision that was already safe, and abstains with a reason where no safe answer exists.

      Exit codes: 0 clean, 1 findings (errors; in check warnings too), 2 wrong usage, 3 undecided (a \
      solver gave up), 4 a failure of our own. Where 1 is a verdict (prove, check-proof), errors end with 2. A crash is \
      our bug and ends by a signal.
      """,
    version: compilerVersion,
    subcommands: [
      Check.self,
      Test.self,
      Diff.self,
      Fmt.self,
      Compile.self,
      Run.self,
      Lipschitz.self,
      Certify.self,
      Prove.self,
      CheckProof.self,
      Why.self,
      Export.self,
      Import.self,
      Explain.self,
      Lsp.self,
    ])

  static func main() {
    // A file that grows beyond a limit is an error of `write`, not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot(CommandLine.arguments.dropFirst().flatMap(separated))
      try command.run()
    } catch {
      // ArgumentParser's code for wrong usage is 64; ours is 2.
      if exitCode(for: error) == .validationFailure {
        Console.error(fullMessage(for: error) + "\n")
        endProcess(with: .usage)
      }
      exit(withError: error)
    }
  }
}

/// `-Dname=value` as two arguments: ArgumentParser would take `-Dname` for an option.
private func separated(_ argument: String) -> [String] {
  argument.hasPrefix("-D") && argument.count > 2 ? ["-D", String(argument.dropFirst(2))] : [argument]
}
