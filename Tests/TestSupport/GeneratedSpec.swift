import Diagnostics
import ExactArithmetic

/// A generated specification: its text for the compiler, and the same as a small tree that the oracle
/// evaluates without any code of the compiler.
public struct GeneratedSpec: Sendable, CustomStringConvertible {
  public struct Property: Sendable {
    public var condition: GeneratedCondition
    public var post: GeneratedPost
    /// Indices of the properties that override this one.
    public var overriders: [Int]
    /// `nil`: named for its place, `p0` and so on.
    public var name: String?
  }

  public let seed: UInt64
  public let inputCount: Int
  public let outputCount: Int
  public let choosesHighest: Bool
  /// All outputs, the one preferred on ties first.
  public let tieOrder: [Int]
  /// How many of ``tieOrder`` the text names after `ties prefer`; the rest follows by declaration.
  public let preferredCount: Int
  public var properties: [Property]

  /// Every input's domain is -bound ... bound.
  public static let domainBound: Float = 4

  public func name(_ property: Int) -> String { properties[property].name ?? "p\(property)" }

  public var source: SourceFile { SourceFile(name: "generated-\(seed).ordain", text: text) }
  public var description: String { "spec \(seed):\n" + text }

  public var text: String {
    let bound = Int(Self.domainBound)
    let inputs = (0..<inputCount).map { "    x\($0) : 1 in -\(bound) .. \(bound)" }
    let groups = properties.flatMap(\.post.groups)
    let groupLines = Set(groups).sorted { $0.lexicographicallyPrecedes($1) }
      .map { "    group \(groupName($0)) = { \(outputNames($0).joined(separator: ", ")) }" }
    let ties = outputNames(Array(tieOrder.prefix(preferredCount))).joined(separator: ", ")
    var lines = [
      "ordain 1", "spec \"generated\" 1.0.0", "interface I {", "  inputs {", inputs.joined(separator: "\n"),
      "  }", "  outputs {", "    " + outputNames(Array(0..<outputCount)).joined(separator: ", "),
    ]
    lines += groupLines
    lines += ["    choose \(choosesHighest ? "highest" : "lowest")"]
    if preferredCount > 0 { lines.append("    ties prefer \(ties)") }
    lines += ["    abstain when conflict", "  }", "}", "network Net : I from \"none.nnet\""]
    for (index, property) in properties.enumerated() {
      lines.append("enforce \(name(index)) { when \(property.condition.text) then \(property.post.text) }")
    }
    for (index, property) in properties.enumerated() {
      for overrider in property.overriders { lines.append("\(name(overrider)) overrides \(name(index))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// A condition as users write it.
public indirect enum GeneratedCondition: Sendable {
  public enum Relation: String, Sendable, CaseIterable {
    case less = "<", atMost = "<=", greater = ">", atLeast = ">="
  }

  case always
  /// An input against a number of eighths.
  case compare(input: Int, Relation, eighths: Int)
  /// `sum of coefficient * input`, with at least two inputs, against a number of eighths.
  case linear([(coefficient: Int, input: Int)], Relation, eighths: Int)
  case rawChoice([Int])
  case not(GeneratedCondition)
  case all([GeneratedCondition])
  case any([GeneratedCondition])

  public var text: String {
    switch self {
    case .always: "true"
    case .compare(let input, let relation, let eighths):
      "x\(input) \(relation.rawValue) \(decimal(eighths: eighths))"
    case .linear(let terms, let relation, let eighths):
      terms.map { "\($0.coefficient) * x\($0.input)" }.joined(separator: " + ")
        + " \(relation.rawValue) \(decimal(eighths: eighths))"
    case .rawChoice(let outputs): "raw choice in { \(outputNames(outputs).joined(separator: ", ")) }"
    case .not(let part): "not (\(part.text))"
    case .all(let parts): "(" + parts.map(\.text).joined(separator: " and ") + ")"
    case .any(let parts): "(" + parts.map(\.text).joined(separator: " or ") + ")"
    }
  }

  public var dependsOnRawChoice: Bool {
    switch self {
    case .always, .compare, .linear: false
    case .rawChoice: true
    case .not(let part): part.dependsOnRawChoice
    case .all(let parts), .any(let parts): parts.contains(where: \.dependsOnRawChoice)
    }
  }
}

/// The forms of posts that the language has.
public enum PostForm: String, Sendable, CaseIterable {
  case chooseOneOf, neverChoose, above, everyAboveEvery, everyAboveOther, someGroup, inTop, notInTop
  case maximal, notMaximal, minimal, notMinimal, not, all, any
}

/// A post as users write it.
public indirect enum GeneratedPost: Sendable {
  case chooseOneOf([Int])
  case neverChoose([Int])
  /// From best to worst, two outputs or more.
  case above([Int])
  case everyAboveEvery([Int], [Int])
  case everyAboveOther([Int])
  /// Some group has every member above every other output.
  case someGroup([[Int]])
  case top(Int, places: Int, isNot: Bool)
  case extreme(Int, isMaximal: Bool, isNot: Bool)
  case not(GeneratedPost)
  case all([GeneratedPost])
  case any([GeneratedPost])

  public var text: String {
    switch self {
    case .chooseOneOf(let outputs): "choose one of { \(outputNames(outputs).joined(separator: ", ")) }"
    case .neverChoose(let outputs): "never choose " + outputNames(outputs).joined(separator: ", ")
    case .above(let chain): outputNames(chain).joined(separator: " above ")
    case .everyAboveEvery(let upper, let lower):
      "every \(groupName(upper)) above every \(groupName(lower))"
    case .everyAboveOther(let group): "every \(groupName(group)) above every other"
    case .someGroup(let groups):
      "some g in { \(groups.map(groupName).joined(separator: ", ")) }: every g above every other"
    case .top(let output, let places, let isNot): "o\(output)\(isNot ? " not" : "") in top \(places)"
    case .extreme(let output, let isMaximal, let isNot):
      "o\(output) is\(isNot ? " not" : "") \(isMaximal ? "maximal" : "minimal")"
    case .not(let part): "not (\(part.text))"
    case .all(let parts): "(" + parts.map(\.text).joined(separator: " and ") + ")"
    case .any(let parts): "(" + parts.map(\.text).joined(separator: " or ") + ")"
    }
  }

  public var forms: Set<PostForm> {
    switch self {
    case .chooseOneOf: [.chooseOneOf]
    case .neverChoose: [.neverChoose]
    case .above: [.above]
    case .everyAboveEvery: [.everyAboveEvery]
    case .everyAboveOther: [.everyAboveOther]
    case .someGroup: [.someGroup]
    case .top(_, _, let isNot): [isNot ? .notInTop : .inTop]
    case .extreme(_, let isMaximal, let isNot):
      [isMaximal ? (isNot ? .notMaximal : .maximal) : (isNot ? .notMinimal : .minimal)]
    case .not(let part): part.forms.union([.not])
    case .all(let parts): parts.reduce([.all]) { $0.union($1.forms) }
    case .any(let parts): parts.reduce([.any]) { $0.union($1.forms) }
    }
  }

  /// The groups that the text names.
  var groups: [[Int]] {
    switch self {
    case .chooseOneOf, .neverChoose, .above, .top, .extreme: []
    case .everyAboveEvery(let upper, let lower): [upper, lower]
    case .everyAboveOther(let group): [group]
    case .someGroup(let groups): groups
    case .not(let part): part.groups
    case .all(let parts), .any(let parts): parts.flatMap(\.groups)
    }
  }
}

private func outputNames(_ outputs: [Int]) -> [String] { outputs.map { "o\($0)" } }

/// The members as the digits of one hexadecimal number: unique, and short for a hundred outputs.
private func groupName(_ group: [Int]) -> String {
  var digits = [UInt8](repeating: 0, count: ((group.max() ?? 0) + 4) / 4)
  for member in group { digits[member / 4] |= 1 << UInt8(member % 4) }
  return "g" + digits.map { String($0, radix: 16) }.joined()
}

private func decimal(eighths: Int) -> String {
  let thousandths = abs(eighths) * 125
  let fraction = String(thousandths % 1000 + 1000).dropFirst()
  return (eighths < 0 ? "-" : "") + "\(thousandths / 1000).\(fraction)"
}
