import Diagnostics
import SpecificationLanguage

/// A property that a command line names.
enum NamedProperty: Equatable {
  /// Index into `CheckedSpec.properties`.
  case enforced(Int)
  /// Index into `CheckedSpec.rawProperties`.
  case raw(Int)

  /// - Throws: that there is no property of this name.
  init(_ name: String, in spec: CheckedSpec) throws(DiagnosticSet) {
    let written = name.filter { !$0.isWhitespace }
    if let index = spec.properties.firstIndex(where: { $0.name == written }) {
      self = .enforced(index)
    } else if let index = spec.rawProperties.firstIndex(where: { $0.name == written }) {
      self = .raw(index)
    } else {
      let names = spec.properties.map(\.name) + spec.rawProperties.map(\.name)
      let near = suggestion(for: written, among: names) ?? names.first
      throw DiagnosticSet([
        Diagnostic(
          .unknownName, "there is no property `\(name)`", at: .none,
          cure: near.map { "the specification has \(names.count), such as `\($0)`" }
            ?? "the specification has none")
      ])
    }
  }

  /// Indices into `CheckedSpec.networks`.
  func networks(in spec: CheckedSpec) -> [Int] {
    switch self {
    case .enforced(let index): spec.networks.indices.filter { spec.networks[$0].properties.contains(index) }
    case .raw(let index): spec.rawProperties[index].networks
    }
  }

  func name(in spec: CheckedSpec) -> (name: String, title: String, range: SourceRange) {
    switch self {
    case .enforced(let index):
      (spec.properties[index].name, spec.properties[index].title, spec.properties[index].range)
    case .raw(let index):
      (spec.rawProperties[index].name, spec.rawProperties[index].title, spec.rawProperties[index].range)
    }
  }

  /// The one network that `patterns` select; without patterns, the one that has the property.
  ///
  /// - Throws: that they select several, or one without the property.
  func network(_ patterns: [NetworkPattern], in spec: CheckedSpec) throws(DiagnosticSet) -> NetworkInstance {
    let declared = networks(in: spec)
    let selected = patterns.isEmpty ? declared : try NetworkPattern.select(patterns, from: spec)
    let (name, _, range) = name(in: spec)
    guard selected.count == 1 else {
      let example = declared.first.map { spec.networks[$0].name } ?? "N"
      throw DiagnosticSet([
        Diagnostic(
          .severalNetworks, "a VNN-LIB file is about one network, and these are \(selected.count)",
          at: .source(range), cure: "choose one, such as `--network '\(example)'`")
      ])
    }
    let network = spec.networks[selected[0]]
    guard declared.contains(selected[0]) else {
      let example = declared.first.map { spec.networks[$0].name } ?? "none"
      throw DiagnosticSet([
        Diagnostic(
          .propertyElsewhere, "`\(name)` is not declared on `\(network.name)`", at: .source(range),
          cure: "it is declared on \(declared.count) of \(spec.networks.count) networks, such as `\(example)`"
        )
      ])
    }
    return network
  }
}
