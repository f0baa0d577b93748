import Foundation
import Diagnostics
import ExactArithmetic
import ModelImport
import VNNLIB
import NetworkIR
@testable import SafetyVerification
let args = CommandLine.arguments.dropFirst()
let threads = Int(ProcessInfo.processInfo.environment["T"] ?? "1")!
let limit = Double(ProcessInfo.processInfo.environment["LIMIT"] ?? "60")!
let floats = ProcessInfo.processInfo.environment["REAL"] == nil
for pair in args {
  let p = pair.split(separator: ":").map(String.init)
  let (m, f) = p[0].contains("/") ? (p[0], p[1]) : ("/work/shared/data/acasxu/onnx/ACASXU_run2a_\(p[0])_batch_2000.onnx", "/work/shared/data/acasxu/vnnlib/prop_\(p[1]).vnnlib")
  let t0 = processSeconds()
  do {
    var d = DiagnosticSet()
    let net = try importModel(atPath: m, reportingTo: &d).network
    let set = try parseVNNLIB(SourceFile(name: f, text: try! String(contentsOfFile: f, encoding: .utf8)))
    let t1 = processSeconds()
    let graph = try RelaxationGraph(net)
    let regions = try devRegions(set)
    let t2 = processSeconds()
    var verdict = "holds"
    var total = 0
    let splitsInputs = regions[0].box.lower.indices.filter { regions[0].box.upper[$0] > regions[0].box.lower[$0] }.count <= 16
    let bab = BranchAndBound(graph, splitsInputs: splitsInputs, limits: SearchLimits(seconds: t0 + limit), threads: threads) { x in
      let out = net.evaluate(x.map { Float($0) })
      for r in regions where r.conjunctions.contains(where: { $0.allSatisfy { row in row.terms.reduce(row.constant) { $0 + $1.coefficient * Double(out[$1.output]) } <= 0 } }) { return Judgement(violatesReals: true, violatesFloats: true) }
      return Judgement() }
    var attack = Attack(graph, seed: 1)
    for r in regions.prefix(50) { if attack.run(r, restarts: 3, steps: 24, accepts: { x, _ in bab.isViolation(x) }) { verdict = "violated(attack)"; break } }
    let t3 = processSeconds()
    if verdict == "holds" { for r in regions { let o = bab.refute(r, coversFloats: floats); if o != .refuted { verdict = "\(o)"; break } } }
    total = bab.boxes
    print(pair, verdict, "boxes", total, "gap", bab.floatGap as Any, String(format: "read %.3f graph %.3f attack %.3f total %.3f", t1-t0, t2-t1, t3-t2, processSeconds()-t0))
  } catch { print(pair, "error", "\(error)".prefix(300)) }
}
