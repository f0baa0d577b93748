import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// The witnesses of one interface: points at which guards were evaluated, and scores at which posts were.
///
/// As text, a line each; `end` tells a whole file from one that was cut:
/// ```
/// ordain-witnesses 1
/// point 2 0:44bb8000 3:1/3
/// scores 0 2 1 1
/// end
/// ```
/// A point is the raw choice and the inputs that are not as small as they may be: a binary32 number's bits,
/// or a fraction. Scores are levels.
struct InterfaceWitnesses: Hashable {
  var points: [Witness] = []
  var scores: [[Int]] = []

  /// The most of each kind that are kept.
  static let limit = 8192
  /// The most bytes that are kept or looked at.
  static let byteLimit = 4 << 20

  private static let header = "ordain-witnesses 1"

  /// The name under which the witnesses of `interface` are kept: it depends on the domains and the number
  /// of outputs alone, so that they outlive any change to names and properties.
  static func name(for interface: Interface) -> String {
    let domains = interface.inputs.map {
      String($0.lowest.bitPattern, radix: 16) + " " + String($0.highest.bitPattern, radix: 16)
    }
    let text = ([header, String(interface.outputs.count)] + domains).joined(separator: "\n")
    return ContentHash(of: Array(text.utf8)).description + ".witnesses"
  }

  /// The same witnesses give the same text, in whatever order they came; `nil` if there is none or the
  /// text would be too long.
  func serialized(for interface: Interface) -> [UInt8]? {
    let lines =
      Set(points.map { Self.line($0, interface) }).sorted().prefix(Self.limit)
      + Set(scores.map { "scores " + $0.map(String.init).joined(separator: " ") }).sorted().prefix(Self.limit)
    if lines.isEmpty { return nil }
    let bytes = Array(([Self.header] + lines + ["end", ""]).joined(separator: "\n").utf8)
    return bytes.count <= Self.byteLimit ? bytes : nil
  }

  private static func line(_ witness: Witness, _ interface: Interface) -> String {
    let values: [String] = interface.inputs.indices.compactMap { input in
      let lowest = interface.inputs[input].lowest
      switch witness.point {
      case .floats(let floats):
        return floats[input] == lowest ? nil : "\(input):" + String(floats[input].bitPattern, radix: 16)
      case .rationals(let values):
        return values[input] == Rational(lowest)
          ? nil : "\(input):\(values[input].numerator)/\(values[input].denominator)"
      }
    }
    return (["point", String(witness.rawChoice)] + values).joined(separator: " ")
  }

  /// What `bytes` say; nothing at all if any line is wrong.
  init(_ bytes: [UInt8], for interface: Interface) {
    guard bytes.count <= Self.byteLimit else { return }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    let text = { (line: ArraySlice<UInt8>) in String(decoding: line, as: UTF8.self) }
    guard lines.popLast()?.isEmpty == true, lines.popLast().map(text) == "end",
      lines.popFirst().map(text) == Self.header
    else { return }
    var read = InterfaceWitnesses()
    for line in lines {
      let words = text(line).split(separator: " ")
      if words.first == "point", let point = Self.point(words.dropFirst(), interface) {
        read.points.append(point)
      } else if words.first == "scores" {
        read.scores.append(words.dropFirst().compactMap { Int($0) })
      } else {
        return
      }
    }
    self = read
  }

  init() {}

  private static func point(_ words: ArraySlice<Substring>, _ interface: Interface) -> Witness? {
    guard let rawChoice = words.first.flatMap({ Int($0) }) else { return nil }
    var floats = interface.inputs.map(\.lowest)
    var fractions: [(input: Int, value: Rational)] = []
    for word in words.dropFirst() {
      let parts = word.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let input = Int(parts[0]), floats.indices.contains(input) else { return nil }
      if let bits = UInt32(parts[1], radix: 16) {
        floats[input] = Float(bitPattern: bits)
      } else if let value = fraction(parts[1]) {
        fractions.append((input, value))
      } else {
        return nil
      }
    }
    if fractions.isEmpty { return Witness(point: .floats(floats), rawChoice: rawChoice) }
    guard floats.allSatisfy(\.isFinite) else { return nil }
    var values = floats.map { Rational($0) }
    for (input, value) in fractions { values[input] = value }
    return Witness(point: .rationals(values), rawChoice: rawChoice)
  }

  private static func fraction(_ text: Substring) -> Rational? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let isWhole = { (part: Substring) in
      let digits = part.utf8.first == UInt8(ascii: "-") ? part.utf8.dropFirst() : part.utf8[...]
      return (1...400).contains(digits.count)
        && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard parts.count == 2, parts.allSatisfy(isWhole), let numerator = Rational(decimal: parts[0]),
      let denominator = Rational(decimal: parts[1]), denominator.signum > 0
    else { return nil }
    return numerator / denominator
  }
}
