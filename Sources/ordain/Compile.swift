import ArgumentParser
import CodeGeneration
import CompilerDriver
import Diagnostics
import NetworkIR

struct Compile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Emit C99 or Swift for each network of a specification, or for a model alone.",
    discussion: """
      Writes a header, a source and a self-check (or one Swift file) for each network: weights, forward pass, guards and repair, without \
      heap, recursion or libraries. The self-check is a program that compares results with the expected bits where \
      the product runs. The same specification and models give the same bytes. Nothing is written if anything is \
      wrong.

      For `robust` clauses the program says with each result which of them are certified there. `lipschitz` clauses \
      are proved now, or are errors; what was proved stands at the top of the files.

      With --prove the compiler tries to prove each property of the network as it emits it, floats included. Where all \
      active properties are proved the program gives the network's scores without check or repair; its results stay \
      the same. The top of the files says how each property is enforced, and names the proofs, which are checked \
      before anything is left out; --evidence writes them.

      With --model there is no specification and no safety: finite inputs in, the network's own scores and choice \
      out.

      Example: ordain compile Specs/cartpole/cartpole.ordain -o build
      Example: ordain compile --model classifier.onnx --weights separate -o build
      """)

  @Argument(help: "The specification; `-` reads standard input.")
  var spec: String?

  @OptionGroup var plain: PlainNetworkOptions
  @OptionGroup var analysis: AnalysisLimits
  @OptionGroup var networks: NetworkOptions

  @Option(name: .shortAndLong, help: "The folder for the emitted files; made if it is missing.")
  var output: String

  @OptionGroup var emission: EmissionArguments
  @OptionGroup var semantics: SemanticsOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var proving: ProvingOptions

  @Flag(help: "Print what each program costs: operations, memory, constants, code.")
  var cost = false

  func validate() throws {
    if spec != nil, plain.model != nil {
      throw ValidationError("either a specification or --model, not both")
    }
    if spec == nil, plain.model == nil {
      throw ValidationError("name a specification, or a model with --model")
    }
    if spec == nil,
      !analysis.definitions.definitions.isEmpty || !networks.network.isEmpty
        || networks.models.models != nil
    {
      throw ValidationError("-D, --network and --models are for a specification, and there is none")
    }
    if spec == nil, proving.prove {
      throw ValidationError("--prove is for a specification: without one there is nothing to prove")
    }
  }

  func run() throws {
    let (emitted, sizes) = reporting { () throws(DiagnosticSet) -> (EmittedPrograms, [Int]) in
      // Proofs can take long: whether there is a place for what comes of them is known before.
      if proving.prove { try requireWritableFolder(output) }
      if let folder = proving.evidence { try requireWritableFolder(folder) }
      let emitted = try emit()
      // No program without the proofs that it names.
      if let folder = proving.evidence {
        try removeFiles(emitted.missingEvidence, from: folder)
        try writeFiles(emitted.evidence, to: folder)
      }
      return (emitted, try writeFiles(emitted.files, to: output))
    }
    Console.progress("")
    Console.report(emitted.diagnostics)
    if cost { Console.print(emitted.costs) }
    Console.print(emitted.summary(in: output, sizes: sizes))
    if let folder = proving.evidence {
      Console.print("wrote \(counted(emitted.evidence.count, "proof")) to \(folder)\n")
    }
  }

  private func emit() throws(DiagnosticSet) -> EmittedPrograms {
    let options = CompileOptions(
      emission: emission.options, semantics: semantics.floatSemantics, prefix: emission.programPrefix,
      limits: limits.limits, proofBoxes: proving.boxes)
    if let model = plain.model {
      return try EmittedPrograms(
        model: model, named: plain.name, choosing: plain.choose ?? .highest, options: options)
    }
    return try EmittedPrograms(
      try analysis.load(spec ?? "-"), networks: networks.network, models: networks.models.locator,
      options: options, progress: Console.progress)
  }
}
