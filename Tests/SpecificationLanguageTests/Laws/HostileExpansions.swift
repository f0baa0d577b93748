import Diagnostics
import Foundation
import SpecificationLanguage
import Testing

/// Short texts that mean much.
extension HostileTexts {
  static let family = head + "networks N[i: 1..100, j: 1..100] : Car from \"{i}_{j}.onnx\"\n"

  static let expansion: [Case] = [
    Case("doubling lets", .expansionTooLarge) {
      property("a60") + "let a0 = x < 1 m\n" + list(60, "\n") { "let a\($0 + 1) = a\($0) and a\($0)" }
    },
    Case("doubling quantities", .expansionTooLarge) {
      property("a60 < 1 m") + "let a0 = x\n" + list(60, "\n") { "let a\($0 + 1) = a\($0) + a\($0)" }
    },
    Case("doubling lets that are wrong", .expansionTooLarge) {
      property("a60") + "let a0 = x < 1 m\n" + list(60, "\n") { "let a\($0 + 1) = a\($0) >= a\($0)" }
    },
    Case("doubling arguments", .expansionTooLarge) {
      property("a60(x)") + "let a0(v) = v < 1 m\n"
        + list(60, "\n") { "let a\($0 + 1)(v) = a\($0)(v) and a\($0)(v + v)" }
    },
    Case("lets of a million parts each", .expansionTooLarge) {
      head + "let a0 = x < 1 m\n" + list(17, "\n") { "let a\($0 + 1) = a\($0) and a\($0)" } + "\n"
        + list(1_000, "\n") { "let b\($0) = a17" }
    },
    Case("squaring params", .constantTooLarge) {
      property("x < a60") + "param a0 = 1e1000 m\n" + list(60, "\n") { "param a\($0 + 1) = a\($0) * a\($0)" }
    },
    Case("dimensions to high powers", .constantTooLarge) {
      property("x < 1 a40") + "unit a0 = 1 m\n" + list(40, "\n") { "unit a\($0 + 1) = 1 a\($0)^16" }
    },
    Case("fors in fors", .expansionTooLarge) {
      head + list(60, " ") { "for v\($0) in { 1, 2 } {" } + times(60, "}")
    },
    Case("fors in fors with mistakes", .expansionTooLarge) {
      head + list(60, " ") { "for v\($0) in { 1, 2 } {" } + "enforce q on Net { when z then choose stop }"
        + times(60, "}")
    },
    Case("two families of 6,000 properties", .expansionTooLarge) {
      head
        + ["a", "b"].map {
          "for i in { 1 .. 6000 } { enforce \($0) on Net { when x < i * 1 mm then choose stop } }\n"
        }
        .joined()
    },
    Case("10,000 properties", nil) {
      head + "for i in { 1 .. 10000 } { enforce a on Net { when x < i * 1 mm and y > 3 m then choose stop } }"
    },
    Case("10,000 properties that override 10,000", .expansionTooLarge) {
      head + "for i in { 1 .. 5000 } { enforce a on Net { when x < i * 1 mm then choose stop } }\n"
        + "for i in { 1 .. 5000 } { enforce b on Net { when x < i * 1 mm then choose stop } }\na overrides b"
    },
    Case("a chain of 4,000 overrides", nil) {
      head + "for i in { 1 .. 4000 } { enforce a on Net { when x < i * 1 mm then choose stop } }\n"
        + "for i in { 1 .. 3999 } { a[i + 1] overrides a[i] }"
    },
    Case("10,000 networks", .expansionTooLarge) { family },
    Case("9,999 networks with 400 properties", nil) {
      family.replacing("network Net : Car from \"car.onnx\"", with: "")
        + "for i in { 1 .. 400 } { enforce a on N[*, *] except N[1..3, 7] { when x < i * 1 mm then choose stop } }"
    },
    Case("10,000 networks with 10,000 properties", .expansionTooLarge) {
      family.replacing("network Net : Car from \"car.onnx\"", with: "")
        + "for i in { 1 .. 10000 } { enforce a { when x < i * 1 mm then choose stop } }"
    },
    Case("a selection named a hundred thousand times", .expansionTooLarge) {
      family.replacing("network Net : Car from \"car.onnx\"", with: "")
        + "enforce a on \(list(100_000, ", ") { _ in "N" }) { when true then choose stop }"
    },
    Case("a thousand interfaces of a million inputs", .expansionTooLarge) {
      head
        + list(1_000, "\n") {
          "interface I\($0) { inputs { x[1024, 1024] : 1\n } outputs { a[16384] choose highest } }"
        }
    },
    Case("every output above every other", .expansionTooLarge) {
      property("true", then: "some g in { all }: every g above every other").replacing(
        "choose highest",
        with: ", wide[16000] group all = { \(list(8_000, ", ") { "wide[\($0)]" }) } choose highest")
    },
    Case("groups of groups", .expansionTooLarge) {
      head.replacing(
        "choose highest",
        with: ", wide[10000] group g0 = { \(list(10_000, ", ") { "wide[\($0)]" }) } "
          + list(10_000, " ") { "group g\($0 + 1) = { g\($0) }" } + " choose highest")
    },
  ]

  @Test(arguments: cases) func isDecidedSoon(_ hostile: Case) {
    let bytes = Array(hostile.text().utf8)
    let start = threadSeconds()
    let diagnostics = ParserLaws.examine(bytes)
    let seconds = threadSeconds() - start
    let codes = Set(diagnostics.diagnostics.filter { $0.severity == .error }.map(\.code))
    if let code = hostile.code {
      #expect(codes.contains(code), "\(codes)")
    } else {
      #expect(codes.isEmpty, "\(diagnostics.text.prefix(600))")
    }
    #if DEBUG
      #expect(seconds < 40)
    #else
      #expect(seconds < 2)
    #endif
    #expect(diagnostics.diagnostics.count <= 600)
  }
}

/// The processor time of this thread: other work on the machine does not count.
private func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
