import CertifiedBounds
import Diagnostics
import ExactArithmetic
import SafetyLayers
import SpecificationLanguage
import TestSupport

extension RandomProgram {
  /// A generated program with clauses, every third without properties. The heads' bounds are generated as well: these
  /// programs are for comparing bits, and what they certify need not be true.
  static func certified(seed: UInt64) throws -> SafetyProgram {
    let outputs = [2, 3, 4, 5, 10, 33][Int(seed % 6)]
    var random = RandomProgram(seed: seed, outputs: outputs, properties: seed % 3 == 0 ? 0 : nil)
    let program = try random.program()
    let clauses = try random.clauses(outputs)
    var tables: [String: [UpperBound]] = [:]
    let certified = clauses.map { clause in
      let key = "\(clause.norm) \(clause.space)"
      let pairwise = tables[key] ?? random.pairwise(outputs)
      tables[key] = pairwise
      let decision = KeptDecision(
        places: clause.places, groups: clause.groups.isEmpty ? nil : clause.groups.map { Set($0) },
        tieOrder: program.interface.tieOrder, prefersLowest: program.interface.better == .lowest)
      let head = StaticHead(
        decision, radius: clause.radius, pairwise: pairwise,
        executionErrors: pairwise.map { UpperBound($0.value.isFinite ? $0.value * 0x1p-12 : 0) },
        scoreMagnitudes: [UpperBound](repeating: UpperBound(10), count: outputs))
      return CertifiedClause(clause, head, program.guards, program.interface)
    }
    return SafetyProgram(
      specName: program.specName, specVersion: program.specVersion, specHash: program.specHash,
      networkName: program.networkName, interface: program.interface, network: program.network,
      guards: program.guards, table: program.table, certification: Certification(certified, program.table))
  }

  /// Clauses about the program's inputs and outputs, from a specification of their own.
  private mutating func clauses(_ outputs: Int) throws -> [RobustnessClause] {
    func pick<Value>(_ values: [Value]) -> Value {
      values[Int.random(in: values.indices, using: &generator)]
    }
    let groups = (0..<2).map { group in
      "group g\(group) = { "
        + (0..<outputs).filter { $0 == group || pick([true, false, false]) }.map { "y[\($0)]" }.joined(
          separator: ", ") + " }"
    }
    let clauses = (0..<pick([1, 2, 3, 40])).map { number in
      let places = pick(Array(1...min(3, outputs - 1)))
      let kept = places == 1 ? "keep top 1" : "keep top 1..\(places)"
      let inside = places > 1 && pick([true, false]) ? "inside { g0, g1 }" : ""
      return """
        robust c\(number) "clause */ \(number)" on Net {
          within \(pick(["L2", "Linf"])) \(pick(["0.001", "0.1", "1"])) of \(pick(["physical", "normalized"])) \(kept) \(inside)
          \(pick(["", "", "", "abstain when uncertified"]))
        }
        """
    }
    let text = """
      ordain 1
      spec "clauses" 1.0.0
      interface Random {
        inputs { x[\(inputs)] : 1 }
        outputs {
          y[\(outputs)]
          \(groups.joined(separator: "\n    "))
          choose highest
        }
      }
      network Net : Random from "random.onnx"
      \(clauses.joined(separator: "\n"))

      """
    var diagnostics = DiagnosticSet()
    let spec = try check(
      parse(SourceFile(name: "clauses.ordain", text: text), reportingTo: &diagnostics),
      reportingTo: &diagnostics)
    return spec.robustness
  }

  private mutating func pairwise(_ outputs: Int) -> [UpperBound] {
    var bounds = [UpperBound](repeating: .zero, count: outputs * outputs)
    for a in 0..<outputs {
      for b in 0..<a {
        let bound = [0, 1e-3, 0.3, 1, 2, .infinity][
          [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5][Int.random(in: 0..<12, using: &generator)]]
        bounds[a * outputs + b] = UpperBound(bound)
        bounds[b * outputs + a] = UpperBound(bound)
      }
    }
    return bounds
  }
}
