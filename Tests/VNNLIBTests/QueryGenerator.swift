import TestSupport

/// Generates VNN-LIB 1.0 texts over three inputs and four outputs that the language can say.
struct QueryGenerator {
  private var random: SplitMix64
  /// Whether strict comparisons, `not` and bounds that the others' complements make strict occur.
  private let isStrict: Bool

  init(seed: UInt64, isStrict: Bool) {
    random = SplitMix64(seed: seed)
    self.isStrict = isStrict
  }

  static let declarations =
    (0..<3).map { "(declare-const X_\($0) Real)\n" }.joined()
    + (0..<4).map { "(declare-fun Y_\($0) () Real)\n" }.joined()

  mutating func text() -> String {
    var assertions = (0..<3).flatMap { input in
      let low = Int.random(in: -4...2, using: &random)
      return ["(>= X_\(input) \(eighths(low)))", "(<= X_\(input) \(eighths(low + 3)))"]
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) { assertions.append(formula(depth: 2, inputs, "X")) }
    if Bool.random(using: &random) { assertions.append(mixture()) }
    assertions.append(formula(depth: 2, outputs, "Y"))
    return Self.declarations + assertions.map { "(assert \($0))\n" }.joined()
  }

  /// A disjunction of regions with outputs of their own.
  private mutating func mixture() -> String {
    let count = Int.random(in: 1...3, using: &random)
    let disjuncts = (0..<count).map { _ in
      "(and \(formula(depth: 1, inputs, "X")) \(formula(depth: 1, outputs, "Y")))"
    }
    return "(or \(disjuncts.joined(separator: " ")))"
  }

  private mutating func formula(
    depth: Int, _ comparison: (inout QueryGenerator) -> String, _ letter: String
  ) -> String {
    guard depth > 0, Int.random(in: 0..<3, using: &random) > 0 else { return comparison(&self) }
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      formula(depth: depth - 1, comparison, letter)
    }
    if isStrict, Int.random(in: 0..<4, using: &random) == 0 { return "(not \(parts[0]))" }
    return "(\(Bool.random(using: &random) ? "and" : "or") \(parts.joined(separator: " ")))"
  }

  private let inputs: (inout QueryGenerator) -> String = { generator in
    let first = Int.random(in: 0..<3, using: &generator.random)
    let number = generator.eighths(Int.random(in: -6...6, using: &generator.random))
    switch Int.random(in: 0..<5, using: &generator.random) {
    case 0:
      let factor = Int.random(in: 1...3, using: &generator.random)
      return "(\(generator.relation()) (+ (* \(factor).5 X_\(first)) (- X_\((first + 1) % 3))) \(number))"
    case 1: return "(\(generator.relation()) \(number) X_\(first))"
    case 2: return "(= X_\(first) \(number))"
    default: return "(\(generator.relation()) X_\(first) \(number))"
    }
  }

  private let outputs: (inout QueryGenerator) -> String = { generator in
    let first = Int.random(in: 0..<4, using: &generator.random)
    let second = (first + Int.random(in: 1...3, using: &generator.random)) % 4
    switch Int.random(in: 0..<5, using: &generator.random) {
    case 0: return "(\(generator.relation()) Y_\(first) 2.5e-1)"
    case 1: return "(\(generator.relation()) (- (* 2 Y_\(first)) (* 2.0 Y_\(second))) 0.0)"
    default: return "(\(generator.relation()) Y_\(first) Y_\(second))"
    }
  }

  private mutating func relation() -> String {
    (isStrict ? ["<=", ">=", "<", ">"] : ["<=", ">="]).randomElement(using: &random) ?? "<="
  }

  private mutating func eighths(_ number: Int) -> String {
    "\(number < 0 ? "-" : "")\(abs(number) / 8).\(String(abs(number) % 8 * 125 + 1000).dropFirst())"
  }
}
