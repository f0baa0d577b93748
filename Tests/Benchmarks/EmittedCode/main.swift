import CodeGeneration
import CompilerDriver
import Diagnostics
import Foundation
import SafetyLayers
import TestSupport

// Times emitted code: forward pass, guards with check and repair on raw scores that are safe or repaired, and
// certified heads. Prints medians in nanoseconds; compare the numbers of one run only.
//
//   swift run -c release EmittedCodeBenchmark [folder to keep the emitted files in]

let rounds = 41

/// 100 outputs in 20 superclasses of 5: some group must be above all others, 20 disjuncts of 475
/// precedences.
let superclasses: String = {
  let outputs = (0..<100).map { "c\($0)" }.joined(separator: ", ")
  let groups = (0..<20).map { group in
    "    group g\(group) = { \((0..<5).map { "c\(group * 5 + $0)" }.joined(separator: ", ")) }\n"
  }
  return """
    ordain 1
    spec "superclass" 1.0.0
    interface Classes {
      inputs {
        x : 1 in 0 .. 1
        y : 1 in 0 .. 1
      }
      outputs {
        \(outputs)
    \(groups.joined())    choose highest
      }
    }
    network Net : Classes from "net.nnet"
    enforce coherent {
      when true
      then some g in { \((0..<20).map { "g\($0)" }.joined(separator: ", ")) }: every g above every other
    }

    """
}()

let acasXu = String(
  decoding: try Data(contentsOf: URL(filePath: packageRoot + "/Specs/acasxu/acasxu.ordain")), as: UTF8.self)
let fifty = [Int](repeating: 50, count: 6)

/// All its properties but p7 (which contradicts p5 and p9) on one network, without the expectations behind them.
let allOnOne = acasXu.prefix(upTo: acasXu.firstRange(of: "\nexpect ")?.lowerBound ?? acasXu.endIndex)
  .split(separator: "\n").filter { !$0.hasPrefix("enforce p7") }.joined(separator: "\n")
  .replacing(/\ on N\[[^{]*\{/, with: " on N[1,1] {")

try measure(
  "acas-xu N[1,1], 5 outputs, 4 properties", programs(ofSpec: acasXu, network: "N[1,1]", hidden: fifty))
try measure("acas-xu, 5 outputs, 8 properties", programs(ofSpec: allOnOne, network: "N[1,1]", hidden: fifty))
try measure("superclasses, 100 outputs, 20 disjuncts", programs(ofSpec: superclasses, hidden: [50, 50]))
try measure("digits, 10 outputs, 3 robust clauses", [digits()])

/// The digit reader with its own network: the head's tables follow from it.
func digits() throws -> SafetyProgram {
  let source = try SourceFile(path: packageRoot + "/Specs/digits/digits.ordain")
  let frontEnd = try FrontEnd(source, options: AnalysisOptions())
  var diagnostics = DiagnosticSet()
  return try frontEnd.compose(
    network: 0, models: ModelLocator(models: nil, data: nil), reportingTo: &diagnostics)
}
