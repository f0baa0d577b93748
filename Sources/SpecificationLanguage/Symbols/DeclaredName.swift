import Diagnostics

/// Something that a specification declares and names.
public struct DeclaredName: Sendable {
  public enum Kind: Sendable, Hashable {
    case param, unit, condition, interface, network
    case input, output, group
    case property(PropertyRole)
    case robustness, lipschitz
    /// An argument of a `let`; the variable of a `for` or `some`; an index of a family of networks.
    case argument, variable, familyIndex
  }

  public let kind: Kind
  public let name: NameSyntax
  /// The name of the interface that declares it; `nil` for what no interface does.
  public let interface: String?
  /// Of a property: its title.
  public let title: String
}

/// A place at which a symbol is declared or used.
public struct Occurrence: Sendable {
  public let range: SourceRange
  /// Indices into ``SymbolIndex/symbols``: more than one where a `let` speaks of the inputs of several interfaces.
  public let symbols: [Int]
  public let isDefinition: Bool
}

extension DeclaredName.Kind {
  /// As in "an input's name".
  public var description: String {
    switch self {
    case .param: "parameter"
    case .unit: "unit"
    case .condition: "condition"
    case .interface: "interface"
    case .network: "network"
    case .input: "input"
    case .output: "output"
    case .group: "group"
    case .property(let role): role.rawValue + " property"
    case .robustness: "robustness clause"
    case .lipschitz: "Lipschitz clause"
    case .argument: "argument"
    case .variable: "variable"
    case .familyIndex: "index"
    }
  }
}
