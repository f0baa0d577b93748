import CodeGeneration
import Diagnostics
import ExactArithmetic
import LoopIR
import NetworkIR
import SafetyLayers
import SpecificationLanguage
import TestSupport

/// A program whose network is one operator, to be called behind the guards: `forward` takes every bit
/// pattern.
struct OperatorProgram {
  let name: String
  let program: SafetyProgram
  let emitted: EmittedProgram
  let scratchCount: Int

  init(_ name: String, inputShape: TensorShape, _ nodes: [Node], _ semantics: FloatSemantics = .contractOff)
    throws
  {
    self.name = name
    let network = try Network(
      identity: ModelIdentity(name: "\(name).onnx", format: "onnx", hash: ContentHash(of: [])),
      inputShape: inputShape, nodes: nodes, output: ValueID(index: nodes.count)
    ).rounding(as: semantics)
    program = try operatorProgram(name, network)
    emitted = emit(program, compilerVersion: "test")
    scratchCount = network.lowered(LoweringNames(prefix: "x")).scratchCount
  }

  var network: Network { program.network }
  var forward: String { "\(emitted.prefix)_forward" }

  /// The interpreter's scores as bit patterns.
  func interpreted(_ input: [Float]) throws -> [UInt32] {
    var arguments: [LoopInterpreter.Argument] = [
      .array(input.map { UInt64($0.bitPattern) }), .array(Array(repeating: nil, count: network.outputCount)),
    ]
    if scratchCount > 0 { arguments.append(.array(Array(repeating: nil, count: scratchCount))) }
    let arrays = try LoopInterpreter(emitted.loops).call(Identifier(forward), arguments).arrays
    return arrays[1].map { UInt32($0 ?? 0xDEAD_BEEF) }
  }

  /// The source of a program that runs one of several `forward`s, chosen by number, on vectors from standard
  /// input.
  static func main(_ programs: [OperatorProgram]) -> String {
    let cases = programs.enumerated().map { number, program in
      let scratch = program.scratchCount > 0 ? ", scratch" : ""
      return """
            case \(number): {
              static float in[\(program.network.inputCount)], out[\(program.network.outputCount)];
              while (fread(in, sizeof in, 1, stdin) == 1) {
                \(program.forward)(in, out\(scratch));
                fwrite(out, sizeof out, 1, stdout);
              }
              return 0;
            }
        """
    }
    let scratchCount = max(1, programs.map(\.scratchCount).max() ?? 0)
    return """
      #include <math.h>
      \(programs.map { "#include \"\($0.emitted.source.name)\"" }.joined(separator: "\n"))
      #include <stdio.h>
      #include <stdlib.h>
      static float scratch[\(scratchCount)];
      int main(int argc, char **argv)
      {
        (void)argc;
        (void)scratch;
        switch (atoi(argv[1])) {
      \(cases.joined(separator: "\n"))
        default: return 1;
        }
      }

      """
  }
}

/// A program around a network, with plain inputs and one property.
private func operatorProgram(_ name: String, _ network: Network) throws -> SafetyProgram {
  let range = SourceRange(file: SourceFile(name: "\(name).ordain", text: " "), bytes: 0..<1)
  let inputs = (0..<network.inputCount).map { index in
    InputScalar(
      name: "x\(index)", unit: "", domain: nil, normalization: .identity, range: range,
      lowest: -.greatestFiniteMagnitude, highest: .greatestFiniteMagnitude)
  }
  let outputs = (0..<network.outputCount).map { "y\($0)" }
  let post = Post.precedes(above: 0, below: 1)
  return SafetyProgram(
    specName: name, specVersion: "1.0.0", specHash: ContentHash(of: []), networkName: name,
    interface: Interface(
      name: "Plain", inputs: inputs, outputs: outputs, groups: [], better: .highest,
      tieOrder: Array(outputs.indices), abstainsOnConflict: true, range: range),
    network: network,
    guards: [
      Guard(
        property: Property(
          name: "p", title: "", interface: 0,
          condition: .atom(
            .atLeast(input: 0, bound: 1), Condition.Provenance(range: range, text: "x0 >= 1")),
          post: post, overriders: [], range: range), overriders: [])
    ],
    table: RepairTable(
      rows: try [[], [0]].map { active in
        RepairTable.Row(
          activation: ActivationSet(active: active, propertyCount: 1),
          disjuncts: try disjuncts(satisfying: active.map { _ in post }, outputCount: outputs.count))
      }))
}
