import LoopIR

/// Emits a program as one Swift file: a type that holds nothing but functions and constants.
///
/// The file imports nothing, allocates nothing, has no state and initialises nothing at run time. It compiles as part
/// of a package in Swift 6's language mode and, for 64-bit machines, as Embedded Swift, and computes what
/// ``EmittableProgram/infer(_:)`` computes, bit for bit. The same program gives the same bytes.
func emitSwift(
  _ context: EmissionContext, _ loops: LoopProgram, _ cost: CostReport, _ proof: DecisionProof?
) -> EmittedProgram.File {
  let namespace = SwiftNames(prefix: context.names.prefix.description).namespace
  return EmittedProgram.File(
    role: .source, name: "\(namespace).swift",
    content: .text(renderSwift(context, loops, introduction(context, cost, proof), namespace: namespace)))
}

private func renderSwift(
  _ context: EmissionContext, _ loops: LoopProgram, _ introduction: String, namespace: String
) -> [UInt8] {
  let names = SwiftNames(prefix: context.names.prefix.description)
  var text = SwiftText()
  text.comment(introduction + "\n\n" + SwiftSupport.header)
  text.lines(
    """

    #if _endian(big)
    #error("the tables of this file are for little-endian machines")
    #endif

    """)
  text.comment("The network \(context.program.networkName).", mark: "///")
  text.line(SwiftSupport.availability)
  text.block("public enum \(namespace) {") { SwiftInterface(context, loops, names).append(to: &$0) }
  text.line("")
  text.line(SwiftSupport.availability)
  text.block("extension \(namespace) {") {
    $0.line("/// The network and its safety layers, operation by operation.")
    $0.block("fileprivate enum Program {") {
      $0.lines(SwiftSupport.members)
      let interface = interfaceDeclarations(context)
      let program = simplifiedLoops(
        specializedOnTables(Array(loops.declarations.dropFirst(interface.count))))
      var renderer = SwiftRenderer(program, names: names, text: $0)
      renderer.append(interface: interface)
      renderer.append(program)
      $0 = renderer.text
    }
  }
  text.line("")
  text.lines(SwiftSupport.extensions)
  return text.bytes
}
