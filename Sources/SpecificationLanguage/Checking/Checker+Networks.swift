import Diagnostics

/// A network declaration and where its members stand in ``Checker/networks``.
struct NetworkFamily: Sendable {
  let name: NameSyntax
  let interface: Int
  /// One range an index; empty for a single network.
  let indices: [ClosedRange<Int>]
  let first: Int

  var count: Int { indices.reduce(1) { $0 * $1.count } }
}

extension Checker {
  mutating func checkNetwork(_ syntax: NetworkSyntax) {
    if let first = families.first(where: { $0.name.text == syntax.name.text }) {
      report(.duplicateName(syntax.name, first: first.name.range))
      return
    }
    guard let interface = interfaces.firstIndex(where: { $0.name == syntax.interface.text }) else {
      let known = interfaces.map(\.name)
      report(
        .unknownName(
          syntax.interface.text, "interface", suggestion(for: syntax.interface.text, among: known),
          syntax.interface.range))
      return
    }
    var ranges: [ClosedRange<Int>] = []
    var total = 1
    for index in syntax.indices {
      guard let lower = wholeNumber(index.lower, atLeast: 0, "an index"),
        let upper = wholeNumber(index.upper, atLeast: 0, "an index")
      else { return }
      guard lower <= upper else {
        report(.emptyRange(index.upper.range))
        return
      }
      let (size, tooLarge) = (upper - lower).addingReportingOverflow(1)
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      guard !tooLarge, !overflow, product <= Self.networkLimit - networks.count else {
        report(.tooMany("networks", Self.networkLimit, syntax.name.range))
        return
      }
      total = product
      ranges.append(lower...upper)
    }
    let names = syntax.indices.map(\.name)
    for (position, name) in names.enumerated() {
      if let first = names[..<position].first(where: { $0.text == name.text }) {
        report(.duplicateName(name, first: first.range))
      }
    }
    let family = NetworkFamily(
      name: syntax.name, interface: interface, indices: ranges, first: networks.count)
    families.append(family)
    for position in 0..<family.count {
      let values = Self.indices(at: position, of: ranges)
      let suffix = values.isEmpty ? "" : "[" + values.map(String.init).joined(separator: ",") + "]"
      guard let path = path(syntax, names.map(\.text), values) else { return }
      networks.append(
        NetworkInstance(
          name: syntax.name.text + suffix, interface: interface, modelPath: path,
          checksHeader: syntax.checksHeader, properties: [], range: syntax.name.range))
    }
  }

  /// The index values of the member at `position`, the last index fastest.
  private static func indices(at position: Int, of ranges: [ClosedRange<Int>]) -> [Int] {
    var rest = position
    var values: [Int] = []
    for range in ranges.reversed() {
      values.append(range.lowerBound + rest % range.count)
      rest /= range.count
    }
    return values.reversed()
  }

  /// The model's path with `{index}` replaced by values.
  private mutating func path(_ syntax: NetworkSyntax, _ names: [String], _ values: [Int]) -> String? {
    var result = ""
    var rest = syntax.path.text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else {
        report(.unknownPlaceholder(String(rest[open...]), names, syntax.path.range))
        return nil
      }
      let placeholder = String(rest[rest.index(after: open)..<close])
      guard let position = names.firstIndex(of: placeholder) else {
        report(.unknownPlaceholder("{\(placeholder)}", names, syntax.path.range))
        return nil
      }
      result += String(values[position])
      rest = rest[rest.index(after: close)...]
    }
    result += rest
    if result.isEmpty {
      report(.emptyPath(syntax.path.range))
      return nil
    }
    return result
  }

  /// The networks that a selection means, ascending; what is wrong with it is reported.
  mutating func select(_ selections: [SelectionSyntax]) -> [Int] {
    var selected: Set<Int> = []
    for selection in selections { selected.formUnion(select(selection)) }
    return selected.sorted()
  }

  private mutating func select(_ selection: SelectionSyntax) -> [Int] {
    guard let family = families.first(where: { $0.name.text == selection.name.text }) else {
      let known = families.map(\.name.text)
      report(
        .unknownName(
          selection.name.text, "network", suggestion(for: selection.name.text, among: known),
          selection.name.range))
      return []
    }
    guard let indices = selection.indices else { return Array(family.first..<family.first + family.count) }
    guard indices.count == family.indices.count else {
      report(.wrongIndexCount(family.name.text, family.indices.count, selection.range))
      return []
    }
    var wanted: [ClosedRange<Int>] = []
    for (index, range) in zip(indices, family.indices) {
      switch index {
      case .any: wanted.append(range)
      case .range(let lower, let upper):
        guard let low = lower.value.asInt, let high = upper.value.asInt, low <= high,
          range.contains(low), range.contains(high)
        else {
          report(.badFamilyIndex(family.name.text, range, lower.range))
          return []
        }
        wanted.append(low...high)
      }
    }
    return (0..<family.count).filter { position in
      zip(Self.indices(at: position, of: family.indices), wanted).allSatisfy { $1.contains($0) }
    }.map { family.first + $0 }
  }
}
