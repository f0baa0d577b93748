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
    if let first = familyPlaces[syntax.name.text] {
      report(.duplicateName(syntax.name, first: families[first].name.range))
      return
    }
    guard let interface = interfacePlaces[syntax.interface.text] else {
      reportUnknown(syntax.interface, "interface", among: interfaces.map(\.name))
      broken.insert(syntax.name.text)
      return
    }
    guard let ranges = indexRanges(syntax) else {
      broken.insert(syntax.name.text)
      return
    }
    let names = syntax.indices.map(\.name)
    for (position, name) in names.enumerated() {
      if let first = names[..<position].first(where: { $0.text == name.text }) {
        report(.duplicateName(name, first: first.range))
      }
    }
    let family = NetworkFamily(
      name: syntax.name, interface: interface, indices: ranges, first: networks.count)
    for position in 0..<family.count {
      let values = Self.indices(at: position, of: ranges)
      let suffix = values.isEmpty ? "" : "[" + values.map(String.init).joined(separator: ",") + "]"
      // What is wrong with one member's path is wrong with the first one's.
      guard let path = path(syntax, names.map(\.text), values) else {
        broken.insert(syntax.name.text)
        return
      }
      networks.append(
        NetworkInstance(
          name: syntax.name.text + suffix, interface: interface, modelPath: path,
          checksHeader: syntax.checksHeader, properties: [], range: syntax.name.range))
    }
    familyPlaces[syntax.name.text] = families.count
    families.append(family)
  }

  private mutating func indexRanges(_ syntax: NetworkSyntax) -> [ClosedRange<Int>]? {
    var ranges: [ClosedRange<Int>] = []
    var total = 1
    for index in syntax.indices {
      guard let lower = wholeNumber(index.lower, atLeast: 0, "an index"),
        let upper = wholeNumber(index.upper, atLeast: 0, "an index")
      else { return nil }
      guard lower <= upper else {
        report(.emptyRange(SourceRange(index.lower.range, to: index.upper.range)))
        return nil
      }
      let (size, tooLarge) = (upper - lower).addingReportingOverflow(1)
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      total = tooLarge || overflow ? .max : product
      ranges.append(lower...upper)
    }
    guard total <= Self.networkLimit - networks.count else {
      report(.tooMany("networks", Self.networkLimit, syntax.name.range))
      return nil
    }
    return ranges
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

  /// The networks that selections mean, ascending; `nil` if one is wrong, which is reported.
  mutating func select(_ selections: [SelectionSyntax]) -> [Int]? {
    let parts = selections.map { select($0) }
    if parts.count == 1 { return parts[0] }
    let valid = parts.compactMap { $0 }
    return valid.count == parts.count ? Set(valid.joined()).sorted() : nil
  }

  private mutating func select(_ selection: SelectionSyntax) -> [Int]? {
    guard let family = familyPlaces[selection.name.text].map({ families[$0] }) else {
      reportUnknown(selection.name, "network", among: families.map(\.name.text))
      return nil
    }
    guard let indices = selection.indices else {
      guard countPairs(family.count, selection.range) else { return nil }
      return Array(family.first..<family.first + family.count)
    }
    guard indices.count == family.indices.count else {
      report(.wrongIndexCount(family.name.text, family.indices.count, selection.range))
      return nil
    }
    var wanted: [ClosedRange<Int>] = []
    for (index, range) in zip(indices, family.indices) {
      switch index {
      case .any: wanted.append(range)
      case .range(let lower, let upper):
        guard let low = lower.value.asInt, let high = upper.value.asInt, low <= high,
          range.contains(low), range.contains(high)
        else {
          report(.badFamilyIndex(family.name.text, range, SourceRange(lower.range, to: upper.range)))
          return nil
        }
        wanted.append(low...high)
      }
    }
    guard countPairs(wanted.reduce(1) { $0 * $1.count }, selection.range) else { return nil }
    let positions = zip(wanted, family.indices).reduce([0]) { positions, index in
      positions.flatMap { position in
        index.0.map { position * index.1.count + $0 - index.1.lowerBound }
      }
    }
    return positions.map { family.first + $0 }
  }
}
