import CertificateChecker
import Foundation
import TestSupport

/// A certificate with something changed in it.
struct Tampering {
  /// What is changed, and whether what comes out has to be refused: otherwise it may be accepted if it is true.
  enum Kind: String, CaseIterable {
    case lowerBound, higherBound, lowerPair, higherPair, threshold, factor, scale, weight, rehashedWeight
    case notFinite, noWidth, hash, model, swappedLayers, droppedLayer, rule, huge, otherType, twice,
      unknownField
    case missingField, swappedPairs, truncated, bytes

    var mustBeRefused: Bool {
      switch self {
      case .lowerBound, .lowerPair, .weight, .notFinite, .noWidth, .hash, .otherType, .twice, .unknownField,
        .missingField, .truncated:
        true
      case .higherBound, .higherPair, .threshold, .factor, .scale, .rehashedWeight, .model, .swappedLayers,
        .droppedLayer, .rule, .huge, .swappedPairs, .bytes:
        false
      }
    }
  }

  private var file: [String: Any]
  private var layers: [[String: Any]]
  private var pairwise: [[String]]
  private var random: SplitMix64

  /// - Returns: `nil` if this certificate has nothing of the kind.
  static func tampered(_ text: Data, _ kind: Kind, seed: UInt64) -> Data? {
    guard let file = (try? JSONSerialization.jsonObject(with: text)) as? [String: Any],
      let layers = file["layers"] as? [[String: Any]], let pairwise = file["pairwise"] as? [[String]]
    else { return nil }
    var tampering = Tampering(
      file: file, layers: layers, pairwise: pairwise, random: SplitMix64(seed: seed))
    return tampering.apply(kind, text)
  }

  private mutating func apply(_ kind: Kind, _ text: Data) -> Data? {
    let dense = layers.indices.filter { layers[$0]["rule"] as? String == "dense" }
    guard let position = dense.randomElement(using: &random) else { return nil }
    let bytes = [UInt8](text)
    switch kind {
    case .lowerBound, .higherBound:
      // A bound is within 1e-8 of the norm or so, where the matrix is not zero.
      let factor = kind == .lowerBound ? Double.random(in: 0..<0.999_999, using: &random) : 1.001
      guard let bound = changed(layers[position]["bound"], by: factor) else { return nil }
      layers[position]["bound"] = bound
      // What lies behind it may now be too low.
      if kind == .higherBound, Bool.random(using: &random) {
        pairwise = pairwise.map { $0.map { _ in "0x1p+900" } }
      }
    case .lowerPair, .higherPair:
      let (i, j) = (int(0..<pairwise.count), int(0..<pairwise.count))
      let factor = kind == .lowerPair ? Double.random(in: 0..<0.999_999, using: &random) : 1.001
      guard let bound = changed(pairwise[i][j], by: factor) else { return nil }
      pairwise[i][j] = bound
    case .threshold:
      guard let old = (layers[position]["threshold"] as? String).flatMap({ Int128($0) }) else { return nil }
      let offset = Int128(1) << Int128(int(0..<80))
      layers[position]["threshold"] = (Bool.random(using: &random) ? old + offset : old - offset).description
    case .factor: change(position, "factor", rehash: false)
    case .scale:
      let name = Bool.random(using: &random) ? "fractionBits" : "exponent"
      layers[position][name] = (layers[position][name] as? Int ?? 0) + [-40, -3, -1, 1, 3, 40][int(0..<6)]
    case .weight: change(position, "weights", rehash: false)
    case .rehashedWeight: change(position, "weights", rehash: true)
    case .notFinite:
      let patterns: [[UInt8]] = [[0, 0, 0x80, 0x7f], [1, 0, 0xc0, 0x7f], [0xff, 0xff, 0xff, 0xff]]
      var weights = data(position, "weights")
      let start = 4 * int(0..<weights.count / 4)
      weights.replaceSubrange(start..<start + 4, with: patterns[int(0..<3)])
      set(position, weights)
    case .noWidth:
      layers[position][Bool.random(using: &random) ? "inputs" : "outputs"] = 0
      layers[position]["factor"] = ""
      set(position, Data())
    case .hash:
      guard let hash = layers[position]["sha256"] as? String else { return nil }
      layers[position]["sha256"] =
        Bool.random(using: &random) ? hash.uppercased() + " " : String(hash.reversed())
    case .model: file["model"] = String((file["model"] as? String ?? "").reversed())
    case .swappedLayers: layers.swapAt(int(0..<layers.count), int(0..<layers.count))
    case .droppedLayer: layers.remove(at: int(0..<layers.count))
    case .rule:
      let rules: [[String: Any]] = [
        ["rule": "relu"], ["rule": "sigmoid"], ["rule": "leakyRelu", "slope": "0x1p+1"], ["rule": "exp"],
        ["rule": "minMax", "group": 2], ["rule": "minMax", "group": 0],
        ["rule": "leakyRelu", "slope": "-0x1p+1"],
      ]
      layers.insert(rules[int(0..<rules.count)], at: int(0..<layers.count + 1))
    case .huge: makeHuge(position)
    case .otherType:
      let values: [Any] = [NSNull(), [Any](), [String: Any](), true, "x", -1.5]
      let value = values[int(0..<values.count)]
      let name = ["inputs", "weights", "threshold", "factor", "bound", "fractionBits"][int(0..<6)]
      // True is 1 to Foundation.
      if value as? Bool == true, layers[position][name] as? Int == 1 { return nil }
      layers[position][name] = value
    case .twice:
      return Data(String(decoding: bytes, as: UTF8.self).replacing("{\n", with: "{\n\"inputs\": 1,\n").utf8)
    case .unknownField: layers[position]["comment"] = ""
    case .missingField: layers[position].removeValue(forKey: layers[position].keys.sorted()[int(0..<10)])
    case .swappedPairs: pairwise.swapAt(int(0..<pairwise.count), int(0..<pairwise.count))
    case .truncated: return Data(bytes.prefix(int(0..<bytes.count - 3)))
    case .bytes: return Data(mutated(bytes, with: bytes, using: &random))
    }
    file["layers"] = layers
    file["pairwise"] = pairwise
    return try? JSONSerialization.data(withJSONObject: file, options: [.sortedKeys, .withoutEscapingSlashes])
  }

