import LoopIR

extension CRenderer {
  /// Without the macro that asks for prints nothing of stdio is needed, unless weights are read from a file.
  mutating func append(_ main: SelfCheckMain) {
    line("#if !defined(\(main.withoutMain.spelling))")
    if main.loading == nil { line("#if defined(\(main.prints.spelling))") }
    line("#include <stdio.h>")
    if main.loading == nil { line("#endif") }
    endLine()
    if let loading = main.loading {
      // Numbers, as which the program reads it; room for one byte too many, which would be seen.
      line("static float \(loading.memory.spelling)[\(loading.size / 4 + 1)];")
      endLine()
    }
    line(main.loading == nil ? "int main(void)" : "int main(int argc, char **argv)")
    line("{")
    indented { renderer in
      if let loading = main.loading {
        renderer.appendLoading(loading)
        renderer.line("const int failed = \(main.check.spelling)(&weights);")
      } else {
        renderer.line("const int failed = \(main.check.spelling)();")
      }
      renderer.endLine()
      renderer.unindentedLine("#if defined(\(main.prints.spelling))")
      renderer.line("if (failed == 0) {")
      renderer.line("  (void)printf(\"all \(main.vectorCount) vectors agree\\n\");")
      renderer.line("} else {")
      renderer.line("  (void)printf(\"vector %d of \(main.vectorCount) differs\\n\", failed);")
      renderer.line("}")
      renderer.unindentedLine("#endif")
      renderer.line("return failed;")
    }
    line("}")
    line("#endif")
  }

  private mutating func appendLoading(_ loading: SelfCheckMain.Loading) {
    let memory = loading.memory.spelling
    line("\(loading.weightsType.spelling) weights = {0};")
    line("FILE *file = fopen((argc > 1) ? argv[1] : \"\(loading.fileName)\", \"rb\");")
    line("size_t size = 0;")
    endLine()
    line("if (file != NULL) {")
    line("  size = fread(\(memory), 1, sizeof \(memory), file);")
    line("  (void)fclose(file);")
    line("}")
    line("if (\(loading.load.spelling)(\(memory), size, &weights) != \(loading.ok.spelling)) {")
    line("  return 255;")
    line("}")
  }

  private mutating func unindentedLine(_ text: String) {
    write(text)
    endLine()
  }
}
