import Diagnostics
import SpecificationLanguage
import TestSupport
import Testing

/// Texts that are large or deep in one way. Each must be understood or refused within two seconds in a
/// release build, on the stack of an ordinary thread.
@Suite struct HostileTexts {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// What must be among the errors; `nil` where the text is right.
    let code: DiagnosticCode?
    let text: @Sendable () -> String

    var testDescription: String { name }

    init(_ name: String, _ code: DiagnosticCode?, _ text: @escaping @Sendable () -> String) {
      self.name = name
      self.code = code
      self.text = text
    }
  }

  static let head = """
    ordain 1
    spec "t" 1.0.0
    interface Car {
      inputs {
        x : m in 0 .. 200
        y : m in 0 .. 200
        image[28, 28] : 1 in 0 .. 1
      }
      outputs { stop, slow, keep, digit[100] choose highest }
    }
    network Net : Car from "car.onnx"

    """

  static func property(_ condition: String, then post: String = "choose stop") -> String {
    head + "enforce p on Net { when \(condition) then \(post) }\n"
  }

  static func list(_ count: Int, _ separator: String, _ element: (Int) -> String) -> String {
    (0..<count).map(element).joined(separator: separator)
  }

  static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  static let cases: [Case] =
    depth + width + expansion
    + [
      Case("a line of a megabyte", .malformedNumber) { property(times(1 << 20, "9") + " m < x") },
      Case("a comment of a megabyte", nil) { head + "//" + times(1 << 20, "-") },
      Case("a name of a megabyte", .nameTooLong) {
        property(times(1 << 20, "a") + " and " + times(1 << 20, "b"))
      },
      Case("a string of a megabyte", .nameTooLong) {
        head + "network M : Car from \"\(times(1 << 20, "a"))\""
      },
      Case("a unit of a megabyte", .nameTooLong) { property("x < 3 " + times(200_000, "m*") + "m") },
      Case("1e999999", .malformedNumber) { property("x < 1e999999 m") },
      Case("an exponent of a megabyte", .malformedNumber) { property("x < 1e\(times(1 << 20, "9")) m") },
      Case("a unit's exponent beyond Int", .malformedNumber) { property("x < 1 m^-9223372036854775808") },
      Case("a megabyte of junk", .invalidCharacter) { head + times(1 << 19, "\u{1}@") },
      Case("a megabyte of junk in pieces", .invalidCharacter) { head + times(1 << 19, "@ ") },
      Case("a megabyte of something else", .missingHeader) { times(1 << 19, "\u{1}@") },
      Case("four megabytes of braces", .missingHeader) { times(2 << 20, "{}") },
      Case("a megabyte of keywords", .missingHeader) { times(1 << 17, "enforce ") },
      Case("a hundred thousand unknown names", .unknownName) {
        property(list(100_000, " or ") { "name\($0)" })
      },
    ]

  static let depth: [Case] = [
    Case("parentheses", .nestingTooDeep) { property(times(100_000, "(") + "x < 1 m" + times(100_000, ")")) },
    Case("nots", .nestingTooDeep) { property(times(100_000, "not ") + "x < 1 m") },
    Case("signs", .nestingTooDeep) { property(times(100_000, "-") + "x < 1 m") },
    Case("calls", .nestingTooDeep) { property(times(100_000, "f(") + "1" + times(100_000, ")")) },
    Case("indices", .nestingTooDeep) { property(times(100_000, "x[") + "1" + times(100_000, "]")) },
    Case("fors", .nestingTooDeep) { head + times(100_000, "for i in { 1 } {\n") + times(100_000, "}") },
    Case("posts", .nestingTooDeep) {
      property("true", then: times(100_000, "(") + "choose stop" + times(100_000, ")"))
    },
    Case("somes", .nestingTooDeep) {
      property("true", then: times(100_000, "some g in { stop }: ") + "choose g")
    },
    Case("negated posts", .nestingTooDeep) { property("true", then: times(100_000, "not ") + "choose stop") },
    Case("hundred levels are fine", nil) { property(times(95, "(") + "x < 1 m" + times(95, ")")) },
    Case("lets upon lets", .nestingTooDeep) {
      property("a99999") + "let a0 = x < 1 m\n" + list(99_999, "\n") { "let a\($0 + 1) = a\($0) and true" }
    },
    Case("params upon params", .nestingTooDeep) {
      property("x < a0") + list(20_000, "\n") { "param a\($0) = a\($0 + 1) + 1 m" } + "\nparam a20000 = 1 m"
    },
    Case("units upon units", .nestingTooDeep) {
      property("x < 1 a0") + list(20_000, "\n") { "unit a\($0) = 2 a\($0 + 1)" } + "\nunit a20000 = 1 m"
    },
    Case("groups upon groups", nil) {
      head.replacing(
        "choose highest",
        with: list(10_000, "\n") { "group g\($0) = { g\($0 + 1) }" }
          + "\ngroup g10000 = { stop } choose highest")
    },
  ]

  static let width: [Case] = [
    Case("a sum of 100,000 terms", nil) { property(list(100_000, " + ") { _ in "x" } + " < 5 m") },
    Case("a sum over an image", nil) {
      property(list(784 * 20, " + ") { "image[\($0 / 28 % 28), \($0 % 28)]" } + " < 5")
    },
    Case("an `and` of 100,000", nil) { property(list(100_000, " and ") { _ in "x < 5 m" }) },
    Case("100,000 factors", .constantTooLarge) { property("x < " + times(100_000, "7 * ") + "1 m") },
    Case("a sum of 10,000 fractions", .constantTooLarge) {
      property("x < 1 m * (" + list(10_000, " + ") { "1/\($0 * 2 + 1)" } + ")")
    },
    Case("a chain of 100,000", nil) { property("true", then: list(100, " above ") { "digit[\($0)]" }) },
    Case("100,000 choices", nil) {
      property("true", then: "choose one of { \(list(100_000, ",") { _ in "stop" }) }")
    },
    Case("100,000 lets", nil) { head + list(100_000, "\n") { "let a\($0) = x < \($0 % 200) m" } },
    Case("8,000 interfaces", nil) {
      head + list(8_000, "\n") { "interface I\($0) { inputs { x:m } outputs { a,b choose highest } }" }
    },
    Case("20,000 networks", .expansionTooLarge) {
      head + list(20_000, "\n") { "network M\($0) : Car from \"m.onnx\"" }
    },
  ]
}