  /// Numbers at which sums overflow, exponents are out of range, or memory would end.
  private mutating func makeHuge(_ position: Int) {
    switch int(0..<8) {
    case 0: layers[position]["threshold"] = Int128.max.description
    case 1: layers[position]["threshold"] = String(repeating: "9", count: 60)
    case 2: layers[position]["exponent"] = [Int.min, Int.max, 1000, -1000][int(0..<4)]
    case 3: layers[position]["fractionBits"] = [Int.min, Int.max, 60, 61][int(0..<4)]
    case 4: layers[position]["inputs"] = [Int.max, 1 << 62, 1 << 28][int(0..<3)]
    case 5: layers[position]["bound"] = ["0x1p+3000", "0x1p+3001", "0x1p+99999999999999999999"][int(0..<3)]
    case 6: file["inputs"] = Int.max
    default:
      layers[position]["factor"] = Data(
        repeating: [0x7f, 0x80][int(0..<2)], count: data(position, "factor").count
      )
      .base64EncodedString()
    }
  }

  private mutating func int(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

  private func changed(_ number: Any?, by factor: Double) -> String? {
    guard let text = number as? String, let value = Double(text), value > 0 else { return nil }
    return String(format: "%a", value * factor)
  }

  private func data(_ position: Int, _ name: String) -> Data {
    (layers[position][name] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
  }

  /// Changes one bit.
  private mutating func change(_ position: Int, _ name: String, rehash: Bool) {
    var bytes = data(position, name)
    bytes[int(0..<bytes.count)] ^= 1 << UInt8(int(0..<8))
    if rehash { set(position, bytes) } else { layers[position][name] = bytes.base64EncodedString() }
  }

  private mutating func set(_ position: Int, _ weights: Data) {
    layers[position]["weights"] = weights.base64EncodedString()
    layers[position]["sha256"] = sha256(weights)
  }
}
