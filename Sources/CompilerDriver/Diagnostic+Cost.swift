import CodeGeneration
import Diagnostics

extension Diagnostic {
  static func noWeights(_ network: String, _ placement: WeightPlacement) -> Diagnostic {
    Diagnostic(
      .noWeights, "`\(network)` has no weights that `--weights \(placement.rawValue)` could keep apart",
      at: .none,
      cure: "leave `--weights` out")
  }

  static func tooManyOperations(
    _ network: String, needed: Int, allowed: Int, contributors: [CostReport.Contributor]
  ) -> Diagnostic {
    Diagnostic(
      .tooManyOperations,
      "an inference of `\(network)` can take \(needed) operations, and `--max-ops` allows \(allowed)",
      at: .none,
      cure: "use a smaller network, or allow more", notes: largest(contributors, "operations"))
  }

  static func tooMuchFlash(
    _ network: String, needed: Int, allowed: Int, contributors: [CostReport.Contributor]
  ) -> Diagnostic {
    Diagnostic(
      .tooMuchFlash,
      "constants and code of `\(network)` have about \(needed) bytes, and `--max-flash` allows \(allowed)",
      at: .none,
      cure: "use a smaller network, try `--optimize size`, or allow more",
      notes: largest(contributors, "bytes"))
  }

  static func tooMuchMemory(
    _ network: String, needed: Int, allowed: Int, contributors: [CostReport.Contributor]
  ) -> Diagnostic {
    Diagnostic(
      .tooMuchMemory,
      "`\(network)` works in \(needed) bytes of memory, and `--max-ram` allows \(allowed)", at: .none,
      cure: "use a network with smaller layers, or allow more", notes: largest(contributors, "bytes"))
  }
}

private func largest(_ contributors: [CostReport.Contributor], _ unit: String) -> [Diagnostic.Note] {
  contributors.prefix(3).map { Diagnostic.Note("\($0.name): \($0.amount) \(unit)") }
}
