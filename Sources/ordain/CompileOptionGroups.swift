import ArgumentParser
import CodeGeneration
import CompilerDriver
import NetworkIR

/// A network without specification.
struct PlainNetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model to compile alone, without specification: no safety property is enforced.", valueName: "file"))
  var model: String?

  @Option(help: "With --model, what the network is called; the file's name if it is not given.")
  var name: String?

  @Option(help: "With --model, which score is chosen: highest (the default) or lowest, for costs.")
  var choose: Choice?

  func validate() throws {
    if model == nil, name != nil || choose != nil {
      throw ValidationError("--name and --choose are for --model; a specification says both itself")
    }
    if name == "" { throw ValidationError("--name is not empty") }
  }
}

/// How code is emitted.
struct EmissionArguments: ParsableArguments {
  @Option(
    help: "What to emit: c (C99) or swift (one file for Swift 6.2, also Embedded Swift on 64-bit machines).")
  var language: EmissionLanguage = .c

  @Option(
    help: """
      The beginning of all names and files, of several networks the first part; the names of specification and \
      network if it is not given.
      """)
  var prefix: String?

  @Option(
    help: """
      Where the weights are: same (the source), separate (a source of their own) or binary (a file that the \
      product loads, checked by its hash).
      """)
  var weights: WeightPlacement = .same

  @Option(
    help: "Where working memory is: stack, static (one call at a time) or caller (passed with each call).")
  var scratch: ScratchPlacement = .stack

  @Option(help: "What the code is to be good at: speed, or size (small tiles, nothing padded).")
  var optimize: OptimizationGoal = .speed

  @Flag(help: "Emit a function for many inputs as well.")
  var batch = false

  func validate() throws {
    if language == .swift, weights != .same || scratch != .stack || batch {
      throw ValidationError("--weights, --scratch and --batch are for C; Swift is one file")
    }
    guard let prefix else { return }
    do {
      _ = try ProgramPrefix(checking: prefix)
    } catch {
      throw ValidationError("--prefix `\(prefix)` \(error)")
    }
  }

  /// The prefix, once it was validated.
  var programPrefix: ProgramPrefix? { prefix.flatMap { try? ProgramPrefix(checking: $0) } }

  var options: EmissionOptions {
    EmissionOptions(
      language: language, goal: optimize, weights: weights, scratch: scratch, hasBatch: batch)
  }
}

/// What is proved of the networks.
struct ProvingOptions: ParsableArguments {
  @Flag(
    help:
      "Prove which properties the networks keep by themselves, and emit no repair for these; no result changes."
  )
  var prove = false

  @Option(
    help: ArgumentHelp(
      """
      With --prove, the most boxes that a property's inputs are cut into before it is given up (default: \
      \(CompileOptions.defaultProofBoxes)).
      """, valueName: "count"))
  var proveBoxes: Int?

  @Option(
    help: ArgumentHelp(
      "With --prove, write the proofs to this folder, for `ordain check-proof`; the top of the files has their SHA-256.",
      valueName: "folder"))
  var evidence: String?

  func validate() throws {
    if evidence != nil, !prove { throw ValidationError("--evidence is for --prove") }
    guard let proveBoxes else { return }
    if !prove { throw ValidationError("--prove-boxes is for --prove") }
    if proveBoxes < 1 { throw ValidationError("--prove-boxes is at least 1") }
  }

  /// The budget; `nil` if nothing is to be proved.
  var boxes: Int? { prove ? proveBoxes ?? CompileOptions.defaultProofBoxes : nil }
}

/// What a program may cost.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Fail if a program works in more memory than so many bytes (arrays on the stack, static, scratch).",
      valueName: "bytes"))
  var maxRam: Int?

  @Option(
    help: ArgumentHelp(
      "Fail if constants and code (estimated) have more than so many bytes.", valueName: "bytes"))
  var maxFlash: Int?

  @Option(
    help: ArgumentHelp("Fail if an inference can take more than so many operations.", valueName: "count"))
  var maxOps: Int?

  func validate() throws {
    for (option, value) in [("--max-ram", maxRam), ("--max-flash", maxFlash), ("--max-ops", maxOps)] {
      if let value, value < 0 { throw ValidationError("\(option) is not negative") }
    }
  }

  var limits: CostLimits { CostLimits(memory: maxRam, flash: maxFlash, operations: maxOps) }
}

extension Choice: ExpressibleByArgument {}
extension EmissionLanguage: ExpressibleByArgument {}
extension OptimizationGoal: ExpressibleByArgument {}
extension ScratchPlacement: ExpressibleByArgument {}
extension WeightPlacement: ExpressibleByArgument {}
