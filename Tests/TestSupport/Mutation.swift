/// Changes a text in one to four places: bytes replaced, inserted, deleted, repeated, moved, or a piece of
/// `other` put in. The result need not be UTF-8.
public func mutated(
  _ text: [UInt8], with other: [UInt8], using random: inout SplitMix64
) -> [UInt8] {
  var text = text
  func span(_ bytes: [UInt8], _ random: inout SplitMix64) -> Range<Int> {
    let start = Int.random(in: 0...bytes.count, using: &random)
    return start..<min(bytes.count, start + Int.random(in: 0...40, using: &random))
  }
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    let place = span(text, &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0: text.replaceSubrange(place, with: [])
    case 1: text.insert(contentsOf: text[place], at: place.lowerBound)
    case 2: text.insert(contentsOf: other[span(other, &random)], at: place.lowerBound)
    case 3: text.insert(UInt8.random(in: 0...255, using: &random), at: place.lowerBound)
    case 4: text.replaceSubrange(place, with: text[span(text, &random)])
    case 5:
      for index in place { text[index] = UInt8.random(in: 0x20...0x7E, using: &random) }
    default:
      let hostile = [
        "\u{0}", "\r\n", "\u{FEFF}", "\u{202E}", "1e999", "((((", "\"", "//", "{", "}", "[", "^", "%",
      ]
      text.insert(contentsOf: (hostile.randomElement(using: &random) ?? "").utf8, at: place.lowerBound)
    }
  }
  return text
}
