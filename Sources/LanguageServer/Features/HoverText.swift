import Diagnostics
import ExactArithmetic
import SpecificationLanguage

/// What is shown about a place of a specification.
struct HoverText {
  private let specification: Specification
  private let file: String

  init(_ specification: Specification, file: String) {
    self.specification = specification
    self.file = file
  }

  /// The text and the range that it is about; `nil` where there is nothing to say.
  func at(_ offset: Int) -> (text: String, range: SourceRange)? {
    if let occurrence = specification.index.occurrence(at: offset, in: file) {
      let parts = occurrence.symbols.map { describe(specification.index.symbols[$0]) }
      return (parts.joined(separator: "\n\n---\n\n"), occurrence.range)
    }
    guard let syntax = specification.syntax(of: file),
      let token = syntax.tokens.first(where: {
        $0.bytes.lowerBound <= offset && offset < max($0.bytes.upperBound, $0.bytes.lowerBound + 1)
      })
    else { return nil }
    let range = SourceRange(file: syntax.source, bytes: token.bytes)
    switch token.kind {
    case .number, .unit, .symbol: break
    case .name, .keyword, .version, .string, .invalid, .endOfFile: return nil
    }
    var lines: [String] = []
    if token.kind == .unit, let unit = ConstantTexts.unit(range.text) {
      lines.append("`1 \(range.text)` = \(unit)")
    }
    lines += thresholds(at: offset)
    return lines.isEmpty ? nil : (lines.joined(separator: "\n\n"), range)
  }

  // MARK: Thresholds

  /// The comparisons at the place, as they are meant by each use: in physical units, and as the network sees them.
  private func thresholds(at offset: Int) -> [String] {
    guard let spec = specification.checked else { return [] }
    var lines: [String] = []
    func visit(_ condition: Condition, _ inputs: [InputScalar]) {
      switch condition {
      case .constant: break
      case .all(let parts), .any(let parts): for part in parts { visit(part, inputs) }
      case .atom(let atom, let provenance):
        let range = provenance.range
        guard range.file.name == file, range.bytes.lowerBound <= offset, offset < range.bytes.upperBound
        else { return }
        var line = "`\(provenance.text)`"
        if let input = atom.input, let threshold = provenance.threshold {
          line += ": the network's input \(normalized(threshold, inputs[input]))"
        }
        if !lines.contains(line) { lines.append(line) }
      }
    }
    for property in spec.properties { visit(property.condition, spec.interfaces[property.interface].inputs) }
    for property in spec.rawProperties {
      visit(property.condition, spec.interfaces[property.interface].inputs)
    }
    return lines.count <= Self.limit
      ? lines : lines.prefix(Self.limit) + ["and \(lines.count - Self.limit) more"]
  }

  private static let limit = 10

  private func normalized(_ value: Rational, _ input: InputScalar) -> String {
    "`" + exactText((value - input.normalization.center) * input.normalization.scale) + "`"
  }

  // MARK: Names

  private func describe(_ symbol: DeclaredName) -> String {
    let source = specification.syntax(of: symbol.name.range.file.name)
    let declaration = source?.declaration(namedAt: symbol.name.range.bytes.lowerBound)?.text ?? ""
    let title = "**\(symbol.kind.description)** `\(symbol.name.text)`"
    switch symbol.kind {
    case .param:
      let value = ConstantTexts(specification.tree).parameters[symbol.name.text]
      return ([title, code(declaration)] + (value.map { ["value \($0)"] } ?? [])).joined(separator: "\n\n")
    case .unit, .condition, .network, .robustness, .lipschitz:
      return [title, code(declaration)].joined(separator: "\n\n")
    case .interface: return ([title] + interfaceLines(symbol)).joined(separator: "\n\n")
    case .input: return ([title] + inputLines(symbol)).joined(separator: "\n\n")
    case .output, .group: return ([title] + outputLines(symbol)).joined(separator: "\n\n")
    case .property: return ([title] + propertyLines(symbol)).joined(separator: "\n\n")
    case .argument, .variable, .familyIndex: return title
    }
  }

  private func code(_ text: String) -> String { "```ordain\n\(text)\n```" }

  private func interface(_ name: String?) -> Interface? {
    specification.lastChecked?.interfaces.first { $0.name == name }
  }

  private func interfaceLines(_ symbol: DeclaredName) -> [String] {
    guard let interface = interface(symbol.name.text) else { return [] }
    return [
      "\(interface.inputs.count) inputs, \(interface.outputs.count) outputs; the \(interface.better.rawValue) score is best"
    ]
  }

  /// Of a tensor: its first element stands for all.
  private func inputLines(_ symbol: DeclaredName) -> [String] {
    let name = symbol.name.text
    let input = interface(symbol.interface)?.inputs.first { $0.name == name || $0.name.hasPrefix(name + "[") }
    guard let input else { return [] }
    var lines = ["unit `\(input.unit.isEmpty ? "1" : input.unit)`, of `\(symbol.interface ?? "")`"]
    if let domain = input.domain {
      lines.append(
        "domain `\(exactText(domain.lower)) .. \(exactText(domain.upper))`; the network's input "
          + "\(normalized(domain.lower, input)) .. \(normalized(domain.upper, input))")
    } else {
      lines.append("every finite number")
    }
    return lines
  }

  private func outputLines(_ symbol: DeclaredName) -> [String] {
    guard let interface = interface(symbol.interface) else { return [] }
    let better = "of `\(interface.name)`; the \(interface.better.rawValue) score is best"
    guard let group = interface.groups.first(where: { $0.name == symbol.name.text }), symbol.kind == .group
    else {
      return [better]
    }
    return [better, group.members.map { "`\(interface.outputs[$0])`" }.joined(separator: ", ")]
  }

  private func propertyLines(_ symbol: DeclaredName) -> [String] {
    var lines = symbol.title.isEmpty ? [] : [symbol.title]
    guard let spec = specification.checked else { return lines }
    let networks = spec.networksEnforcing(symbol)
    if !networks.isEmpty {
      lines.append(
        "applies on \(counted(networks.count, "network")): "
          + networks.prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (networks.count > 8 ? ", ..." : "")
      )
    }
    return lines
  }
}

extension Atom {
  /// The input that is compared with a number; `nil` for other atoms.
  fileprivate var input: Int? {
    switch self {
    case .atLeast(let input, _), .atMost(let input, _): input
    case .linear, .rawChoice: nil
    }
  }
}

extension CheckedSpec {
  /// The names of the networks on which an instance of the property applies, in order of declaration.
  func networksEnforcing(_ symbol: DeclaredName) -> [String] {
    let instances = Set(properties.indices.filter { properties[$0].range == symbol.name.range })
    var found = Set(networks.indices.filter { !instances.isDisjoint(with: networks[$0].properties) })
    for property in rawProperties where property.range == symbol.name.range {
      found.formUnion(property.networks)
    }
    for clause in robustness where clause.range == symbol.name.range { found.formUnion(clause.networks) }
    for clause in lipschitz where clause.range == symbol.name.range { found.formUnion(clause.networks) }
    return found.sorted().map { networks[$0].name }
  }
}
