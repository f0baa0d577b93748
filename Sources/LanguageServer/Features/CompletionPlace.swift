import Diagnostics
import SpecificationLanguage

/// What can stand at a place of a text, found from the words before it: the text there is seldom complete.
enum CompletionPlace: Hashable {
  /// A new name, a string, a comment: nothing is suggested.
  case nothing
  case declaration, member
  case interfaceBody, inputs, unit, domain, normalization, outputs
  case model
  case propertyHead, network, propertyBody, condition, post
  case constant, robustness, lipschitz, items, properties, expectation, point

  struct Finding {
    var place: CompletionPlace
    /// Whether a unit can stand here.
    var followsNumber = false
    /// Whether the declaration before may be complete.
    var mayBeginDeclaration = false
  }

  static func find(in syntax: SpecSyntax, at offset: Int) -> Finding {
    let source = syntax.source
    var walk = CompletionWalk()
    var previous: Token?
    for token in syntax.tokens {
      if token.isString(around: offset, in: source) { return Finding(place: .nothing) }
      // A word that ends at the cursor is being written.
      let isBefore = token.isWord ? token.bytes.upperBound < offset : token.bytes.upperBound <= offset
      if isBefore, token.kind != .endOfFile {
        walk.step(token.kind, source.text(in: token.bytes))
        previous = token
        continue
      }
      let end = max(token.trivia.lowerBound, min(offset, token.trivia.upperBound))
      let blanks = source.text(in: token.trivia.lowerBound..<end)
      let lines = blanks.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      if lines.last?.contains("//") == true { return Finding(place: .nothing) }
      return Finding(
        place: walk.place, followsNumber: previous?.kind == .number && lines.count == 1,
        mayBeginDeclaration: lines.count > 1 && walk.isOutsideBraces && previous?.mayEndDeclaration == true)
    }
    return Finding(place: walk.place)
  }
}

extension Token {
  fileprivate var isWord: Bool {
    switch kind {
    case .name, .keyword, .unit: true
    case .number, .version, .string, .symbol, .invalid, .endOfFile: false
    }
  }

  /// Whether the token is a string that holds the place, or that is not closed before it.
  fileprivate func isString(around offset: Int, in source: SourceFile) -> Bool {
    guard kind == .string, bytes.lowerBound < offset else { return false }
    let isClosed = bytes.count > 1 && source.utf8[bytes.upperBound - 1] == UInt8(ascii: "\"")
    return offset < bytes.upperBound || offset == bytes.upperBound && !isClosed
  }

  fileprivate var mayEndDeclaration: Bool {
    switch kind {
    case .name, .number, .version, .unit, .string: true
    case .keyword(let word): [.true, .false, .min, .max, .header].contains(word)
    case .symbol(let symbol): [.rightBrace, .rightBracket, .rightParenthesis].contains(symbol)
    case .invalid, .endOfFile: false
    }
  }
}

/// Follows the words of a specification, correct or not.
struct CompletionWalk {
  private(set) var place = CompletionPlace.declaration
  private var keyword: Keyword?
  /// The open braces: what the place is behind each one.
  private var enclosing: [CompletionPlace] = []
  private var roundDepth = 0

  var isOutsideBraces: Bool { enclosing.isEmpty }

  mutating func step(_ kind: Token.Kind, _ text: String) {
    switch kind {
    case .keyword(let word): step(word)
    case .symbol(let symbol): step(symbol)
    case .string:
      if keyword == .network || keyword == .networks { place = .model } else if keyword == .import { end() }
      if keyword == .spec { place = .declaration }
    case .name:
      if place == .declaration || place == .member { place = .properties }
      if place == .point { break }
      if place == .robustness || place == .lipschitz { break }
      if place == .nothing, keyword.map(Self.properties.contains) == true { place = .propertyHead }
    case .number, .version, .unit, .invalid, .endOfFile: break
    }
  }

  private static let properties: Set<Keyword> = [.enforce, .verify, .monitor, .robust, .lipschitz]

  private mutating func end() {
    place = enclosing.isEmpty ? .declaration : .member
    keyword = nil
  }

  private mutating func step(_ word: Keyword) {
    switch word {
    case .param, .unit, .let, .interface, .network, .networks, .import, .for, .ordain, .spec:
      keyword = word
      place = .nothing
      if word != .for, word != .unit { enclosing = [] }
    case .enforce, .verify, .monitor, .robust, .lipschitz:
      keyword = word
      place = .nothing
    case .expect:
      keyword = word
      place = .expectation
      enclosing = []
    case .inputs, .outputs: keyword = word
    case .on, .except: place = .network
    case .when: place = keyword == .outputs ? place : .condition
    case .then: place = .post
    case .in:
      if place == .unit { place = .domain }
      if keyword == .for { place = .items }
    case .normalize: place = .normalization
    case .overrides: place = .properties
    case .from: place = .nothing
    case .group, .choose, .ties, .abstain, .lowest, .highest, .prefer, .conflict, .check, .header, .and, .or,
      .not,
      .min, .max, .raw, .choice, .true, .false, .one, .of, .never, .every, .some, .other, .above, .top,
      .inside, .is,
      .maximal, .minimal:
      break
    }
  }

  private mutating func step(_ symbol: Symbol) {
    switch symbol {
    case .leftParenthesis, .leftBracket: roundDepth += 1
    case .rightParenthesis, .rightBracket: roundDepth = max(0, roundDepth - 1)
    case .leftBrace:
      roundDepth = 0
      enclosing.append(place)
      open()
    case .rightBrace:
      roundDepth = 0
      close()
    case .assign:
      if keyword == .param || keyword == .unit { place = .constant }
      if keyword == .let { place = .condition }
    case .colon where roundDepth == 0:
      if keyword == .inputs { place = .unit }
      if keyword == .network || keyword == .networks { place = .interfaceBody }
      if place == .point { place = .constant }
    case .comma where roundDepth == 0:
      if keyword == .expect, place == .constant { place = .point }
    case .colon, .comma, .range, .equal, .notEqual, .lessOrEqual, .less, .greaterOrEqual, .greater, .plus,
      .minus,
      .times, .divide, .power, .percent:
      break
    }
  }

  private mutating func open() {
    switch keyword {
    case .interface: place = .interfaceBody
    case .inputs: place = .inputs
    case .outputs: if enclosing.count <= 2 { place = .outputs }
    case .enforce, .verify, .monitor: if place == .propertyHead || place == .network { place = .propertyBody }
    case .robust: if place == .propertyHead || place == .network { place = .robustness }
    case .lipschitz: if place == .propertyHead || place == .network { place = .lipschitz }
    case .for: if place != .items { place = .member }
    case .expect: place = .point
    default: break
    }
  }

  private mutating func close() {
    let outer = enclosing.popLast() ?? .declaration
    switch keyword {
    case .inputs, .outputs:
      if enclosing.count >= 2 { break }
      keyword = .interface
      place = .interfaceBody
    case .expect: place = .expectation
    case .for where outer == .items: place = .nothing
    case .enforce, .verify, .monitor, .robust, .lipschitz:
      if outer == .propertyHead || outer == .network {
        end()
        if enclosing.isEmpty { place = .declaration }
      } else {
        place = outer
      }
    default: end()
    }
  }
}
