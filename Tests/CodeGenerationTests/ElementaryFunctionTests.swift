import Foundation
import NetworkIR
import TestSupport
import Testing

/// The kernels as they are emitted, against binary64: on all bit patterns where `ORDAIN_FULL=1`, else on
/// every 10007th. The bounds stand in the C file; those of the article are the same.
@Test func kernelsAreWithinTheirBounds() throws {
  let shape = TensorShape.vector(2)
  let operations: [NetworkIR.Operation] = [
    .exponential, .elu(Elu(alpha: 1)), .sigmoid, .tanh, .erf, .gelu(Gelu(approximation: .none)),
    .gelu(Gelu(approximation: .tanh)), .softplus, .logarithm, .squareRoot,
  ]
  let program = try OperatorProgram(
    "kernels", inputShape: shape,
    operations.enumerated().map { position, operation in
      Node(
        name: "node \(position)", operation: operation, operands: [ValueID(index: position)], shape: shape)
    })
  let path = packageRoot + "/Tests/ElementaryFunctions/exhaustive.c"
  let harness = try Data(contentsOf: URL(filePath: path))
  let start = """
    #include "\(program.emitted.source.name)"
    #define KERNEL(name) \(program.emitted.prefix)_##name

    """
  let folder = try CFolder(
    program.emitted.files.map { ($0.name, $0.contents) } + [("main.c", Array(start.utf8) + harness)])
  try folder.run(
    "gcc", ["-std=gnu11", "-O3", "-march=native", "-pthread", "-Wall", "main.c", "-o", "main", "-lm"])
  let step = UInt64(sampleCount(10007, full: 1))
  let threads = ProcessInfo.processInfo.activeProcessorCount
  let output = try folder.run("./main", ["\(step)", "\(min(64, threads))"])
  let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
  print(lines.joined(separator: "\n"))
  // A kernel a line, each on the inputs asked for: 2^32 / step of them.
  let inputs = (UInt64(1) << 32 + step - 1) / step
  #expect(lines.count == operations.count)
  for line in lines { #expect(line.contains(" \(inputs) inputs, ") && line.hasSuffix(" 0 failures")) }
}
