import SpecificationLanguage
import TestSupport
import Testing

/// Families of networks and properties, overrides, and names that stand for others.
@Suite struct Families {
  private static let head = """
    ordain 1
    spec "t" 1.0.0
    interface I {
      inputs {
        x : m in 0 .. 100
        y : m in -5 .. 5
      }
      outputs { a, b, c, d group left = { a, b }
        group both = { left, c }
        ties prefer c
        choose highest }
    }

    """

  /// A selection means the members whose every index it admits.
  @Test func selectionsAndExceptions() throws {
    var random = SplitMix64(seed: 31)
    let all = (2...4).flatMap { i in (0...5).map { [i, $0] } }
    let ranges = [2...4, 0...5]
    for _ in 0..<60 {
      func selection() -> (text: String, admits: ([Int]) -> Bool) {
        let parts = ranges.map { range -> (String, ClosedRange<Int>) in
          let low = Int.random(in: range, using: &random)
          let high = Int.random(in: low...range.upperBound, using: &random)
          switch Int.random(in: 0..<3, using: &random) {
          case 0: return ("*", range)
          case 1: return ("\(low)", low...low)
          default: return ("\(low)..\(high)", low...high)
          }
        }
        return (
          "N[\(parts[0].0), \(parts[1].0)]", { parts[0].1.contains($0[0]) && parts[1].1.contains($0[1]) }
        )
      }
      let included = (0..<2).map { _ in selection() }
      let excluded = selection()
      let expected = all.filter { member in
        included.contains { $0.admits(member) } && !excluded.admits(member)
      }
      if expected.isEmpty { continue }
      let spec = try checked(
        Self.head
          + """
          network First : I from "first.onnx"
          networks N[i: 2..4, j: 0..5] : I from "{j}/{i}{j}.onnx" check header
          enforce p on \(included.map(\.text).joined(separator: ", ")) except \(excluded.text) {
            when true then choose a }
          """)
      #expect(spec.networks.map(\.name) == ["First"] + all.map { "N[\($0[0]),\($0[1])]" })
      #expect(spec.networks.dropFirst().map(\.modelPath) == all.map { "\($0[1])/\($0[0])\($0[1]).onnx" })
      #expect(spec.networks.map(\.checksHeader) == [false] + all.map { _ in true })
      let enforced = spec.networks.filter { $0.properties == [0] }.map(\.name)
      #expect(enforced == expected.map { "N[\($0[0]),\($0[1])]" })
    }
  }

  private static func properties(_ text: String) throws -> [Property] {
    try checked(head + "network N : I from \"n.onnx\"\n" + text).properties
  }

