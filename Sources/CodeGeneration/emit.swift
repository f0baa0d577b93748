import SafetyLayers

/// Emits a program as one C99 header and one source.
///
/// The code needs `stdint.h`, `string.h` (`memcpy`) and `float.h` and nothing else: no heap, no recursion, no
/// libm, no mutable state outside the caller's and the stack, bounded loops. It computes what
/// ``SafetyProgram/infer(_:)`` computes, bit for bit, under every compiler that implements IEEE 754
/// binary32 and does not contract (see the emitted comment). The same program gives the same bytes.
///
/// - Parameter networks: the names of all networks of the specification, so that programs whose names
///   look alike in C get different prefixes.
public func emit(_ program: SafetyProgram, amongNetworks networks: [String] = []) -> EmittedProgram {
  let context = EmissionContext(program, among: networks)
  return EmittedProgram(
    prefix: context.names.prefix,
    header: EmittedProgram.File(
      name: context.names.headerFile, contents: CRenderer.render(emitHeader(context))),
    source: EmittedProgram.File(
      name: context.names.sourceFile, contents: CRenderer.render(emitSource(context))))
}
