import ArgumentParser
import Diagnostics

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a diagnostic: what it means, why it matters, an example and the cure.",
    discussion: "Without a code it lists all of them.")

  @Argument(help: "The code that stands in brackets, such as ORD0302.")
  var code: String?

  func validate() throws {
    guard let code, known == nil else { return }
    let near = suggestion(for: code.uppercased(), among: DiagnosticCode.allCases.map(\.rawValue))
    throw ValidationError(
      "there is no code `\(code)`" + (near.map { "; did you mean \($0)?" } ?? "; `ordain explain` lists them")
    )
  }

  func run() {
    if let known { return Console.print(known.explanation.text(of: known)) }
    let all = DiagnosticCode.allCases.sorted { $0.rawValue < $1.rawValue }
    Console.print(all.map { "\($0.rawValue)  \($0.explanation.title)\n" }.joined())
  }

  private var known: DiagnosticCode? { code.flatMap { DiagnosticCode(rawValue: $0.uppercased()) } }
}
