import SpecificationLanguage

/// A condition without the places and texts it comes from: equal shapes mean the same.
indirect enum ConditionShape: Sendable, Hashable {
  case constant(Bool)
  case atom(Atom)
  case all([ConditionShape])
  case any([ConditionShape])

  init(_ condition: Condition) {
    switch condition {
    case .constant(let value): self = .constant(value)
    case .atom(let atom, _): self = .atom(atom)
    case .all(let parts): self = .all(parts.map(ConditionShape.init))
    case .any(let parts): self = .any(parts.map(ConditionShape.init))
    }
  }
}
