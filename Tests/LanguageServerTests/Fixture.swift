import Foundation
import Testing

/// A specification in which two properties conflict on two of three networks.
enum Fixture {
  static let uri = "file:///folder/doors.ordain"

  static let text = """
    ordain 1
    spec "doors" 1.0.0

    unit beat
    param near = 25 cm in 10 .. 40 cm

    interface Door {
      inputs {
        gap   : m       in 0 .. 2   normalize (gap - 1) / 2
        speed : m/s     in -5 .. 5  normalize speed / 5
        pulse : beat/s  in 0 .. 5
      }
      outputs {
        open, slow, shut
        group moving = { slow, shut }
        choose highest
      }
    }
    networks D[side: 1..2, age: 1..3] : Door from "door_{side}_{age}.onnx"

    let fast(v) = speed >= v
    let blocked = gap <= near and not fast(2 m/s)

    enforce p1 "somebody is there" on D[1, *] { when blocked then never choose shut }
    enforce p2 on D[1, 2..3] { when gap in 0 .. 0.5 m then choose shut }
    enforce p3 on D[*, 3] { when fast(1 m/s) then some g in { moving }: every g above every other }
    p3 overrides p2
    verify v1 { when speed > 4.5 m/s then open is not maximal }
    for limit in { 1 m, 1.5 m } { monitor far { when gap >= limit then open above shut } }
    expect at { gap: 0.2 m, speed: 0 m/s, pulse: 1beat/s } on D[1, 1] triggers p1

    """

  /// The position of the `occurrence`th `word` (from 0), `offset` characters into it.
  static func position(_ word: String, _ occurrence: Int = 0, offset: Int = 0, in text: String = text) throws
    -> JSONObject
  {
    var start = text.startIndex
    for number in 0...occurrence {
      let range = try #require(text.range(of: word, range: start..<text.endIndex), "\(word)")
      start = number == occurrence ? range.lowerBound : range.upperBound
    }
    let before = text[..<start]
    let line = before.split(separator: "\n", omittingEmptySubsequences: false)
    return ["line": line.count - 1, "character": (line.last ?? "").utf16.count + offset]
  }

  static func place(
    _ word: String, _ occurrence: Int = 0, offset: Int = 0, in text: String = text, uri: String = uri
  ) throws -> JSONObject {
    [
      "textDocument": ["uri": uri] as JSONObject,
      "position": try position(word, occurrence, offset: offset, in: text),
    ]
  }

  /// The text that a range of the protocol covers.
  static func excerpt(_ range: (any Sendable)?, of text: String = text) throws -> String {
    let range = try #require(range as? JSONObject)
    let units = Array(text.utf16)
    func offset(_ key: String) throws -> Int {
      let position = try #require(range[key] as? JSONObject)
      let line = try #require(position["line"] as? Int)
      let character = try #require(position["character"] as? Int)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      return lines[..<line].reduce(0) { $0 + $1.utf16.count + 1 } + character
    }
    return String(decoding: units[try offset("start")..<(try offset("end"))], as: UTF16.self)
  }
}
