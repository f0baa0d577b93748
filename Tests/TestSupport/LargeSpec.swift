/// A specification at the size that the checker is built for: 100 properties over 20 inputs and 50 outputs.
///
/// Eleven boxes have a common point and differ in every input, so that each subset of them is feasible; the
/// other 89 stand beside them in a row, each overlapping its neighbours. All posts agree with one hidden
/// ranking: nothing conflicts.
public struct LargeSpec: Sendable {
  public static let inputCount = 20
  public static let outputCount = 50
  public static let propertyCount = 100
  /// How many boxes have a common point.
  public static let depth = 11

  public let text: String

  public init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let ranking = (0..<Self.outputCount).shuffled(using: &random)
    var lines = [
      "ordain 1", "spec \"large\" 1.0.0", "interface Large {", "  inputs {",
      (0..<Self.inputCount).map { "    x\($0) : 1 in 0 .. 1000" }.joined(separator: "\n"), "  }",
      "  outputs {", "    " + (0..<Self.outputCount).map { "o\($0)" }.joined(separator: ", "),
      "    choose highest", "  }", "}", "network Net : Large from \"large.onnx\"",
    ]
    for index in 0..<Self.propertyCount {
      let condition = Self.condition(of: index, &random)
      lines.append("enforce p\(index) {\n  when \(condition)\n  then \(Self.post(ranking, &random))\n}")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func condition(of index: Int, _ random: inout SplitMix64) -> String {
    let intervals = (0..<inputCount).map { input -> String in
      if input == 0, index >= depth {
        let start = 110 + 10 * (index - depth)
        return "x0 in \(start) .. \(start + 15)"
      }
      let highest = input == 0 ? 99 : 900
      let low = Int.random(in: 1...(highest / 3), using: &random)
      let high = Int.random(in: (2 * highest / 3)...highest, using: &random)
      return "x\(input) in \(low) .. \(high)"
    }
    return intervals.joined(separator: " and ")
  }

  /// A post that the hidden ranking satisfies.
  private static func post(_ ranking: [Int], _ random: inout SplitMix64) -> String {
    func pair() -> String {
      let places = [0, 1].map { _ in Int.random(in: 0..<outputCount, using: &random) }.sorted()
      if places[0] == places[1] { return "o\(ranking[0]) above o\(ranking[1])" }
      return "o\(ranking[places[0]]) above o\(ranking[places[1]])"
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0:
      let others = (0..<10).map { _ in "o\(Int.random(in: 0..<outputCount, using: &random))" }
      return "choose one of { \((["o\(ranking[0])"] + others).joined(separator: ", ")) }"
    case 1: return "never choose o\(ranking[Int.random(in: 1..<outputCount, using: &random)])"
    case 2:
      let place = Int.random(in: 0..<outputCount - 2, using: &random)
      return "o\(ranking[place]) in top \(Int.random(in: place + 1..<outputCount, using: &random))"
    case 3: return "\(pair()) and \(pair()) and \(pair())"
    case 4: return "\(pair()) or \(pair())"
    default: return pair()
    }
  }
}
