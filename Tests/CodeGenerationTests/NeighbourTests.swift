import CodeGeneration
import TestSupport
import Testing

/// The functions to neighbouring numbers (not of NaN) and the test for what is not finite against C's own, over all
/// bit patterns where `ORDAIN_FULL=1`, else over every 251st and all near the ends of a binade.
@Test(arguments: ["highest", "lowest"]) func neighboursAreNextafterf(better: String) throws {
  let spec = exampleSpec.replacing("choose highest", with: "choose \(better)")
  let emitted = emit(try #require(programs(ofSpec: spec).first), compilerVersion: "test")
  let name = emitted.prefix
  let isExhaustive = sampleCount(0, full: 1) == 1
  let worse = better == "highest" ? "-INFINITY" : "INFINITY"
  let main = """
    #include "\(emitted.source.name)"
    #include <math.h>
    #include <stdio.h>
    static int differ(float a, float b)
    {
      return memcmp(&a, &b, sizeof a) != 0;
    }
    int main(void)
    {
      for (uint64_t pattern = 0; pattern <= 0xffffffffu; ++pattern) {
        const uint32_t bits = (uint32_t)pattern;
        float value;
        if (\(isExhaustive ? "0" : "pattern % 251 != 0 && ((bits + 2u) & 0x7fffffu) > 4u")) { continue; }
        memcpy(&value, &bits, sizeof value);
        if (\(name)_is_strange(value) == (isfinite(value) != 0)) {
          printf("%08x", bits);
          return 1;
        }
        if (value != value) { continue; }
        if (differ(\(name)_to_worse(value), nextafterf(value, \(worse)))
            || differ(\(name)_to_better(value), nextafterf(value, -(\(worse))))) {
          printf("%08x", bits);
          return 1;
        }
      }
      return 0;
    }

    """
  let folder = try CFolder(
    emitted.files.map { ($0.name, $0.contents) } + [("main.c", Array(main.utf8))])
  try folder.run("gcc", ["-std=c99", "-O2", "main.c", "-o", "main", "-lm"])
  try folder.run("./main", [])
}