  @Test func instancesAreNamedForTheirItems() throws {
    let found = try Self.properties(
      """
      param k = 2
      for o in { a, left, c } { for i in { 1 .. 2, k, 2 * 5 } {
        enforce p { when x > i * 1 m then choose o }
        for q in { o } { enforce r { when x > 1 m + i * 3 cm then never choose q } }
      } }
      """)
    #expect(
      found.prefix(4).map(\.name) == ["p[a,1]", "r[a,1,a]", "p[a,2]", "r[a,2,a]"])
    #expect(found.map(\.name).contains("p[left,10]") && found.map(\.name).contains("r[c,k,c]"))
    #expect(found.count == 24)
    let last = found.first { $0.name == "p[left,10]" }
    #expect(last?.post == .all([.notBefore(output: 2, start: 1), .notBefore(output: 3, start: 1)]))
    #expect(last.map { holds($0.condition, [10, 0]) } == false)
    #expect(last.map { holds($0.condition, [Float(10).nextUp, 0]) } == true)
  }

  /// A name in an outer `for` means what it meant there, whatever the inner variable is called.
  @Test func innerVariablesCaptureNothing() throws {
    let found = try Self.properties(
      "for g in { a } { for a in { b } { enforce p { when true then g above a } } }")
    #expect(found.map(\.post) == [.all([.precedes(above: 0, below: 1)])])
    let body = try Self.properties(
      "for g in { a } { enforce p { when true then some a in { b, c }: a above g } }")
    #expect(
      body.map(\.post) == [
        .any([.all([.precedes(above: 1, below: 0)]), .all([.precedes(above: 2, below: 0)])])
      ])
  }

  @Test func overridesNameInstancesOrAllOfThem() throws {
    let found = try Self.properties(
      """
      for o in { a, b } { enforce p { when x > 1 m then choose o } }
      for o in { a, b } { enforce q { when x > 2 m then never choose o } q[o] overrides p[o] }
      enforce r { when y > 1 m then choose d }
      r overrides q, p[b]
      for i in { 1 .. 3 } { enforce s { when x > i * 1 m then choose c } }
      for i in { 1 .. 2 } { s[i + 1] overrides s[i] }
      enforce t { when y < 0 m then never choose d }
      s overrides t
      """)
    let overriders = Dictionary(
      uniqueKeysWithValues: found.map { ($0.name, $0.overriders.map { found[$0].name }) })
    #expect(
      overriders == [
        "p[a]": ["q[a]"], "p[b]": ["q[b]", "r"], "q[a]": ["r"], "q[b]": ["r"], "r": [], "s[1]": ["s[2]"],
        "s[2]": ["s[3]"], "s[3]": [], "t": ["s[1]", "s[2]", "s[3]"],
      ])
  }

  @Test func letsTakeArgumentsAndDomainEnds() throws {
    let found = try Self.properties(
      """
      let near(d) = x in min .. min + d
      let wide(d, e) = near(2 * d) and y in e .. max
      let gap = x - y
      let alias = x
      enforce p1 { when wide(3 m, 1 m) then choose a }
      enforce p2 { when gap >= 10 m and max - 1 m >= x then choose a }
      enforce p3 { when alias in 50 m .. max then choose a }
      """)
    for x in stride(from: Float(0), through: 100, by: 0.5) {
      for y in stride(from: Float(-5), through: 5, by: 0.5) {
        #expect(holds(found[0].condition, [x, y]) == (x <= 6 && y >= 1))
        #expect(holds(found[1].condition, [x, y]) == (x - y >= 10 && x <= 99))
        #expect(holds(found[2].condition, [x, y]) == (x >= 50))
      }
    }
  }

  /// Nothing depends on the order of declarations.
  @Test func orderOfDeclarationsDoesNotMatter() throws {
    let parts = [
      Self.head.components(separatedBy: "1.0.0\n")[1], "network N : I from \"n.onnx\"", "param k = 2 * j",
      "param j = 3 rod", "unit rod = 5.5 yd", "let far = x > k and not near", "let near = y > j",
      "enforce p { when far then choose both }", "enforce q { when near then never choose left }",
      "q overrides p",
    ]
    var random = SplitMix64(seed: 8)
    var meanings: Set<String> = []
    for _ in 0..<50 {
      let shuffled = parts.shuffled(using: &random).joined(separator: "\n")
      let spec = try checked("ordain 1\nspec \"t\" 1.0.0\n" + shuffled)
      let meaning = spec.properties.sorted { $0.name < $1.name }.map { property in
        let over = property.overriders.map { spec.properties[$0].name }
        let grid = (0...40).map { holds(property.condition, [Float($0), Float($0) / 2]) ? "1" : "0" }.joined()
        return "\(property.name) \(grid) \(property.post) \(over)"
      }
      meanings.insert(meaning.joined(separator: "\n"))
    }
    #expect(meanings.count == 1)
    #expect(meanings.first?.contains("1") == true)
  }

  @Test func outputsOfAnInterface() throws {
    let interface = try checked(Self.head + "network N : I from \"n.onnx\"").interfaces[0]
    #expect(interface.groups.map(\.members) == [[0, 1], [0, 1, 2]])
    #expect(interface.tieOrder == [2, 0, 1, 3])
    #expect(interface.better == .highest)
  }
}
